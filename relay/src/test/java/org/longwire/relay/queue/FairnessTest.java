package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.radio.NodeId;

class FairnessTest {
  private static final Author ALICE = Author.of(new NodeId(1));
  private static final Author BOB = Author.of(new NodeId(2));

  private final SettableNanoTime time = new SettableNanoTime();
  private final Fairness fairness = Fairness.toMesh(time);

  private void say(Author author, int pieces) {
    for (int i = 0; i < pieces; i++) {
      fairness.delivered(author);
    }
  }

  /** Nobody waited, and now somebody does. */
  private boolean isOverdrawnAfterRest(Author author) {
    fairness.looked(List.of());
    fairness.looked(List.of(author));
    return fairness.isOverdrawn(author);
  }

  @Test
  void anAllowanceIsUsedUpAndEarnedAgain() {
    int all = Fairness.TO_MESH.atOnce();
    say(ALICE, all - 1);
    assertFalse(fairness.isOverdrawn(ALICE));
    say(ALICE, 1);
    assertTrue(fairness.isOverdrawn(ALICE));
    assertFalse(fairness.isOverdrawn(BOB));
    Duration perPiece = Fairness.TO_MESH.perPiece();
    time.pass(perPiece.minusMillis(1));
    assertTrue(isOverdrawnAfterRest(ALICE));
    say(ALICE, 1);
    time.pass(perPiece);
    assertFalse(isOverdrawnAfterRest(ALICE));
    time.pass(Duration.ofDays(30));
    assertFalse(isOverdrawnAfterRest(ALICE));
    say(ALICE, all);
    assertTrue(fairness.isOverdrawn(ALICE), "no more than one allowance is saved");
  }

  @Test
  void whoGoesOnWhileNobodyElseWaitsRunsUpNoDebt() {
    say(ALICE, 200);
    time.pass(Fairness.TO_MESH.perPiece());
    assertFalse(isOverdrawnAfterRest(ALICE));
  }

  @Test
  void whoHasSomethingWaitingEarnsNothingHoweverSlowlyTextsGo() {
    for (int i = 0; i < Fairness.TO_MESH.atOnce(); i++) {
      assertFalse(fairness.isOverdrawn(ALICE));
      fairness.looked(List.of(ALICE, BOB));
      say(ALICE, 1);
      time.pass(Duration.ofMinutes(2));
    }
    for (int i = 0; i < 10; i++) {
      fairness.looked(List.of(ALICE));
      assertTrue(fairness.isOverdrawn(ALICE));
      time.pass(Duration.ofMinutes(2));
    }
    assertFalse(fairness.isOverdrawn(BOB));
  }

  @Test
  void theRelayItselfAndRowsWithoutAnAuthorAreNeverOverdrawn() {
    for (Author author : new Author[] {Author.RELAY, Author.UNKNOWN}) {
      say(author, 500);
      assertFalse(fairness.isOverdrawn(author));
    }
  }

  @Test
  void aFloodOfForgedNamesFillsNoMemory() {
    say(ALICE, Fairness.TO_MESH.atOnce());
    say(BOB, Fairness.TO_MESH.atOnce());
    for (int i = 0; i < Fairness.MAX_REMEMBERED - 1; i++) {
      say(Author.of(new NodeId(1_000 + i)), 1);
      assertTrue(fairness.isOverdrawn(ALICE), "who is asked for is remembered");
    }
    assertFalse(fairness.isOverdrawn(BOB), "and who was not is forgotten");
  }

  @Test
  void anAuthorsTagIsTheSameForEver() {
    assertEquals("cc6d467e", Author.of(new NodeId(0xa1b2c3d4)).tag());
  }
}
