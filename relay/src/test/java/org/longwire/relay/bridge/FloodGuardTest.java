package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.radio.NodeId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Ledger;

class FloodGuardTest extends ChronicleFixture {
  private static final NodeDirectory.Names NAMES = new NodeDirectory.Names("Alice", "ALI");

  private Optional<Arrival> notice(NodeId from, Instant now) throws Exception {
    FloodGuard guard = new FloodGuard(ledger, new RoomNotices(() -> NOW, Duration.ofDays(1)));
    return guard.notice(ROOM, from, NAMES, now);
  }

  @Test
  void whoHasTooMuchWaitingIsRefusedAndTheRoomToldOnceAnHour() throws Exception {
    for (int i = 1; i < Ledger.MAX_WAITING_FOR_ROOM; i++) {
      hear(i, "flood " + i);
    }
    assertEquals(Optional.empty(), notice(ALICE, NOW));
    hear(Ledger.MAX_WAITING_FOR_ROOM, "the last");
    Arrival told = notice(ALICE, NOW).orElseThrow();
    assertEquals(
        "further messages of Alice (!5e1f0001) are not shown for now, it sends too many: 200 wait",
        told.text());
    assertEquals(ROOM, told.deliveries().get(0).address());
    Arrival later = notice(ALICE, NOW.plusSeconds(3_599)).orElseThrow();
    assertEquals(told.origin(), later.origin());
    assertEquals(true, ledger.accept(told));
    assertEquals(false, ledger.accept(later));
    assertEquals(true, ledger.accept(notice(ALICE, NOW.plusSeconds(3_600)).orElseThrow()));
  }

  @Test
  void nobodyElseAndNoOtherRoomSuffersForIt() throws Exception {
    for (int i = 1; i <= Ledger.MAX_WAITING_FOR_ROOM; i++) {
      hear(i, "flood " + i);
    }
    assertEquals(Optional.empty(), notice(new NodeId(7), NOW));
    FloodGuard guard = new FloodGuard(ledger, new RoomNotices(() -> NOW, Duration.ofDays(1)));
    assertEquals(
        Optional.empty(), guard.notice(new Address.Room("#other:example.org"), ALICE, NAMES, NOW));
  }
}
