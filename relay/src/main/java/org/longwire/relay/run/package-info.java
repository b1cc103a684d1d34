/** Workers, duties and orderly closing. A leaf: any package of the relay may import it. */
@NullMarked
package org.longwire.relay.run;

import org.jspecify.annotations.NullMarked;
