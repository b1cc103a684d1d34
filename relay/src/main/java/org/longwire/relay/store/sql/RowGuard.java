package org.longwire.relay.store.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.longwire.relay.store.RowReader;
import org.longwire.relay.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads rows that others may have written: one that makes no sense is left out and hides no other.
 * The first is told of, the rest are counted.
 */
final class RowGuard {
  private static final Logger LOG = LoggerFactory.getLogger(RowGuard.class);

  private final String table;
  private final AtomicLong skipped = new AtomicLong();

  RowGuard(String table) {
    this.table = table;
  }

  <T> List<T> list(Transaction tx, String sql, RowReader<T> reader, Object... values)
      throws SQLException {
    return tx.list(sql, row -> read(row, reader), values).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  <T> Optional<T> first(Transaction tx, String sql, RowReader<T> reader, Object... values)
      throws SQLException {
    return tx.first(sql, row -> read(row, reader), values).flatMap(found -> found);
  }

  long skipped() {
    return skipped.get();
  }

  private <T> Optional<T> read(java.sql.ResultSet row, RowReader<T> reader) throws SQLException {
    try {
      return Optional.of(reader.read(row));
    } catch (IllegalArgumentException e) {
      if (skipped.getAndIncrement() == 0) {
        LOG.warn(
            "a row of {} makes no sense and is left out, as will be others like it: {}",
            table,
            e.getMessage());
      }
      return Optional.empty();
    }
  }
}
