package org.longwire.plugins.api;

import org.longwire.matrix.RoomEvent;

/**
 * Something that happened in a bridged room.
 *
 * @param event as the bridge sees it; its words are a stranger's
 * @param isTrustedRelay whether its sender is one of {@code matrix.trusted-relays}: only then may
 *     custom keys of the event be believed
 */
public record RoomSaid(Place.Room place, RoomEvent event, boolean isTrustedRelay) {}
