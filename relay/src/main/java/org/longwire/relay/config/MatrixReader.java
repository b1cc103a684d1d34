package org.longwire.relay.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.UserId;
import org.longwire.relay.config.RelayConfig.Backlog;
import org.longwire.relay.config.RelayConfig.Login;
import org.longwire.relay.config.RelayConfig.Matrix;

/** Reads {@code matrix { }}. */
final class MatrixReader {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private MatrixReader() {}

  static Optional<Matrix> read(Section root, Secrets secrets) {
    Optional<URI> homeserver =
        root.require(Keys.HOMESERVER, "write homeserver = \"https://example.org\" in matrix { }");
    Optional<UserId> user =
        root.require(Keys.USER, "write user = \"@relay:example.org\" in matrix { }");
    Optional<Login> login = secrets.login(root);
    homeserver.ifPresent(url -> checkScheme(root, url));
    if (homeserver.isEmpty() || user.isEmpty()) {
      return Optional.empty();
    }
    List<UserId> trusted = root.get(Keys.TRUSTED_RELAYS);
    Backlog backlog = new Backlog(root.get(Keys.BACKLOG_AGE), root.get(Keys.BACKLOG_EVENTS));
    return Optional.of(new Matrix(
        homeserver.get().toString(),
        user.get(),
        login,
        root.get(Keys.RELAY_NOTICES),
        Set.copyOf(trusted),
        backlog,
        root.get(Keys.MATRIX_MAX_AGE)));
  }

  private static void checkScheme(Section root, URI url) {
    if (isPlainInTheNetwork(url)) {
      root.error(
          Keys.HOMESERVER,
          " is plain http, which would show the token to the network; write \"https://"
              + url.getRawAuthority() + "\"");
    } else if (!isHttps(url)) {
      root.warning(
          Keys.HOMESERVER, " is plain http, which is bearable on this machine only; prefer https");
    }
  }

  /** Whether what is said with that server leaves this machine unencrypted. */
  static boolean isPlainInTheNetwork(URI url) {
    return !isHttps(url) && !LOOPBACK.contains(url.getHost());
  }

  private static boolean isHttps(URI url) {
    return url.getScheme().toLowerCase(Locale.ROOT).equals("https");
  }
}
