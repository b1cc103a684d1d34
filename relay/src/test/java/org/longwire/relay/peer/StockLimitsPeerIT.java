package org.longwire.relay.peer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.testing.SynapseServer;
import org.longwire.relay.Daemon;

/** The daemon on a Synapse as it is installed: 0.2 messages a second and a burst of ten. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StockLimitsPeerIT {
  /** Four more than the burst, which costs twenty seconds. */
  private static final int MESSAGES = 14;

  @TempDir
  Path directory;

  @Test
  void theLimitsOfAStockServerSlowTheRelayDownAndNothingElse() throws Exception {
    try (SynapseServer synapse = SynapseServer.start(SynapseServer.Limits.STOCK, "");
        PeerWorld world = PeerWorld.overTcp(synapse, directory)) {
      try (Daemon daemon = world.startDaemon()) {
        world.awaitConnected();
        for (int i = 1; i <= MESSAGES; i++) {
          world.meshSays("uplink %02d".formatted(i));
          world.aliceSays("downlink %02d".formatted(i));
        }
        Await.until(
            "the homeserver asks for patience",
            Await.LONG,
            () -> world
                .status("matrix sender")
                .filter(line -> line.sentence().contains("no faster"))
                .isPresent(),
            world::status);
        world.awaitArrivals();
        assertTrue(daemon.status().entries().containsKey("matrix"));
      }
      Histories.agree(world);
    }
  }
}
