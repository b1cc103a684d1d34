package org.longwire.relay.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a file to the schema of this program: numbered SQL, forward only, each step with its
 * version number in one transaction. A file that holds something is copied beside itself first.
 */
final class Migrator {
  private final Path file;
  private final Schema schema;

  Migrator(Path file, Schema schema) {
    this.file = file;
    this.schema = schema;
  }

  /**
   * Says which version the file has, 0 for a new one, without writing to it.
   *
   * @throws StoreException.Unusable if the file is somebody else's or newer than this program
   */
  int examine(OpenFile open) throws SQLException, StoreException {
    int mark = open.askNumber("PRAGMA application_id");
    int version = open.askNumber("PRAGMA user_version");
    if (mark == 0 && version == 0 && open.askNumber("SELECT count(*) FROM sqlite_master") == 0) {
      return 0;
    }
    if (mark != schema.applicationId()) {
      throw new StoreException.WrongSetup(
          "%s is a database, but not a Longwire %s; move it away".formatted(file, schema.name()));
    }
    if (version > schema.version()) {
      throw new StoreException.WrongSetup(
          ("%s was made by a newer Longwire (schema %d, this one knows %d);"
                  + " install that version again")
              .formatted(file, version, schema.version()));
    }
    return version;
  }

  /** Refuses a file of ours that this program would have to bring up to date first. */
  void requireCurrent(OpenFile open) throws SQLException, StoreException {
    if (examine(open) < schema.version()) {
      throw older(file);
    }
  }

  /** @param what the file, or what it is called */
  static StoreException older(Object what) {
    return new StoreException.Unusable(
        ("%s was made by an older Longwire; start the relay once to bring it up to date, or say"
                + " longwire db migrate")
            .formatted(what));
  }

  /** Applies what is missing. */
  void migrate(OpenFile open, int from) throws SQLException, StoreException {
    if (from > 0 && from < schema.version()) {
      new Backups(file, schema).beforeMigration(open, from + 1);
    }
    for (int version = from + 1; version <= schema.version(); version++) {
      apply(open, version);
    }
  }

  private void apply(OpenFile open, int version) throws SQLException {
    List<String> statements = statements(schema.migrations().get(version - 1));
    open.execute("BEGIN IMMEDIATE");
    try {
      for (String statement : statements) {
        open.execute(statement);
      }
      open.execute("PRAGMA application_id = " + schema.applicationId());
      open.execute("PRAGMA user_version = " + version);
      open.execute("COMMIT");
    } catch (SQLException e) {
      open.rollBack();
      throw e;
    }
  }

  /** A statement ends with a semicolon at the end of a line; lines beginning with -- are prose. */
  static List<String> statements(String resource) {
    List<String> found = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : (Iterable<String>) read(resource).lines()::iterator) {
      if (line.isBlank() || line.stripLeading().startsWith("--")) {
        continue;
      }
      statement.append(line).append('\n');
      if (line.stripTrailing().endsWith(";")) {
        found.add(statement.toString());
        statement.setLength(0);
      }
    }
    if (!statement.isEmpty()) {
      throw new IllegalStateException(resource + " ends in the middle of a statement");
    }
    return found;
  }

  private static String read(String resource) {
    try (InputStream in = Migrator.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read resource " + resource, e);
    }
  }
}
