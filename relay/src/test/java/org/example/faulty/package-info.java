/** Plugins as nobody wants them, to be packed into jars and let loose on a relay. */
@NullMarked
package org.example.faulty;

import org.jspecify.annotations.NullMarked;
