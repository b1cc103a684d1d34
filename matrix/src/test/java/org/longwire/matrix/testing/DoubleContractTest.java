package org.longwire.matrix.testing;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Holds the double to the contract. */
class DoubleContractTest extends HomeserverContract {
  private static DoubleUnderTest server;

  @BeforeAll
  static void start() throws IOException {
    server = DoubleUnderTest.start();
    server.homeserver().faults().rateLimit(0.2, 10);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  public ServerUnderTest server() {
    return server;
  }
}
