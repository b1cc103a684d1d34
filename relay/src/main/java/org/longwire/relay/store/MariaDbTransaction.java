package org.longwire.relay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A transaction on a pooled connection. The driver keeps no statement, and neither do we. */
final class MariaDbTransaction implements Transaction {
  private final Connection connection;
  private final int limitSeconds;

  /** @param limit of each statement; rounded up to seconds, the least that the server counts */
  MariaDbTransaction(Connection connection, Optional<Duration> limit) {
    this.connection = connection;
    this.limitSeconds =
        limit.map(time -> (int) Math.max(1, (time.toMillis() + 999) / 1_000)).orElse(0);
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = bound(sql, values)) {
      return statement.executeUpdate();
    }
  }

  @Override
  public <T> List<T> list(String sql, RowReader<T> reader, Object... values) throws SQLException {
    try (PreparedStatement statement = bound(sql, values);
        ResultSet row = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (row.next()) {
        found.add(reader.read(row));
      }
      return found;
    }
  }

  @Override
  public <T> Optional<T> first(String sql, RowReader<T> reader, Object... values)
      throws SQLException {
    try (PreparedStatement statement = bound(sql, values);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.ofNullable(reader.read(row)) : Optional.empty();
    }
  }

  private PreparedStatement bound(String sql, Object[] values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      statement.setQueryTimeout(limitSeconds);
      for (int i = 0; i < values.length; i++) {
        bind(statement, i + 1, values[i]);
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, int index, Object value)
      throws SQLException {
    if (value instanceof Optional<?> maybe) {
      if (maybe.isPresent()) {
        bind(statement, index, maybe.get());
      } else {
        statement.setNull(index, Types.NULL);
      }
    } else if (value instanceof Instant instant) {
      statement.setLong(index, instant.toEpochMilli());
    } else if (value instanceof Number number) {
      statement.setLong(index, number.longValue());
    } else if (value instanceof Enum<?> constant) {
      statement.setString(index, constant.name());
    } else if (value instanceof String text) {
      statement.setString(index, text);
    } else {
      throw new IllegalArgumentException("no column takes a " + value.getClass().getName());
    }
  }
}
