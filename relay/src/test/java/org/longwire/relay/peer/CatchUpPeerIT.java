package org.longwire.relay.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.testing.RoomUser;
import org.longwire.matrix.testing.SynapseServer;
import org.longwire.radio.sim.HeardText;
import org.longwire.relay.Daemon;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.TraceEntry;

/** What was said while the daemon was away, on a real homeserver with its limited timelines. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@SuppressWarnings("try") // the daemon works while it is open
class CatchUpPeerIT {
  /** More than a sync shows, and more than one page of history holds. */
  private static final int MISSED = 230;

  private static final int KEPT = 6;

  @TempDir
  Path directory;

  @Test
  void aGapIsReadWholeInOrderAndOnceAndOnlyTheNewestOfItGoOnAir() throws Exception {
    try (SynapseServer synapse = SynapseServer.start(SynapseServer.Limits.NONE, "");
        PeerWorld world = PeerWorld.overTcp(synapse, directory)
            .with("matrix.max-backlog { events = %d }".formatted(KEPT))) {
      world.aliceSays("downlink long before the first start");
      try (Daemon daemon = world.startDaemon()) {
        world.awaitConnected();
        world.aliceSays("downlink 000");
        awaitHeard(world, 1);
      }
      for (int i = 1; i <= MISSED; i++) {
        world.aliceSays("downlink %03d".formatted(i));
      }
      try (Daemon daemon = world.startDaemon()) {
        world.awaitConnected();
        world.aliceSays("downlink live");
        awaitHeard(world, 1 + KEPT + 1);
        world.awaitPosted(1);
      }
      List<PeerWorld.RoomWords> said =
          world.saidInRoom().subList(1, world.saidInRoom().size());
      assertEquals(expectedRows(said), rows(world));
      assertEquals(
          expectedOnAir(said), world.heard().stream().map(HeardText::text).toList());
      List<RoomUser.Line> notices = world.posted();
      assertEquals(1, notices.size(), notices::toString);
      assertEquals(
          true, notices.get(0).body().contains(Integer.toString(MISSED - KEPT)), notices::toString);
    }
  }

  private static void awaitHeard(PeerWorld world, int count) throws Exception {
    Await.until(
        count + " texts were heard on the mesh",
        Await.LONG,
        () -> world.heard().size() >= count,
        () -> world.heard() + ", status " + world.status());
  }

  private static List<String> expectedRows(List<PeerWorld.RoomWords> said) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      boolean skipped = i >= 1 && i <= MISSED - KEPT;
      Fate fate = skipped ? Fate.EXPIRED : Fate.DELIVERED;
      rows.add("%s %s %s".formatted(said.get(i).text(), said.get(i).event(), fate));
    }
    return rows;
  }

  /** All that the ledger has of the room, in the order of acceptance. */
  private static List<String> rows(PeerWorld world) throws Exception {
    List<String> rows = new ArrayList<>();
    for (TraceEntry entry : Histories.entries(world)) {
      if (entry.origin() instanceof Origin.Event event) {
        rows.add(0, "%s %s %s".formatted(entry.text(), event.id().value(), entry.fate()));
      }
    }
    return rows;
  }

  private static List<String> expectedOnAir(List<PeerWorld.RoomWords> said) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      if (i == 0 || i > MISSED - KEPT) {
        texts.add("alice[M]: " + said.get(i).text());
      }
    }
    return texts;
  }
}
