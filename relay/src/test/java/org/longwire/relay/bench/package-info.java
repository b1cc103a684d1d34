/** Benchmarks of the real process; they print figures and fail on none. */
@NullMarked
package org.longwire.relay.bench;

import org.jspecify.annotations.NullMarked;
