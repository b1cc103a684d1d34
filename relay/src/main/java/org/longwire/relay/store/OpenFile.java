package org.longwire.relay.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.longwire.relay.config.DatabaseConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;

/**
 * One connection with its prepared statements. Not safe for several threads at once: its owner
 * serialises.
 */
final class OpenFile implements Transaction, AutoCloseable {
  /** SQL texts are constants; more of them than this means that somebody builds SQL at run time. */
  static final int MAX_STATEMENTS = 100;

  /** Until the pragmas are there: connecting itself may meet a lock. */
  private static final int FIRST_BUSY_TIMEOUT_MS = 1_000;

  /** Steps of SQLite's machine between two looks at the clock: well under a millisecond. */
  private static final int STEPS_BETWEEN_LOOKS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(OpenFile.class);

  private final Connection connection;
  private final boolean inMemory;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private OpenFile(Connection connection, boolean inMemory) {
    this.connection = connection;
    this.inMemory = inMemory;
  }

  /** Connects without any pragma but the driver's; {@link Pragmas} does the rest. */
  static OpenFile connect(Path file, boolean readOnly) throws SQLException {
    boolean inMemory = file.equals(DatabaseConfig.MEMORY);
    return connect(
        inMemory ? file.toString() : file.toAbsolutePath().toString(), readOnly, inMemory);
  }

  /**
   * Connects to a file that nobody changes: no lock is taken, no log looked at, nothing made beside
   * it. Where somebody does change it, answers are wrong without a word.
   */
  static OpenFile connectImmutable(Path file) throws SQLException {
    String path = file.toAbsolutePath().toUri().getRawPath();
    return connect("file:" + path + "?immutable=1", true, false);
  }

  private static OpenFile connect(String name, boolean readOnly, boolean inMemory)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(FIRST_BUSY_TIMEOUT_MS);
    config.setReadOnly(readOnly);
    return new OpenFile(config.createConnection("jdbc:sqlite:" + name), inMemory);
  }

  boolean inMemory() {
    return inMemory;
  }

  /** Ends statements that still run when it is time, with SQLITE_INTERRUPT. */
  void endWhen(BooleanSupplier isTime) throws SQLException {
    ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS, new ProgressHandler() {
      @Override
      protected int progress() {
        return isTime.getAsBoolean() ? 1 : 0;
      }
    });
  }

  /** Has something run now and then while statements run, on their thread. */
  void whileRunning(Runnable sign) throws SQLException {
    ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS, new ProgressHandler() {
      @Override
      protected int progress() {
        sign.run();
        return 0;
      }
    });
  }

  /** Runs a statement that is not kept: pragmas, savepoints, migrations. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Ends the transaction if there still is one: SQLite ends it itself after some failures. */
  void rollBack() {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      LOG.debug("nothing to roll back: {}", e.getMessage());
    }
  }

  /** Runs work in one snapshot and writes nothing of it. */
  <T> T inSnapshot(Work<T> work) throws SQLException, StoreException {
    execute("BEGIN");
    try {
      return work.run(this);
    } finally {
      rollBack();
    }
  }

  /** The single value that a query or pragma gives, as text; empty if it gives no row. */
  Optional<String> ask(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }

  int askNumber(String pragma) throws SQLException {
    return ask(pragma).map(Integer::parseInt).orElse(0);
  }

  @Override
  public int update(String sql, Object... values) throws SQLException {
    return with(sql, values, OpenFile::changed);
  }

  @Override
  public <T> List<T> list(String sql, RowReader<T> reader, Object... values) throws SQLException {
    return with(sql, values, statement -> {
      List<T> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(reader.read(row));
        }
      }
      return found;
    });
  }

  @Override
  public <T> Optional<T> first(String sql, RowReader<T> reader, Object... values)
      throws SQLException {
    return with(sql, values, statement -> {
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
      }
    });
  }

  /** What is done with a prepared statement. */
  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  /** The driver may finish off a statement that fails, so a failed one is not kept. */
  private <T> T with(String sql, Object[] values, Use<T> use) throws SQLException {
    try {
      return use.of(bind(sql, values));
    } catch (SQLException e) {
      PreparedStatement spoilt = prepared.remove(sql);
      if (spoilt != null) {
        spoilt.close();
      }
      throw e;
    }
  }

  /** A pragma answers with rows nobody wants; an open cursor would hold its transaction. */
  private static int changed(PreparedStatement statement) throws SQLException {
    if (statement.execute()) {
      statement.getResultSet().close();
      return 0;
    }
    return statement.getUpdateCount();
  }

  private PreparedStatement bind(String sql, Object[] values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      if (prepared.size() >= MAX_STATEMENTS) {
        throw new IllegalStateException("more than " + MAX_STATEMENTS + " statements prepared");
      }
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      bindOne(statement, i + 1, values[i]);
    }
    return statement;
  }

  private static void bindOne(PreparedStatement statement, int index, Object value)
      throws SQLException {
    if (value instanceof Optional<?> maybe) {
      if (maybe.isPresent()) {
        bindOne(statement, index, maybe.get());
      } else {
        statement.setNull(index, java.sql.Types.NULL);
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

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
