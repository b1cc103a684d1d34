package org.longwire.relay.config;

import java.util.List;
import java.util.Optional;
import org.longwire.matrix.Secret;

/** Reads the keys of {@code database { }} that concern a server. */
final class ServerReader {
  /** What makes no sense beside an address, or with a file. */
  private static final List<Key<?>> COMPONENTS =
      List.of(Keys.SERVER_HOST, Keys.SERVER_NAME, Keys.SERVER_USER);

  private final Section root;
  private final Secrets secrets;

  ServerReader(Section root, Secrets secrets) {
    this.root = root;
    this.secrets = secrets;
  }

  /** Empty if the store is a file, or if what is configured was told wrong. */
  Optional<DatabaseServer> read() {
    if (root.get(Keys.DATABASE_TYPE).equals("sqlite")) {
      warnOfTheRest();
      return Optional.empty();
    }
    DatabaseServer.Pool pool = new DatabaseServer.Pool(
        root.get(Keys.POOL_MAX), root.get(Keys.POOL_LIFETIME), root.get(Keys.POOL_KEEPALIVE));
    if (pool.keepalive().compareTo(pool.maxLifetime()) >= 0) {
      root.error(
          Keys.POOL_KEEPALIVE,
          " is not below database.pool.max-lifetime, so it would never happen; shorten it");
    }
    Optional<DatabaseServer> server = root.has(Keys.SERVER_URL) ? ofUrl(pool) : ofComponents(pool);
    return server.flatMap(this::withPassword);
  }

  private void warnOfTheRest() {
    for (Key<?> key : List.of(Keys.SERVER_URL, Keys.SERVER_HOST)) {
      if (root.has(key)) {
        root.warning(key, " has no effect while database.type is sqlite; write type = mysql");
      }
    }
  }

  private Optional<DatabaseServer> ofUrl(DatabaseServer.Pool pool) {
    for (Key<?> key : COMPONENTS) {
      if (root.has(key)) {
        root.warning(key, " has no effect beside database.url; remove one of the two");
      }
    }
    Optional<Secret> url = root.written(Keys.SERVER_URL);
    Optional<DatabaseServer> server =
        url.flatMap(text -> DatabaseServer.ofUrl(text.reveal(), pool));
    if (url.isPresent() && server.isEmpty()) {
      root.error(
          Keys.SERVER_URL,
          " is no address of a database; write \"mysql://user@host:3306/name\", with %40 for an @"
              + " in the user or the password");
    }
    return server;
  }

  private Optional<DatabaseServer> ofComponents(DatabaseServer.Pool pool) {
    Optional<String> host =
        root.require(Keys.SERVER_HOST, "write host, name and user of the database, or its url");
    Optional<String> name =
        root.require(Keys.SERVER_NAME, "write name = longwire, the database on the server");
    Optional<String> user = root.require(Keys.SERVER_USER, "write user = longwire");
    if (host.isEmpty() || name.isEmpty() || user.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new DatabaseServer(
        host.get(),
        root.get(Keys.SERVER_PORT),
        name.get(),
        user.get(),
        Optional.empty(),
        "",
        pool));
  }

  private Optional<DatabaseServer> withPassword(DatabaseServer server) {
    boolean told = server.password().isPresent() || secrets.hasDatabasePassword(root);
    Optional<Secret> password =
        server.password().isPresent() ? server.password() : secrets.databasePassword(root);
    if (!told && !root.get(Keys.ALLOW_EMPTY_PASSWORD)) {
      root.error(
          Keys.SERVER_PASSWORD_FILE,
          " is missing; name a file that holds the password, or write"
              + " allow-empty-password = true if there is none");
    }
    return told && password.isEmpty()
        ? Optional.empty()
        : Optional.of(server.withPassword(password));
  }
}
