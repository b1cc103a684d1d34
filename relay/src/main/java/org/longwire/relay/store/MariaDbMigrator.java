package org.longwire.relay.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Brings a database of the server to the schema of this program. MariaDB commits every definition
 * by itself, so the migrations are written to be repeated: what a failure left half done is done on
 * the next connection.
 */
final class MariaDbMigrator {
  private static final String VERSIONS = "CREATE TABLE IF NOT EXISTS schema_version ("
      + " name VARCHAR(64) NOT NULL, mark BIGINT NOT NULL, version INT NOT NULL,"
      + " PRIMARY KEY (name)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
  private static final String FOREIGN = "SELECT count(*) FROM information_schema.tables"
      + " WHERE table_schema = DATABASE() AND NOT EXISTS (SELECT 1 FROM"
      + " information_schema.tables WHERE table_schema = DATABASE()"
      + " AND table_name = 'schema_version')";
  private static final String VERSION = "SELECT version FROM schema_version WHERE name = ?";
  private static final String RECORD = "INSERT INTO schema_version (name, mark, version)"
      + " VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE version = VALUES(version)";

  private MariaDbMigrator() {}

  /**
   * @return the version there was, 0 for an empty database
   * @throws StoreException.WrongSetup if the database is somebody else's or newer than this program
   */
  static int migrate(Connection connection, Schema schema) throws SQLException, StoreException {
    MariaDbTransaction tx = new MariaDbTransaction(connection, Optional.empty());
    int version = examine(tx, schema);
    if (version == 0) {
      // Only where it is needed: a user without the right to create uses what an owner made.
      tx.execute(VERSIONS);
    }
    for (int next = version + 1; next <= schema.version(); next++) {
      String file = Dialect.MARIADB.resource(schema.migrations().get(next - 1));
      for (String statement : Migrator.statements(file)) {
        tx.execute(statement);
      }
      tx.update(RECORD, schema.name(), schema.applicationId(), next);
      connection.commit();
    }
    connection.commit();
    return version;
  }

  /** Refuses a database that this program would have to bring up to date first. */
  static void requireCurrent(Connection connection, Schema schema)
      throws SQLException, StoreException {
    int version = examine(new MariaDbTransaction(connection, Optional.empty()), schema);
    connection.commit();
    if (version == 0) {
      throw new StoreException.Missing(
          "there is no %s on the server; has the relay run yet?".formatted(schema.name()));
    }
    if (version < schema.version()) {
      throw Migrator.older("the database");
    }
  }

  /** The version of the database, 0 for an empty one, with the same refusals; writes nothing. */
  static int examine(MariaDbTransaction tx, Schema schema) throws SQLException, StoreException {
    if (tx.first(FOREIGN, row -> row.getInt(1)).orElse(0) > 0) {
      throw new StoreException.WrongSetup(
          "the database holds tables of somebody else; give Longwire one of its own");
    }
    int version =
        hasVersions(tx) ? tx.first(VERSION, row -> row.getInt(1), schema.name()).orElse(0) : 0;
    if (version > schema.version()) {
      throw new StoreException.WrongSetup(
          ("the database was made by a newer Longwire (schema %d, this one knows %d);"
                  + " install that version again")
              .formatted(version, schema.version()));
    }
    return version;
  }

  private static boolean hasVersions(MariaDbTransaction tx) throws SQLException {
    return tx.first(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE()"
                + " AND table_name = 'schema_version'",
            row -> row.getInt(1))
        .isPresent();
  }
}
