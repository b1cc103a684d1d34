/** The real process, killed at every point and at random moments, and what must be true after. */
@NullMarked
package org.longwire.relay.crash;

import org.jspecify.annotations.NullMarked;
