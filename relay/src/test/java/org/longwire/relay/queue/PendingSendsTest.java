package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.PacketId;
import org.longwire.radio.Refusal;
import org.longwire.relay.CapturedLog;

class PendingSendsTest {
  private static final PacketId ID = new PacketId(7);
  private static final Duration LIMIT = Duration.ofSeconds(12);
  private static final DeliveryState TAKEN = new DeliveryState.HandedOver();
  private static final DeliveryState NO = new DeliveryState.Refused(Refusal.RATE_LIMITED);

  private final Deque<Runnable> meanwhile = new ArrayDeque<>();
  private final PendingSends pending = new PendingSends((told, nanos) -> {
    if (meanwhile.isEmpty()) {
      return 0;
    }
    meanwhile.poll().run();
    return nanos - 1;
  });

  @Test
  void tooManyLateWordsDropTheOldestAndSaySoOnce() {
    try (CapturedLog log = new CapturedLog()) {
      for (int i = 1; i <= PendingSends.LATE_LIMIT + 3; i++) {
        pending.tell(new PacketId(i), TAKEN);
      }
      assertEquals(1, log.linesWith("the oldest are dropped").size());
    }
    List<PendingSends.Late> late = pending.takeLate();
    assertEquals(PendingSends.LATE_LIMIT, late.size());
    assertEquals(new PacketId(4), late.get(0).packet());
  }

  @Test
  void theFirstWordEndsTheWait() throws Exception {
    pending.watch(ID);
    meanwhile.add(() -> pending.tell(new PacketId(8), NO));
    meanwhile.add(() -> pending.tell(ID, TAKEN));
    assertEquals(Optional.of(TAKEN), pending.await(ID, LIMIT));
  }

  @Test
  void aWordThatCameBeforeTheWaitIsNotMissed() throws Exception {
    pending.watch(ID);
    pending.tell(ID, NO);
    assertEquals(Optional.of(NO), pending.await(ID, LIMIT));
  }

  @Test
  void silenceEndsWithTheLimitAndALostLinkAtOnce() throws Exception {
    pending.watch(ID);
    assertEquals(Optional.empty(), pending.await(ID, LIMIT));
    meanwhile.add(pending::linkLost);
    meanwhile.add(() -> pending.tell(ID, TAKEN));
    assertEquals(Optional.empty(), pending.await(ID, LIMIT));
    assertEquals(1, meanwhile.size());
  }

  @Test
  void aRefusalAfterTheAcceptanceIsTheLastWord() throws Exception {
    pending.watch(ID);
    pending.tell(ID, TAKEN);
    meanwhile.add(() -> pending.tell(ID, NO));
    assertEquals(Optional.of(NO), pending.awaitSecond(ID, LIMIT));
    assertEquals(Optional.of(NO), pending.forget(ID));
  }

  @Test
  void whatComesAfterTheWatchIsKeptForLaterAndGivenOnce() {
    pending.watch(ID);
    pending.tell(ID, TAKEN);
    assertEquals(Optional.of(TAKEN), pending.forget(ID));
    pending.tell(ID, NO);
    assertEquals(List.of(new PendingSends.Late(ID, NO)), pending.takeLate());
    assertEquals(List.of(), pending.takeLate());
  }

  @Test
  void ofTooManyLateWordsTheNewestAreKept() {
    for (int i = 1; i <= PendingSends.LATE_LIMIT + 2; i++) {
      pending.tell(new PacketId(i), NO);
    }
    List<PendingSends.Late> late = pending.takeLate();
    assertEquals(PendingSends.LATE_LIMIT, late.size());
    assertEquals(new PacketId(3), late.get(0).packet());
  }
}
