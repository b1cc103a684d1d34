/** A real homeserver to test against. */
@NullMarked
package org.longwire.matrix.testing;

import org.jspecify.annotations.NullMarked;
