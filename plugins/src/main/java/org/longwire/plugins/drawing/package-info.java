/**
 * Drawing in a process of its own, whose memory goes with it. This package is the relay's side of
 * it, and {@code child} what runs there: the one place where the graphics of the JDK are used.
 */
@NullMarked
package org.longwire.plugins.drawing;

import org.jspecify.annotations.NullMarked;
