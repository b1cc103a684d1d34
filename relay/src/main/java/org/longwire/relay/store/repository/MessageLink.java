package org.longwire.relay.store.repository;

import java.time.Instant;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;

/**
 * One message under its two names. A message in several parts, or in several rooms, has several
 * links.
 *
 * @param from the node that sent the packet; our own for what we sent
 * @param part which part of a split text, from 1
 * @param at when the message was delivered
 */
public record MessageLink(
    RadioId radio,
    NodeId from,
    PacketId packet,
    ChannelIndex channel,
    RoomId room,
    EventId event,
    int part,
    Instant at) {}
