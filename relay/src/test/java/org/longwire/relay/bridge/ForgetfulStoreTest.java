package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.longwire.relay.queue.Seals;

/** Stores that do not have any more what the ledger believes they were told. */
class ForgetfulStoreTest extends ChronicleFixture {
  /** As a power cut leaves it: the ledger knows what it told, and nobody said goodbye. */
  @Test
  void afterAnEndThatWasNoneTheStoreIsToldAgain() throws Exception {
    hear(1, "one");
    deliver("$1");
    chronicle.round();
    chronicle.round();
    ledger.flush();
    store.links.clear();
    store.messages.clear();
    begin();
    chronicle.round();
    chronicle.round();
    assertEquals(List.of(link(1, "$1")), store.links);
    assertEquals(1, store.messages.size());
  }

  @Test
  void aStoreThatIsAnotherOneIsToldAllThatTheLedgerKnows() throws Exception {
    hear(1, "one");
    deliver("$1");
    chronicle.round();
    chronicle.round();
    ledger.flush();
    chronicle.close();
    store.forgetAll();
    begin();
    chronicle.round();
    chronicle.round();
    assertEquals(List.of(link(1, "$1")), store.links);
    assertEquals(1, store.messages.size());
    ledger.flush();
    chronicle.round();
    assertEquals(1, store.messages.size(), "and once is enough");
  }

  @Test
  void aStoreWhoseFileWasReplacedMeanwhileIsToldAgain() throws Exception {
    Seals seals = new Seals(database, Map.of("primary", store.seal()));
    begin(seals);
    hear(1, "one");
    deliver("$1");
    chronicle.round();
    chronicle.round();
    ledger.flush();
    store.forgetAll();
    seals.lost("primary");
    chronicle.round();
    chronicle.round();
    assertEquals(List.of(link(1, "$1")), store.links);
    assertEquals(1, store.messages.size());
  }

  @Test
  void aReplacedStoreIsToldOnceForEachLoss() throws Exception {
    Seals seals = new Seals(database, Map.of("primary", store.seal()));
    begin(seals);
    hear(1, "one");
    chronicle.round();
    for (int times = 1; times <= 2; times++) {
      store.forgetAll();
      seals.lost("primary");
      for (int turn = 0; turn < 4; turn++) {
        chronicle.round();
        ledger.flush();
      }
      assertEquals(1, store.messages.size(), "lost " + times);
    }
    chronicle.close();
    begin();
    chronicle.round();
    chronicle.round();
    assertEquals(1, store.messages.size(), "it was sealed at the end");
  }

  @Test
  void aStoreThatIsAwayAtTheStartIsAskedAgain() throws Exception {
    hear(1, "one");
    chronicle.round();
    chronicle.close();
    store.forgetAll();
    store.away = true;
    begin();
    chronicle.round();
    store.away = false;
    chronicle.round();
    chronicle.round();
    assertEquals(1, store.messages.size());
  }

  @Test
  void whatComesWhileABatchIsUnderWayIsToldAtTheEnd() throws Exception {
    chronicle.round();
    chronicle.news();
    store.slow = true;
    hear(1, "one");
    chronicle.news();
    hear(2, "two");
    chronicle.news();
    assertEquals(1, store.messages.size());
    chronicle.close();
    assertEquals(2, store.messages.size());
  }
}
