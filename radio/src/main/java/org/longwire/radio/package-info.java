/**
 * A Meshtastic client: links, framing, codec, session, delivery reports and airtime. Knows nothing
 * of Matrix and starts no threads; a caller repeats {@link org.longwire.radio.Radio#poll()}.
 */
@NullMarked
package org.longwire.radio;

import org.jspecify.annotations.NullMarked;
