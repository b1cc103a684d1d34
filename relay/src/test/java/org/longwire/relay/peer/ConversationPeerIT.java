package org.longwire.relay.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.testing.SynapseServer;
import org.longwire.relay.Daemon;

/** The daemon and a real Synapse, talking both ways, while Synapse stays and while it is killed. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConversationPeerIT {
  private static SynapseServer synapse;

  @TempDir
  Path directory;

  @BeforeAll
  static void start() {
    synapse = SynapseServer.start(SynapseServer.Limits.NONE, "");
  }

  @AfterAll
  static void stop() {
    synapse.close();
  }

  @Test
  void theShippedJarOnASerialPortCarriesTwentyMessagesEachWayInOrder() throws Exception {
    try (PeerWorld world = PeerWorld.overSerial(synapse, directory)) {
      try (RelayProcess relay = world.startProcess()) {
        world.awaitConnected();
        for (int i = 1; i <= 22; i++) {
          world.meshSays("uplink %02d".formatted(i));
          world.aliceSays("downlink %02d".formatted(i));
        }
        world.awaitArrivals();
        assertTrue(relay.isAlive(), relay::log);
        assertEquals(0, relay.stop(), relay::log);
        assertFalse(world.node().isInSession(), "it went without a goodbye");
      }
      Histories.agree(world);
    }
  }

  @Test
  void aKilledHomeserverCostsNothingDoublesNothingAndKeepsTheOrder() throws Exception {
    try (PeerWorld world = PeerWorld.overTcp(synapse, directory)) {
      try (Daemon daemon = world.startDaemon()) {
        world.awaitConnected();
        int said = 0;
        for (int round = 1; round <= 4; round++) {
          for (int i = 0; i < 30; i++) {
            world.meshSays("uplink %03d".formatted(++said));
          }
          world.aliceSays("downlink %d before".formatted(round));
          // Somewhere in the sending of these thirty.
          world.awaitPosted(said - 30 + 6 * round);
          synapse.kill();
          world.meshSays("uplink %03d".formatted(++said));
          synapse.restart();
          world.aliceSays("downlink %d after".formatted(round));
        }
        world.awaitArrivals();
        assertTrue(daemon.status().entries().containsKey("matrix"));
      }
      Histories.agree(world);
    }
  }
}
