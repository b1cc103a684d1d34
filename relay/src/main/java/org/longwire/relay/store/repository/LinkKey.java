package org.longwire.relay.store.repository;

import org.longwire.radio.ChannelIndex;
import org.longwire.relay.config.RadioId;

/**
 * A link: a bridged room and a channel of a radio, by what the configuration calls them.
 *
 * @param room the configured id or alias
 */
public record LinkKey(String room, RadioId radio, ChannelIndex channel) {}
