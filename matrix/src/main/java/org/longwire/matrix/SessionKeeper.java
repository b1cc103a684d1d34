package org.longwire.matrix;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes requests with a token that is good, and renews it when it is not: once, whatever the number
 * of threads that find out, and kept on disk before its first use (matrix.md §2.2).
 */
final class SessionKeeper {
  /** So long before its end a token is renewed without waiting for a refusal. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** Between two logins by password: servers allow about one in five minutes. */
  static final Duration LOGIN_INTERVAL = Duration.ofMinutes(10);

  /** As long if the last one did not get through to the server. */
  static final Duration LOGIN_INTERVAL_UNREACHED = Duration.ofMinutes(1);

  /** The stored session, a refreshed one, one by password: then it is enough. */
  private static final int MAX_TRIES = 4;

  private static final Logger log = LoggerFactory.getLogger(SessionKeeper.class);

  private final HttpTransport transport;
  private final ErrorTable errors;
  private final LoginApi login;
  private final SessionStore store;
  private final Credentials credentials;

  private volatile Session current;
  private Optional<Session> refreshDead = Optional.empty();
  private Optional<Instant> nextLogin = Optional.empty();
  private boolean passwordRefused;
  private boolean lastLoginUnreached;

  /** What a renewal needs beside the session. */
  record Credentials(Optional<Secret> password, InstantSource clock) {}

  SessionKeeper(
      HttpTransport transport,
      ErrorTable errors,
      SessionStore store,
      Session session,
      Credentials credentials) {
    this.transport = transport;
    this.errors = errors;
    this.login = new LoginApi(transport, errors, credentials.clock());
    this.store = store;
    this.current = session;
    this.credentials = credentials;
  }

  /** Who we are. */
  UserId user() {
    return current.user();
  }

  LoginApi login() {
    return login;
  }

  /** Makes a request; answers any reply but a refused token. */
  HttpReply exchange(HttpCall call) throws MatrixException {
    renewBeforeItEnds();
    for (int tries = 1; ; tries++) {
      Session used = current;
      HttpReply reply = transport.exchange(call, Optional.of(used.accessToken()));
      if (!isTokenRefused(reply)) {
        return reply;
      }
      if (tries == MAX_TRIES || !reply.errcode().equals("M_UNKNOWN_TOKEN")) {
        throw errors.failure(reply, call.doing());
      }
      renew(used);
    }
  }

  private static boolean isTokenRefused(HttpReply reply) {
    return reply.errcode().equals("M_UNKNOWN_TOKEN")
        || (reply.status() == 401 && reply.json().isPresent());
  }

  private void renewBeforeItEnds() {
    Session used = current;
    if (!endsSoon(used)) {
      return;
    }
    try {
      synchronized (this) {
        if (current == used) {
          refresh(used);
        }
      }
    } catch (MatrixException e) {
      // Not yet a failure: the old token may still do, and a refusal will say if not.
      log.debug("the token could not be renewed early: {}", e.getMessage());
    }
  }

  private boolean endsSoon(Session session) {
    Instant soon = credentials.clock().instant().plus(MARGIN);
    return session.expiresAt().filter(soon::isAfter).isPresent();
  }

  /** On return there is another session than the refused one. */
  private synchronized void renew(Session refused) throws MatrixException {
    if (current != refused || adoptStored() || refresh(refused)) {
      return;
    }
    if (passwordRefused) {
      throw refusedPassword(refused);
    }
    if (credentials.password().isEmpty()) {
      throw new MatrixException.Unauthorised(
          "%s does not accept the login of %s any more: run `longwire login`"
              .formatted(transport.base(), refused.user()));
    }
    logIn(refused, credentials.password().get());
  }

  /** Takes over what {@code longwire login} may have stored meanwhile. */
  private boolean adoptStored() {
    try {
      Optional<Session> stored =
          store.load().filter(s -> !s.equals(current) && s.user().equals(current.user()));
      stored.ifPresent(session -> current = session);
      return stored.isPresent();
    } catch (IOException e) {
      log.warn("the stored login can not be read: {}", e.getMessage());
      return false;
    }
  }

  /** Whether there is a new pair now; false if the refresh token is missing or dead. */
  private boolean refresh(Session old) throws MatrixException {
    if (old.refreshToken().isEmpty() || refreshDead.filter(old::equals).isPresent()) {
      return false;
    }
    try {
      adopt(login.refresh(old, old.refreshToken().get()));
      log.debug("the token was renewed");
      return true;
    } catch (MatrixException.Unauthorised
        | MatrixException.Forbidden
        | MatrixException.NotFound
        | MatrixException.Refused e) {
      // The specification says 401, Synapse 403: dead either way.
      log.info("the login can not be renewed: {}", e.getMessage());
      refreshDead = Optional.of(old);
      return false;
    }
  }

  private void logIn(Session old, Secret password) throws MatrixException {
    Instant now = credentials.clock().instant();
    if (nextLogin.filter(now::isBefore).isPresent()) {
      String sentence = "%s ended the login of %s; the next attempt with the password is at %s"
          .formatted(transport.base(), old.user(), nextLogin.get().truncatedTo(ChronoUnit.SECONDS));
      throw lastLoginUnreached
          ? new MatrixException.Unreachable(sentence)
          : new MatrixException.Unauthorised(sentence + ", or run `longwire login`");
    }
    nextLogin = Optional.of(now.plus(LOGIN_INTERVAL));
    lastLoginUnreached = false;
    try {
      Session again = login.byPassword(old.user(), password, Optional.of(old.device()));
      if (!again.device().equals(old.device())) {
        log.warn("{} gave us another device: it forgets what we sent last", transport.base());
      }
      adopt(again);
      log.info("logged in again as {}", old.user());
    } catch (MatrixException.Unreachable e) {
      nextLogin = Optional.of(now.plus(LOGIN_INTERVAL_UNREACHED));
      lastLoginUnreached = true;
      throw e;
    } catch (MatrixException.Forbidden e) {
      passwordRefused = true;
      throw refusedPassword(old);
    }
  }

  private MatrixException refusedPassword(Session session) {
    return new MatrixException.Unauthorised(
        "%s refuses the password of %s: run `longwire login`, or correct the password and restart"
            .formatted(transport.base(), session.user()));
  }

  /** Stored first: using the new pair kills the old one. */
  private void adopt(Session session) throws MatrixException {
    try {
      store.save(session);
    } catch (IOException e) {
      throw new MatrixException.Unreachable(
          "the renewed login can not be stored and is not used: " + e.getMessage(), e);
    }
    current = session;
  }
}
