package org.longwire.relay;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.longwire.matrix.Secret;
import org.longwire.matrix.Session;
import org.longwire.matrix.SessionStore;
import org.longwire.relay.config.RelayConfig;

/**
 * Decides with which login the daemon begins. A configured token is used as it is. With a
 * configured password, or with none, the stored login is used; a password that was never used yet
 * begins with a login that the server will refuse, upon which the client logs in properly, on the
 * same path as after any lost session, and under a device id that is kept from then on.
 */
final class LoginSource {
  private static final int DEVICE_BYTES = 5;
  private static final Secret NONE_YET = new Secret("not-logged-in-yet");

  private LoginSource() {}

  /** Sees that the store holds a login, where that is possible without asking anybody. */
  static void prepare(RelayConfig.Matrix matrix, SessionStore store, RandomGenerator random)
      throws IOException {
    Optional<Session> stored = store.load().filter(s -> s.user().equals(matrix.user()));
    Optional<RelayConfig.Login> login = matrix.login();
    if (login.isPresent() && login.get() instanceof RelayConfig.Login.Token token) {
      if (stored.filter(s -> s.accessToken().equals(token.token())).isEmpty()) {
        store.save(session(matrix, "", token.token()));
      }
    } else if (login.isPresent() && stored.filter(LoginSource::isLogin).isEmpty()) {
      byte[] bytes = new byte[DEVICE_BYTES];
      random.nextBytes(bytes);
      String device = "LONGWIRE" + HexFormat.of().withUpperCase().formatHex(bytes);
      store.save(session(matrix, device, NONE_YET));
    }
  }

  /** A configured token is kept without a device, and is no login once it is configured no more. */
  private static boolean isLogin(Session session) {
    return !session.device().isEmpty();
  }

  private static Session session(RelayConfig.Matrix matrix, String device, Secret token) {
    return new Session(matrix.user(), device, token, Optional.empty(), Optional.empty());
  }
}
