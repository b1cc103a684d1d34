package org.longwire.relay.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.longwire.matrix.SyncPage;
import org.longwire.matrix.TransactionId;

/**
 * Switches one protection of the daemon off, for the negative controls: a test of crashes that does
 * not notice it tests nothing.
 */
final class Sabotage {
  static final String PROPERTY = "longwire.crash.sabotage";

  /** Which protection is off. */
  enum Kind {
    NONE,
    /** Each attempt of a send has a transaction id of its own. */
    RANDOM_TRANSACTIONS,
    /** The bookmark of a page is stored before what the page gives rise to. */
    TOKEN_FIRST,
    /** What may have been sent before a crash gets another packet id after it. */
    NEW_PACKET_IDS;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Kind kind;
  private final Path ledger;
  private final SecureRandom random = new SecureRandom();

  private Sabotage(Kind kind, Path ledger) {
    this.kind = kind;
    this.ledger = ledger;
  }

  static Sabotage ofProperties(Path ledger) {
    String key = System.getProperty(PROPERTY, Kind.NONE.key());
    return new Sabotage(Kind.valueOf(key.toUpperCase(Locale.ROOT)), ledger);
  }

  /** Before the daemon opens its ledger. */
  void beforeStart() throws SQLException {
    if (kind == Kind.NEW_PACKET_IDS && Files.exists(ledger)) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.executeUpdate("UPDATE outbox SET token = lower(hex(randomblob(4)))"
            + " WHERE state = 'WAITING' AND radio IS NOT NULL");
      }
    }
  }

  /** What a call to the homeserver is given instead. */
  Object[] before(String method, Object[] arguments) {
    if (kind != Kind.RANDOM_TRANSACTIONS || !method.equals("send")) {
      return arguments;
    }
    Object[] other = arguments.clone();
    other[1] = new TransactionId("lw%016x".formatted(random.nextLong()));
    return other;
  }

  /** A page is there and has not been handed over. */
  void after(SyncPage page) throws SQLException {
    if (kind == Kind.TOKEN_FIRST) {
      try (Connection connection = connect();
          PreparedStatement statement =
              connection.prepareStatement("UPDATE sync_state SET token = ?")) {
        statement.setString(1, page.next().value());
        statement.executeUpdate();
      }
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
