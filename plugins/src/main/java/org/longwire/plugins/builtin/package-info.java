/** The plugins that come with the relay. They see no more of it than any other plugin. */
@NullMarked
package org.longwire.plugins.builtin;

import org.jspecify.annotations.NullMarked;
