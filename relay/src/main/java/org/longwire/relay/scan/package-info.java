/**
 * Looks for known holes in the libraries that a plugin's jar brings along. For commands only: the
 * daemon asks nobody.
 */
@NullMarked
package org.longwire.relay.scan;

import org.jspecify.annotations.NullMarked;
