@NullMarked
package org.longwire.relay;

import org.jspecify.annotations.NullMarked;
