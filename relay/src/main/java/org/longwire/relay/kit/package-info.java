/** For the tests of plugin authors: a whole relay between a simulated mesh and a homeserver. */
@NullMarked
package org.longwire.relay.kit;

import org.jspecify.annotations.NullMarked;
