package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.store.StoreException;

/** What is said of a store that cannot be written. */
class StoreWatchTest {
  private static final String PART = StoreWatch.part("archive");

  private Instant now = Instant.parse("2026-11-20T08:00:30Z");
  private int changes;
  private int replaced;
  private final StatusBoard status = new StatusBoard(() -> now);
  private final StoreWatch watch = new StoreWatch(status, "archive", () -> now, () -> replaced++);

  private String sentence() {
    return status.entries().get(PART).sentence();
  }

  @Test
  void theFirstTryThatFailsSaysWhatIsWrongAndSinceWhen() {
    watch.failed(new StoreException.Transient("the server does not answer"));
    assertEquals(
        "it cannot be written since 2026-11-20 08:00 UTC (the server does not answer);"
            + " messages wait in the ledger, a week at most",
        sentence());
  }

  @Test
  void furtherTriesSayNothingNewUnlessSomethingElseIsWrong() {
    watch.failed(new StoreException.Transient("no answer after 5001 ms"));
    status.onNews(() -> changes++);
    now = now.plus(Duration.ofMinutes(10));
    watch.failed(new StoreException.Transient("no answer after 5003 ms"));
    assertEquals(1, changes, "the call that makes the listener known");
    watch.failed(new StoreException.Unusable("made by a newer Longwire"));
    assertTrue(sentence().contains("since 2026-11-20 08:00 UTC (made by a newer"), sentence());
  }

  @Test
  void aCommitTakesItBackAndTheNextFailureIsANewOne() {
    watch.failed(new StoreException.Transient("no answer"));
    watch.afterCommit();
    assertFalse(status.entries().containsKey(PART));
    now = now.plus(Duration.ofMinutes(10));
    watch.failed(new StoreException.Transient("no answer"));
    assertTrue(sentence().contains("since 2026-11-20 08:10"), sentence());
  }

  @Test
  void commitsOfAStoreThatIsWellSayNothing() {
    status.onNews(() -> changes++);
    watch.beforeCommit();
    watch.afterCommit();
    assertEquals(1, changes, "the call that makes the listener known");
  }

  @Test
  void aReplacedFileIsPassedOn() {
    watch.replaced();
    assertEquals(1, replaced);
  }
}
