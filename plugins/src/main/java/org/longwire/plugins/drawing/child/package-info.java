/** The process that draws one picture. Nothing here is ever loaded by the relay's own process. */
@NullMarked
package org.longwire.plugins.drawing.child;

import org.jspecify.annotations.NullMarked;
