package org.longwire.relay.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.relay.config.DatabaseServer;

/**
 * What a person does with a store on a server from outside the daemon; the counterpart of
 * {@link FileTools}. Other relays may use the same database. Used by one thread.
 */
public final class ServerTools {
  private static final String SEAL = "seal";

  private final MariaDbSettings settings;

  public ServerTools(DatabaseServer server) {
    this(MariaDbSettings.of(server));
  }

  ServerTools(MariaDbSettings settings) {
    this.settings = settings;
  }

  /**
   * What can be seen of a store.
   *
   * @param version of its schema; 0 if nothing is there yet
   * @param newest the version that this program knows
   * @param rows by table
   */
  public record Facts(int version, int newest, Map<String, Long> rows) {}

  public Facts facts() throws StoreException {
    return with(connection -> {
      MariaDbTransaction tx = new MariaDbTransaction(connection, Optional.empty());
      int version = MariaDbMigrator.examine(tx, Schema.STORE);
      Map<String, Long> rows = new LinkedHashMap<>();
      for (String table : tables(tx)) {
        rows.put(
            table,
            tx.first("SELECT count(*) FROM " + table, row -> row.getLong(1)).orElse(0L));
      }
      return new Facts(version, Schema.STORE.version(), rows);
    });
  }

  /**
   * Brings the database to the schema of this program.
   *
   * @return the version it had; 0 if nothing was there
   */
  public int migrate() throws StoreException {
    return with(connection -> MariaDbMigrator.migrate(connection, Schema.STORE));
  }

  /** Forgets everything; the tables stay, for other relays may be writing to them. */
  public void clear() throws StoreException {
    with(connection -> {
      MariaDbTransaction tx = new MariaDbTransaction(connection, Optional.empty());
      MariaDbMigrator.examine(tx, Schema.STORE);
      for (String table : tables(tx)) {
        tx.execute("TRUNCATE TABLE " + table);
      }
      return true;
    });
  }

  /** Those of our tables that are there. */
  private static List<String> tables(MariaDbTransaction tx) throws SQLException {
    List<String> ours =
        new ArrayList<>(StoreTable.ALL.stream().map(StoreTable::name).toList());
    ours.add(SEAL);
    ours.retainAll(tx.list(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()",
        row -> row.getString(1)));
    return ours;
  }

  /** Work with a connection of its own. */
  private interface Use<T> {
    T of(Connection connection) throws SQLException, StoreException;
  }

  private <T> T with(Use<T> use) throws StoreException {
    try (MariaDbPool pool = new MariaDbPool(settings, connection -> {})) {
      try (Connection connection = pool.connection()) {
        return use.of(connection);
      } catch (SQLException e) {
        throw pool.translated(e);
      }
    }
  }

  /** Where it is, without the password. */
  @Override
  public String toString() {
    return settings.toString();
  }
}
