package org.longwire.relay.store.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The database of an MMRelay at work, in the schemas that its releases have had. */
final class MmrelayFile implements AutoCloseable {
  static final String ROOM = "!mesh:example.org";
  static final String OTHER_ROOM = "!other:example.org";
  private static final String MAP = "CREATE TABLE message_map (meshtastic_id %s,"
      + " matrix_event_id TEXT PRIMARY KEY, matrix_room_id TEXT, meshtastic_text TEXT%s)";

  private final Connection connection;

  private MmrelayFile(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    run("PRAGMA journal_mode = WAL");
  }

  /** With nothing in it. */
  static MmrelayFile empty(Path file) throws SQLException {
    return new MmrelayFile(file);
  }

  /** As its latest releases make it. */
  static MmrelayFile current(Path file) throws SQLException {
    MmrelayFile made = withNames(file);
    made.run(MAP.formatted("TEXT", ", meshtastic_meshnet TEXT"));
    made.run("CREATE INDEX idx_map ON message_map (meshtastic_id)");
    return made;
  }

  /** Packet ids were numbers once, and there was no name of the mesh. */
  static MmrelayFile older(Path file) throws SQLException {
    MmrelayFile made = withNames(file);
    made.run(MAP.formatted("INTEGER", ""));
    return made;
  }

  /** As the first releases made it: no map yet. */
  static MmrelayFile withNames(Path file) throws SQLException {
    MmrelayFile made = new MmrelayFile(file);
    made.run("CREATE TABLE longnames (meshtastic_id TEXT PRIMARY KEY, longname TEXT)");
    made.run("CREATE TABLE shortnames (meshtastic_id TEXT PRIMARY KEY, shortname TEXT)");
    made.run("CREATE TABLE plugin_data (plugin_name TEXT, meshtastic_id TEXT, data TEXT,"
        + " PRIMARY KEY (plugin_name, meshtastic_id))");
    return made;
  }

  void run(String sql, Object... values) throws SQLException {
    if (values.length == 0) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  /** A row of the map, in the current schema. */
  void maps(long packet, String event, String room, String text) throws SQLException {
    run(
        "INSERT INTO message_map VALUES (?, ?, ?, ?, 'Forx')",
        Long.toString(packet),
        event,
        room,
        text);
  }

  void names(String node, String longName, String shortName) throws SQLException {
    run("INSERT INTO longnames VALUES (?, ?)", node, longName);
    run("INSERT INTO shortnames VALUES (?, ?)", node, shortName);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
