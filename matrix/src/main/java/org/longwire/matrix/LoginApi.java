package org.longwire.matrix;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The requests that make and renew a session (matrix.md §2.2). Keeps nothing. */
final class LoginApi {
  private static final String DEVICE_NAME = "Longwire";
  private static final String LOGIN_PATH = HttpCall.path("v3", "login");
  private static final String REFRESH_PATH = HttpCall.path("v3", "refresh");
  private static final String WHO_AM_I_PATH = HttpCall.path("v3", "account", "whoami");

  private final HttpTransport transport;
  private final ErrorTable errors;
  private final InstantSource clock;

  LoginApi(HttpTransport transport, ErrorTable errors, InstantSource clock) {
    this.transport = transport;
    this.errors = errors;
    this.clock = clock;
  }

  /**
   * Logs in with a password.
   *
   * @param device the device to be again, if there was one
   * @throws MatrixException.Forbidden if the password is wrong; never to be repeated
   */
  Session byPassword(UserId user, Secret password, Optional<String> device) throws MatrixException {
    String doing = "log in as " + user;
    JsonTree body = JsonTree.empty()
        .put("type", "m.login.password")
        .put("identifier", JsonTree.empty().put("type", "m.id.user").put("user", user.value()))
        .put("password", password.reveal())
        .put("initial_device_display_name", DEVICE_NAME)
        .put("refresh_token", true);
    device.ifPresent(id -> body.put("device_id", id));
    HttpReply reply = transport.exchange(HttpCall.post(LOGIN_PATH, body, doing), Optional.empty());
    JsonTree answer = success(reply, doing);
    Optional<UserId> who = EventCodec.id(answer.text("user_id"), UserId::new);
    Optional<String> given = answer.text("device_id").or(() -> device);
    Optional<String> token = answer.text("access_token");
    if (who.isEmpty() || given.isEmpty() || token.isEmpty()) {
      throw errors.nonsense(doing);
    }
    return new Session(
        who.get(),
        given.get(),
        new Secret(token.get()),
        answer.text("refresh_token").map(Secret::new),
        expiry(answer));
  }

  /** Trades a refresh token for the next pair. The old pair is good until the new one is used. */
  Session refresh(Session old, Secret refreshToken) throws MatrixException {
    String doing = "renew the login of " + old.user();
    JsonTree body = JsonTree.empty().put("refresh_token", refreshToken.reveal());
    HttpReply reply =
        transport.exchange(HttpCall.post(REFRESH_PATH, body, doing), Optional.empty());
    JsonTree answer = success(reply, doing);
    Optional<String> token = answer.text("access_token");
    if (token.isEmpty()) {
      throw errors.nonsense(doing);
    }
    return new Session(
        old.user(),
        old.device(),
        new Secret(token.get()),
        Optional.of(answer.text("refresh_token").map(Secret::new).orElse(refreshToken)),
        expiry(answer));
  }

  /** Whose token this is. */
  Homeserver.WhoAmI whoAmI(Secret token) throws MatrixException {
    String doing = "ask whose token this is";
    HttpReply reply = transport.exchange(HttpCall.get(WHO_AM_I_PATH, doing), Optional.of(token));
    return whoAmI(success(reply, doing), doing);
  }

  static HttpCall whoAmICall() {
    return HttpCall.get(WHO_AM_I_PATH, "ask who we are");
  }

  Homeserver.WhoAmI whoAmI(JsonTree answer, String doing) throws MatrixException {
    UserId user = EventCodec.id(answer.text("user_id"), UserId::new)
        .orElseThrow(() -> errors.nonsense(doing));
    return new Homeserver.WhoAmI(user, answer.text("device_id"));
  }

  private JsonTree success(HttpReply reply, String doing) throws MatrixException {
    if (!reply.isSuccess() || reply.json().isEmpty()) {
      throw errors.failure(reply, doing);
    }
    return reply.json().get();
  }

  private Optional<Instant> expiry(JsonTree answer) {
    return answer.integerAt("expires_in_ms").filter(millis -> millis > 0).map(millis -> clock
        .instant()
        .plus(Duration.ofMillis(millis)));
  }
}
