package org.longwire.relay.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.longwire.matrix.Secret;

/**
 * A MariaDB or MySQL server that holds the store instead of a file (reference:
 * storage-and-reliability.md §2.8).
 *
 * @param name of the database on it
 * @param password empty if it is allowed to be
 * @param options of the driver, as {@code name=value&name=value}; may be empty
 * @param pool how its connections are kept
 */
public record DatabaseServer(
    String host,
    int port,
    String name,
    String user,
    Optional<Secret> password,
    String options,
    Pool pool) {
  static final int DEFAULT_PORT = 3306;

  /**
   * How connections are kept.
   *
   * @param max connections: one writes, the others read
   * @param maxLifetime after which one is replaced; below what servers and routers allow
   * @param keepalive after which an idle one is asked for a sign of life
   */
  public record Pool(int max, Duration maxLifetime, Duration keepalive) {}

  /**
   * Reads {@code mysql://user:password@host:port/name?options}, with {@code mariadb:} or in front
   * {@code jdbc:} as well; user and password percent-encoded.
   *
   * @return empty if it is no such address
   */
  static Optional<DatabaseServer> ofUrl(String url, Pool pool) {
    try {
      URI uri = new URI(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
      boolean known = "mariadb".equals(uri.getScheme()) || "mysql".equals(uri.getScheme());
      String path = Optional.ofNullable(uri.getPath()).orElse("");
      if (!known || uri.getHost() == null || path.length() < 2 || path.indexOf('/', 1) >= 0) {
        return Optional.empty();
      }
      String[] who = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
      Optional<Secret> password = who.length > 1 && !who[1].isEmpty()
          ? Optional.of(new Secret(decoded(who[1])))
          : Optional.empty();
      return Optional.of(new DatabaseServer(
          uri.getHost(),
          uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
          path.substring(1),
          decoded(who[0]),
          password,
          Optional.ofNullable(uri.getRawQuery()).orElse(""),
          pool));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A plus sign is a plus sign: this is no form. */
  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  DatabaseServer withPassword(Optional<Secret> other) {
    return new DatabaseServer(host, port, name, user, other, options, pool);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "mariadb://%s@%s:%d/%s".formatted(user, host, port, name);
  }
}
