/** The store under mixed traffic for a long time, and what must be as it was at the beginning. */
@NullMarked
package org.longwire.relay.soak;

import org.jspecify.annotations.NullMarked;
