/**
 * The repositories in SQL, the same for SQLite and MariaDB but for the words that a
 * {@link org.longwire.relay.store.Dialect} has. {@link SqlRepositories} makes them; nobody else
 * names one.
 */
@NullMarked
package org.longwire.relay.store.sql;

import org.jspecify.annotations.NullMarked;
