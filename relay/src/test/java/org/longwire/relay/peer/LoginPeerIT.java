package org.longwire.relay.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.FileSessionStore;
import org.longwire.matrix.Session;
import org.longwire.matrix.testing.SynapseServer;
import org.longwire.relay.Daemon;
import org.longwire.relay.Surroundings;

/** Logins that end all the time, on a real homeserver: the conversation goes on. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@SuppressWarnings("try") // the daemon works while it is open
class LoginPeerIT {
  private static SynapseServer synapse;

  @TempDir
  Path directory;

  private final Set<String> tokens = new LinkedHashSet<>();
  private final Set<String> devices = new LinkedHashSet<>();
  private int said;

  @BeforeAll
  static void start() {
    // Just above the client's margin of ten seconds: renewed every three.
    synapse =
        SynapseServer.start(SynapseServer.Limits.NONE, "refreshable_access_token_lifetime: 13s\n");
  }

  @AfterAll
  static void stop() {
    synapse.close();
  }

  @Test
  void tokensAreRenewedBeforeTheyEndAndTheDeviceStaysTheSameAcrossStarts() throws Exception {
    try (PeerWorld world = PeerWorld.overTcp(synapse, directory)) {
      try (Daemon daemon = world.startDaemon()) {
        talkUntilTokensSeen(world, 4);
      }
      try (Daemon daemon = world.startDaemon()) {
        talkUntilTokensSeen(world, 6);
      }
      assertEquals(1, devices.size(), devices::toString);
      Histories.agree(world);
    }
  }

  @Test
  void tokensThatEndUnexpectedlyAreRenewedToo() throws Exception {
    Surroundings real = Surroundings.real();
    InstantSource crawling = crawling(Instant.now(), System.nanoTime());
    Surroundings slow = new Surroundings(
        crawling, real.nanoTime(), real.random(), real.ports(), real.servers(), real.commits());
    try (PeerWorld world = PeerWorld.overTcp(synapse, directory)) {
      try (Daemon daemon = world.startDaemon(slow)) {
        talkUntilTokensSeen(world, 3);
      }
      assertEquals(1, devices.size(), devices::toString);
      Histories.agree(world);
    }
  }

  /** A clock that goes at a tenth of its speed, so that a token's end comes as a surprise. */
  private static InstantSource crawling(Instant start, long startNanos) {
    return () -> start.plus(Duration.ofNanos((System.nanoTime() - startNanos) / 10));
  }

  private void talkUntilTokensSeen(PeerWorld world, int count) throws Exception {
    world.awaitConnected();
    for (int turns = 0; tokens.size() < count && turns < 40; turns++) {
      said++;
      world.meshSays("uplink %02d".formatted(said));
      world.aliceSays("downlink %02d".formatted(said));
      world.awaitArrivals();
      Session session = new FileSessionStore(world.files().session()).load().orElseThrow();
      tokens.add(session.accessToken().reveal());
      devices.add(session.device());
    }
    assertTrue(tokens.size() >= count, () -> "only " + tokens.size() + " tokens were seen");
  }
}
