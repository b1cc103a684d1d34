package org.longwire.matrix;

import java.util.List;
import java.util.Optional;

/**
 * One page of a room's history.
 *
 * @param events in the order asked for
 * @param end where to read on; empty at the end of what was asked for
 */
public record TimelinePage(List<RoomEvent> events, Optional<String> end) {}
