/** The ledger: what was accepted, what is to be delivered, and what became of it. */
@NullMarked
package org.longwire.relay.queue;

import org.jspecify.annotations.NullMarked;
