/** The daemon: {@code Main} reads the command line, {@code Daemon} starts and ends everything. */
@NullMarked
package org.longwire.relay;

import org.jspecify.annotations.NullMarked;
