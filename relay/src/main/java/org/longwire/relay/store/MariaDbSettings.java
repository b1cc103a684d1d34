package org.longwire.relay.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

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
  public static final int DEFAULT_PORT = 3306;

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

  /**
   * Reads {@code mariadb://user:password@host:port/database?options}, with {@code mysql:} or in
   * front {@code jdbc:} as well; user and password percent-encoded.
   *
   * @return empty if it is no such address
   */
  public static Optional<MariaDbSettings> ofUrl(String url) {
    try {
      URI uri = new URI(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
      boolean known = "mariadb".equals(uri.getScheme()) || "mysql".equals(uri.getScheme());
      String path = Optional.ofNullable(uri.getPath()).orElse("");
      if (!known || uri.getHost() == null || path.length() < 2 || path.indexOf('/', 1) >= 0) {
        return Optional.empty();
      }
      String[] who = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
      MariaDbSettings plain = of(
          uri.getHost(),
          uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
          path.substring(1),
          decoded(who[0]),
          who.length > 1 ? decoded(who[1]) : "");
      return Optional.of(
          plain.withOptions(Optional.ofNullable(uri.getRawQuery()).orElse("")));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A plus sign is a plus sign: this is no form. */
  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  public MariaDbSettings withOptions(String other) {
    return new MariaDbSettings(
        host,
        port,
        database,
        user,
        password,
        other,
        poolSize,
        maxLifetime,
        keepalive,
        connectLimit);
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
