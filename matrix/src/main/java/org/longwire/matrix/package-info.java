/**
 * A Matrix client of exactly the calls a bridge needs. Knows nothing of radios and starts no
 * threads of its own beyond those of the HTTP client; every call blocks.
 */
@NullMarked
package org.longwire.matrix;

import org.jspecify.annotations.NullMarked;
