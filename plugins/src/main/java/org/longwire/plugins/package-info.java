@NullMarked
package org.longwire.plugins;

import org.jspecify.annotations.NullMarked;
