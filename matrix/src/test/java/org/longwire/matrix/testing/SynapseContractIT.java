package org.longwire.matrix.testing;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Holds a real Synapse to the contract, and thereby the contract to the truth. */
class SynapseContractIT extends HomeserverContract {
  private static ContractSynapse synapse;

  @BeforeAll
  static void start() throws IOException {
    synapse = ContractSynapse.start();
  }

  @AfterAll
  static void stop() {
    synapse.close();
  }

  @Override
  public ServerUnderTest server() {
    return synapse;
  }
}
