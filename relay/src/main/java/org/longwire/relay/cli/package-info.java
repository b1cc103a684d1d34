/** The command line. */
@NullMarked
package org.longwire.relay.cli;

import org.jspecify.annotations.NullMarked;
