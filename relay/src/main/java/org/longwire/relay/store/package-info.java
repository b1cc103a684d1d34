/**
 * Database connections, the worker executor that writes, and schema migrations. JDBC stays here and
 * in queue.
 */
@NullMarked
package org.longwire.relay.store;

import org.jspecify.annotations.NullMarked;
