/** What a homeserver must do, and the real and the doubled ones to test against. */
@NullMarked
package org.longwire.matrix.testing;

import org.jspecify.annotations.NullMarked;
