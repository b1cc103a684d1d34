package org.longwire.relay.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.testing.RoomUser;
import org.longwire.matrix.testing.SynapseServer;
import org.longwire.relay.Daemon;
import org.longwire.relay.queue.Fate;

/** What befalls rooms, on a real homeserver: upgrade, kick, invitation, encryption. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@SuppressWarnings("try") // the daemon works while it is open
class RoomLifePeerIT {
  private static final String ENCRYPTION = "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}";
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
  void anUpgradedRoomIsFollowedInTheMidstOfAConversation() throws Exception {
    try (PeerWorld world = PeerWorld.overTcp(synapse, directory)) {
      try (Daemon daemon = world.startDaemon()) {
        world.awaitConnected();
        for (int i = 1; i <= 30; i++) {
          world.meshSays("uplink %02d".formatted(i));
        }
        world.aliceSays("downlink before");
        world.awaitPosted(3);
        world.roomIsNow(world.alice().upgrade(world.room(), "11"));
        for (int i = 31; i <= 40; i++) {
          world.meshSays("uplink %02d".formatted(i));
        }
        world.aliceSays("downlink after");
        world.awaitArrivals();
        world.awaitConnected();
      }
      Histories.agree(world);
      // And from the start: the alias still names the old room, if nobody has moved it.
      try (Daemon daemon = world.startDaemon()) {
        world.awaitConnected();
        world.meshSays("uplink to the new room at once");
        world.aliceSays("downlink from the new room at once");
        world.awaitArrivals();
      }
      Histories.agree(world);
    }
  }

  @Test
  void whatIsSaidWhileTheBotIsPutOutWaitsForTheInvitation() throws Exception {
    try (PeerWorld world = PeerWorld.overTcp(synapse, directory)) {
      try (Daemon daemon = world.startDaemon()) {
        world.awaitConnected();
        world.meshSays("uplink before");
        world.aliceSays("downlink before");
        world.awaitArrivals();
        world.alice().kick(world.room(), world.botId(), "too chatty");
        world.awaitFailed(
            world.roomPart(), "put out of the room by " + world.alice().id());
        world.meshSays("uplink meanwhile 1");
        world.meshSays("uplink meanwhile 2");
        awaitAccepted(world, 3);
        assertEquals(1, world.posted().size());
        world.alice().invite(world.room(), world.botId());
        world.awaitConnected();
        world.meshSays("uplink after");
        world.aliceSays("downlink after");
        world.awaitArrivals();
      }
      Histories.agree(world);
    }
  }

  private static void awaitAccepted(PeerWorld world, int count) throws Exception {
    Await.until(
        count + " messages of the mesh are in the ledger",
        Duration.ofSeconds(30),
        () -> Histories.rows(world, true).size() == count,
        world::status);
  }

  @Test
  void aRoomThatIsEncryptedFromTheStartGetsNoPlainWord() throws Exception {
    try (PeerWorld world = PeerWorld.overTcp(synapse, directory)) {
      world.alice().setState(world.room(), "m.room.encryption", ENCRYPTION);
      try (Daemon daemon = world.startDaemon()) {
        world.awaitFailed(world.roomPart(), "is encrypted, which this version cannot do");
        world.meshSays("uplink into the dark");
        awaitAccepted(world, 1);
      }
      assertAllWait(world, 1);
      assertEquals(List.of(), world.posted());
    }
  }

  @Test
  void aRoomThatBecomesEncryptedGetsNoPlainWordFromThenOn() throws Exception {
    try (PeerWorld world = PeerWorld.overTcp(synapse, directory)) {
      try (Daemon daemon = world.startDaemon()) {
        world.awaitConnected();
        world.meshSays("uplink while it is plain");
        world.awaitArrivals();
        world.alice().setState(world.room(), "m.room.encryption", ENCRYPTION);
        world.awaitFailed(world.roomPart(), "is encrypted, which this version cannot do");
        world.meshSays("uplink too late");
        awaitAccepted(world, 2);
      }
      // A second start has to find out by itself.
      try (Daemon daemon = world.startDaemon()) {
        world.awaitFailed(world.roomPart(), "is encrypted, which this version cannot do");
      }
      assertAllWait(world, 1);
      assertEquals(
          List.of("[Ridge Hut/Peers]: uplink while it is plain"),
          world.posted().stream().map(RoomUser.Line::body).toList());
    }
  }

  private static void assertAllWait(PeerWorld world, int newest) throws Exception {
    assertTrue(
        Histories.entries(world).stream()
            .limit(newest)
            .allMatch(entry -> entry.fate() == Fate.WAITING),
        () -> "what may not be sent waits, and the operator is told");
  }
}
