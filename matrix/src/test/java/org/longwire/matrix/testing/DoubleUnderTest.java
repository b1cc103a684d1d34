package org.longwire.matrix.testing;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.HomeserverDouble;

/** The double, ready for tests. */
record DoubleUnderTest(HomeserverDouble homeserver) implements ServerUnderTest {
  static DoubleUnderTest start() throws IOException {
    return new DoubleUnderTest(HomeserverDouble.start());
  }

  static DoubleUnderTest start(InstantSource clock, LongSupplier nanoTime) throws IOException {
    return new DoubleUnderTest(HomeserverDouble.start("localhost", clock, nanoTime));
  }

  @Override
  public URI baseUrl() {
    return homeserver.baseUrl();
  }

  @Override
  public void register(String localpart, String password) {
    UserId user = homeserver.registerUser(localpart, password);
    homeserver.faults().exemptFromRateLimit(user);
  }

  @Override
  public void registerLimited(String localpart, String password) {
    homeserver.registerUser(localpart, password);
  }

  @Override
  public void restart() {
    homeserver.restart();
  }

  @Override
  public void expireAccessTokens() {
    homeserver.expireAccessTokens();
  }

  @Override
  public void close() {
    homeserver.close();
  }
}
