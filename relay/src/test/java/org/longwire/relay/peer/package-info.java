/** The daemon between a simulated mesh and a real homeserver. */
@NullMarked
package org.longwire.relay.peer;

import org.jspecify.annotations.NullMarked;
