package org.longwire.matrix;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Makes the login that the daemon then lives on: checks that there is a homeserver, finds it by its
 * server's name if need be, and never repeats a refused password (matrix.md §2.1, §2.2).
 */
public final class MatrixLogin implements AutoCloseable {
  private static final String VERSIONS = "/_matrix/client/versions";
  private static final String WELL_KNOWN = "/.well-known/matrix/client";

  private final HttpTransport transport;
  private final ErrorTable errors;
  private final LoginApi api;

  private MatrixLogin(HttpTransport transport, InstantSource clock) {
    this.transport = transport;
    this.errors = new ErrorTable(transport.base(), clock);
    this.api = new LoginApi(transport, errors, clock);
  }

  /**
   * Finds the homeserver: at the address itself or, failing that, where the address's
   * {@code .well-known} file points.
   *
   * @throws MatrixException.Unreachable if no homeserver speaks at either
   */
  public static MatrixLogin open(URI address, HttpLimits limits, InstantSource clock)
      throws MatrixException {
    MatrixLogin direct = new MatrixLogin(HttpTransport.open(address, limits), clock);
    try {
      direct.requireMatrix();
      return direct;
    } catch (MatrixException failure) {
      try (direct) {
        URI named = direct.wellKnown().orElseThrow(() -> failure);
        return at(named, limits, clock);
      }
    }
  }

  private static MatrixLogin at(URI named, HttpLimits limits, InstantSource clock)
      throws MatrixException {
    MatrixLogin login = new MatrixLogin(HttpTransport.open(named, limits), clock);
    try {
      login.requireMatrix();
      return login;
    } catch (MatrixException e) {
      login.close();
      throw e;
    }
  }

  /** Where the homeserver was found; the address for {@link HttpHomeserver}. */
  public URI base() {
    return transport.base();
  }

  private void requireMatrix() throws MatrixException {
    HttpCall call = HttpCall.get(VERSIONS, "ask for the versions of Matrix");
    HttpReply reply = transport.exchange(call, Optional.empty());
    if (!reply.isSuccess() || reply.json().isEmpty()) {
      throw errors.failure(reply, call.doing());
    }
    if (reply.json().get().texts("versions").isEmpty()) {
      throw errors.nonsense(call.doing());
    }
  }

  /** The address that the well-known file names, if there is a good one. */
  private Optional<URI> wellKnown() {
    try {
      HttpCall call = HttpCall.get(WELL_KNOWN, "look for the homeserver");
      return transport
          .exchange(call, Optional.empty())
          .json()
          .flatMap(file -> file.child("m.homeserver").text("base_url"))
          .flatMap(MatrixLogin::address);
    } catch (MatrixException e) {
      return Optional.empty();
    }
  }

  private static Optional<URI> address(String text) {
    try {
      URI uri = URI.create(text);
      boolean usable = uri.getHost() != null && text.matches("https?://.*");
      return usable ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Logs in with a password. Call once: servers count these closely.
   *
   * @param device the device to be again; without one the server names a new one
   * @throws MatrixException.Unauthorised if the password is wrong
   * @throws MatrixException.RateLimited if there were too many logins
   */
  public Session byPassword(UserId user, Secret password, Optional<String> device)
      throws MatrixException {
    try {
      return api.byPassword(user, password, device);
    } catch (MatrixException.Forbidden e) {
      throw new MatrixException.Unauthorised(
          "%s refuses the user name or password of %s".formatted(base(), user));
    }
  }

  /**
   * Makes a session of an access token, after asking the server whose it is.
   *
   * @throws MatrixException.Unauthorised if the server does not know the token, or it belongs to
   *     another user
   */
  public Session byToken(UserId user, Secret token) throws MatrixException {
    Homeserver.WhoAmI who = whose(token);
    if (!who.user().equals(user)) {
      throw new MatrixException.Unauthorised(
          "the token belongs to %s, not to %s: correct matrix.user or the token"
              .formatted(who.user(), user));
    }
    // Without a device (an application service's token) there is nothing to keep stable.
    return new Session(
        who.user(), who.device().orElse(""), token, Optional.empty(), Optional.empty());
  }

  private Homeserver.WhoAmI whose(Secret token) throws MatrixException {
    try {
      return api.whoAmI(token);
    } catch (MatrixException.Unauthorised e) {
      throw new MatrixException.Unauthorised(
          "%s does not accept the token: make a new one, or log in with a password"
              .formatted(base()));
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
