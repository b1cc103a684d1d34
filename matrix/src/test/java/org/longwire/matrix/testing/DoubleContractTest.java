package org.longwire.matrix.testing;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.HomeserverDouble;

class DoubleContractTest extends HomeserverContract {
  private static final DoubleUnderTest SERVER = new DoubleUnderTest();

  @BeforeAll
  static void start() throws IOException {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Override
  public ServerUnderTest server() {
    return SERVER;
  }

  private static final class DoubleUnderTest implements ServerUnderTest {
    private HomeserverDouble homeserver;

    void start() throws IOException {
      homeserver = HomeserverDouble.start();
      homeserver.faults().rateLimit(0.2, 10);
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
}
