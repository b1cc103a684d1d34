package org.longwire.matrix.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.longwire.matrix.FileSessionStore;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.HttpHomeserver;
import org.longwire.matrix.HttpLimits;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.MatrixLogin;
import org.longwire.matrix.Secret;
import org.longwire.matrix.UserId;

/** An account with our own client, logged in as the daemon would be. */
record PortUser(ContractUser asTarget, Homeserver homeserver, FileSessionStore store)
    implements AutoCloseable {
  static PortUser fresh(ServerUnderTest server, Path directory)
      throws IOException, MatrixException {
    return open(ContractUser.fresh(server), server, directory, InstantSource.system());
  }

  /** Bound by the default limit for messages. */
  static PortUser limited(ServerUnderTest server, Path directory)
      throws IOException, MatrixException {
    String name = ContractUser.freshName();
    server.registerLimited(name, ContractUser.PASSWORD);
    ContractUser user = ContractUser.logIn(server, name, "FIRST");
    return open(user, server, directory, InstantSource.system());
  }

  /** Its clock is an hour late, so that it never sees a token's end coming. */
  static PortUser withSlowClock(ServerUnderTest server, Path directory)
      throws IOException, MatrixException {
    InstantSource slow = () -> InstantSource.system().instant().minus(Duration.ofHours(1));
    return open(ContractUser.fresh(server), server, directory, slow);
  }

  private static PortUser open(
      ContractUser user, ServerUnderTest server, Path directory, InstantSource clock)
      throws IOException, MatrixException {
    FileSessionStore store = new FileSessionStore(directory.resolve("session"));
    Secret password = new Secret(ContractUser.PASSWORD);
    try (MatrixLogin login =
        MatrixLogin.open(server.baseUrl(), HttpLimits.standard(), InstantSource.system())) {
      store.save(login.byPassword(new UserId(user.id()), password, Optional.of("RELAY")));
    }
    HttpHomeserver.Settings settings =
        new HttpHomeserver.Settings(server.baseUrl(), Optional.empty(), HttpLimits.standard());
    return new PortUser(user, HttpHomeserver.open(settings, store, clock), store);
  }

  UserId user() {
    return new UserId(asTarget.id());
  }

  String storedToken() throws IOException {
    return store.load().orElseThrow().accessToken().reveal();
  }

  @Override
  public void close() {
    homeserver.close();
  }
}
