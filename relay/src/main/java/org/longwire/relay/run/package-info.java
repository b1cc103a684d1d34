/**
 * Workers, duties, orderly closing, and the way to the journal and to systemd. A leaf: any package
 * of the relay may import it.
 */
@NullMarked
package org.longwire.relay.run;

import org.jspecify.annotations.NullMarked;
