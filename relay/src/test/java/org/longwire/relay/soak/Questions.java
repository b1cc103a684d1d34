package org.longwire.relay.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.repository.Answer;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.ReadScope;

/** What people ask meanwhile: of everything, of one message, and of the neighbour's live file. */
final class Questions implements Traffic {
  final AtomicLong asked = new AtomicLong();
  final AtomicLong partial = new AtomicLong();

  private final DatabaseManager manager;
  private final Talk talk;
  private final Talk neighbour;

  Questions(DatabaseManager manager, Talk talk, Talk neighbour) {
    this.manager = manager;
    this.talk = talk;
    this.neighbour = neighbour;
  }

  @Override
  public void turn(long number) throws Exception {
    count(manager.archive().history(ReadScope.ANY, Instant.MAX, 50));
    count(manager.archive().search("wire", ReadScope.ANY, 20));
    count(manager.archive().search("number" + talk.said(), ReadScope.ANY, 20));
    if (talk.said() > 0) {
      // Pending or written, the mapping of what was said is always found.
      assertEquals(1, manager.messageMap().byEvent(talk.event(talk.said())).size());
    }
    askNeighbour();
    asked.addAndGet(5);
  }

  /** What was committed there before the question is in the answer. */
  private void askNeighbour() throws Exception {
    long committed = neighbour.acknowledged.get() / 2;
    Answer<List<ArchivedMessage>> page =
        manager.archive().history(new ReadScope.Source(StoreSoak.NEIGHBOUR), Instant.MAX, 1);
    if (committed > 0) {
      long latest = Talk.numberOf(page.value().get(0));
      assertTrue(latest >= committed, latest + " is older than " + committed);
    }
  }

  private void count(Answer<?> answer) {
    if (answer.isPartial()) {
      partial.incrementAndGet();
    }
  }
}
