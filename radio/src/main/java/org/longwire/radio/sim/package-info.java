/**
 * A radio and a mesh that exist only in memory and speak the bytes of firmware 2.7.26, for tests,
 * for the demo and for users without hardware. It reads and writes the wire by hand and shares no
 * code with the client, so that a mistake of the one cannot hide in the other.
 */
@NullMarked
package org.longwire.radio.sim;

import org.jspecify.annotations.NullMarked;
