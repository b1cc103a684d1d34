/**
 * What the relay knows: the message map, the archive, the nodes, room settings and plugin data.
 * Interfaces for feature code, obtained from the DatabaseManager alone; nobody else names an
 * implementation.
 */
@NullMarked
package org.longwire.relay.store.repository;

import org.jspecify.annotations.NullMarked;
