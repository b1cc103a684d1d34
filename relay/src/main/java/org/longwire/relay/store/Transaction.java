package org.longwire.relay.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A transaction, lent to {@link Work} for the length of one call and never kept. SQL texts are
 * constants of their callers: each is prepared once per connection and kept there.
 *
 * <p>Values may be texts, numbers, {@link java.time.Instant} (stored as milliseconds), enums
 * (stored by name), and {@link Optional} of these, where empty is NULL.
 */
public interface Transaction {
  /** Runs a statement and says how many rows it changed. */
  int update(String sql, Object... values) throws SQLException;

  /** All rows, read to the end before this returns. */
  <T> List<T> list(String sql, RowReader<T> reader, Object... values) throws SQLException;

  /** The first row, if there is one. */
  <T> Optional<T> first(String sql, RowReader<T> reader, Object... values) throws SQLException;
}
