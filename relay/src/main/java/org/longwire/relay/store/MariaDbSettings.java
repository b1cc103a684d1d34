package org.longwire.relay.store;

import java.time.Duration;
import org.longwire.matrix.Secret;
import org.longwire.relay.config.DatabaseServer;

/**
 * Where a MariaDB or MySQL server is and how its connections are kept (reference:
 * storage-and-reliability.md §2.8).
 *
 * @param options of the driver, as {@code name=value&name=value}; may be empty
 * @param poolSize connections: one writes, the others read
 * @param maxLifetime after which a connection is replaced; below what servers and routers allow
 * @param keepalive after which an idle connection is asked for a sign of life
 * @param connectLimit how long a call waits for a connection
 */
public record MariaDbSettings(
    String host,
    int port,
    String database,
    String user,
    String password,
    String options,
    int poolSize,
    Duration maxLifetime,
    Duration keepalive,
    Duration connectLimit) {
  /** One that writes and three that read. */
  public static final int POOL_SIZE = 4;

  public static final Duration MAX_LIFETIME = Duration.ofMinutes(25);
  public static final Duration KEEPALIVE = Duration.ofMinutes(2);
  public static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** With the pool that fits a relay. */
  public static MariaDbSettings of(
      String host, int port, String database, String user, String password) {
    return new MariaDbSettings(
        host,
        port,
        database,
        user,
        password,
        "",
        POOL_SIZE,
        MAX_LIFETIME,
        KEEPALIVE,
        CONNECT_LIMIT);
  }

  /** As configured. */
  static MariaDbSettings of(DatabaseServer server) {
    return new MariaDbSettings(
        server.host(),
        server.port(),
        server.name(),
        server.user(),
        server.password().map(Secret::reveal).orElse(""),
        server.options(),
        server.pool().max(),
        server.pool().maxLifetime(),
        server.pool().keepalive(),
        CONNECT_LIMIT);
  }

  public MariaDbSettings withConnectLimit(Duration other) {
    return new MariaDbSettings(
        host, port, database, user, password, options, poolSize, maxLifetime, keepalive, other);
  }

  String jdbcUrl() {
    return "jdbc:mariadb://%s:%d/%s%s"
        .formatted(host, port, database, options.isEmpty() ? "" : "?" + options);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "mariadb://%s@%s:%d/%s".formatted(user, host, port, database);
  }
}
