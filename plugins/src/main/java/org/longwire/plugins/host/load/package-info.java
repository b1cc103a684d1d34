/**
 * Foreign jars: finding, checking and loading them. A jar is read once; what is loaded are the very
 * bytes whose hash was compared.
 */
@NullMarked
package org.longwire.plugins.host.load;

import org.jspecify.annotations.NullMarked;
