package org.longwire.matrix.testing;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Holds a real Synapse to the contract, and thereby the contract to the truth. */
class SynapseContractIT extends HomeserverContract {
  private static Real server;

  @BeforeAll
  static void start() {
    server = new Real(SynapseServer.start(
        SynapseServer.Limits.MESSAGES, "refreshable_access_token_lifetime: 5s\n"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  public ServerUnderTest server() {
    return server;
  }

  private record Real(SynapseServer synapse) implements ServerUnderTest {
    @Override
    public URI baseUrl() {
      return synapse.base();
    }

    @Override
    public void register(String localpart, String password) {
      synapse.register(localpart, password);
      synapse.liftLimits(localpart);
    }

    @Override
    public void registerLimited(String localpart, String password) {
      synapse.register(localpart, password);
    }

    @Override
    public void restart() {
      synapse.kill();
      synapse.restart();
    }

    @Override
    public void expireAccessTokens() {
      // They live five seconds; the contract asks until they are over.
    }

    @Override
    public void close() {
      synapse.close();
    }
  }
}
