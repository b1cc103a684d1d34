@NullMarked
package org.longwire.matrix;

import org.jspecify.annotations.NullMarked;
