package org.longwire.relay.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * How freely a text may be sent at a moment.
 *
 * @param spacing the least time since the text before
 * @param stretch by how much the ordinary gap is stretched, 1 or 2
 * @param hold the least time from now
 * @param reason one sentence for status why it is slower than usual; empty if it is not
 */
record Pace(Duration spacing, int stretch, Duration hold, Optional<String> reason) {}
