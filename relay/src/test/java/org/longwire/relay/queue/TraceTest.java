package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.queue.LedgerFixture.MESH;
import static org.longwire.relay.queue.LedgerFixture.MESH_0;
import static org.longwire.relay.queue.LedgerFixture.ROOM;
import static org.longwire.relay.queue.LedgerFixture.ROOM_A;
import static org.longwire.relay.queue.LedgerFixture.START;
import static org.longwire.relay.queue.LedgerFixture.arrival;
import static org.longwire.relay.queue.LedgerFixture.event;
import static org.longwire.relay.queue.LedgerFixture.packet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.relay.store.StoreException;

class TraceTest {
  private static final Lanes ROOMS = Lanes.rooms();

  @TempDir
  Path directory;

  private LedgerFixture fixture;
  private Ledger ledger;

  @BeforeEach
  void open() throws StoreException {
    fixture = new LedgerFixture(directory.resolve("ledger.db"));
    ledger = fixture.ledger;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<String> found(String query) throws StoreException {
    return fixture.traceAll(query).stream().map(TraceEntry::text).toList();
  }

  private void say(String words) throws Exception {
    ledger.accept(arrival(new Origin.Notice(words), words, ROOM_A));
  }

  @Test
  void aMessageIsFoundByEveryIdItHas() throws Exception {
    ledger.accept(packet(0xABCDEF01, ROOM_A));
    ledger.accept(packet(0x11111111, ROOM_A));
    ledger.accept(event("One", MESH_0));
    ledger.delivered(fixture.due(ROOMS), "$shown");
    OutboxEntry first = fixture.due(MESH);
    OutboxEntry sent = ledger.renew(first, "rate limit");
    ledger.delivered(sent, sent.token());
    ledger.flush();
    String said = "packet " + 0xABCDEF01;
    for (String query :
        List.of("abcdef01", "ABCDEF01", "!abcdef01", "0xabcdef01", " abcdef01 ", "$shown")) {
      assertEquals(List.of(said), found(query), query);
    }
    for (String query : List.of("$One", sent.token(), first.token(), "0x" + sent.token())) {
      assertEquals(List.of("event One"), found(query), query);
    }
    assertEquals(List.of(), found("$one"));
    assertEquals(List.of("packet " + 0x11111111, said), found("!a1b2c3d4"));
  }

  @Test
  void anEntryTellsEverything() throws Exception {
    ledger.accept(packet(1, ROOM_A, MESH_0));
    ledger.deferred(fixture.due(ROOMS), START, "500", true);
    ledger.delivered(fixture.due(ROOMS), "$shown");
    ledger.flush();
    TraceEntry entry = fixture.trace("00000001");
    assertEquals(packet(1, ROOM_A).origin(), entry.origin());
    assertEquals(START.minusSeconds(3), entry.said());
    assertEquals(START, entry.accepted());
    assertEquals(
        List.of("Alice", "LongFast", "packet 1"),
        List.of(entry.sender(), entry.place(), entry.text()));
    assertEquals(Fate.WAITING, entry.fate(), "one delivery still waits");
    TraceEntry.TraceDelivery room = entry.deliveries().get(0);
    assertEquals(ROOM_A, room.address());
    assertEquals(Fate.DELIVERED, room.fate());
    assertEquals("$shown", room.remoteId());
    assertEquals(List.of(1, 2, 1), List.of(room.part(), room.parts(), room.attempts()));
    assertEquals(START.plus(Duration.ofHours(2)), room.expiresAt());
    OutboxEntry mesh = fixture.due(MESH);
    assertEquals(mesh.token(), entry.deliveries().get(1).token());
    ledger.refused(mesh, "no channel");
    ledger.flush();
    assertEquals(Fate.REFUSED, fixture.trace("00000001").fate());
    assertEquals("no channel", fixture.trace("00000001").reason());
  }

  @Test
  void wordsAreFoundTheNewestFirstWithinTheLimit() throws Exception {
    say("Hello old world");
    say("goodbye");
    say("hello new world");
    assertEquals(List.of("hello new world", "Hello old world"), found("HELLO"));
    try (Trace trace = Trace.open(fixture.file)) {
      assertEquals(
          List.of("hello new world"),
          trace.find("hello", 1).stream().map(TraceEntry::text).toList());
    }
    assertEquals(List.of(), found(""));
    assertEquals(3, found("alice").size(), "the sender is a word too");
  }

  @Test
  void wordsAreTakenLiterally() throws Exception {
    say("100% sure");
    say("1000 sure");
    say("snake_case");
    say("snakeXcase");
    say("back\\slash");
    assertEquals(List.of("100% sure"), found("100%"));
    assertEquals(List.of("snake_case"), found("snake_case"));
    assertEquals(List.of("back\\slash"), found("back\\slash"));
    assertEquals(List.of(), found("'; DROP TABLE inbox; --"));
    assertEquals(List.of("100% sure"), found("%"));
  }

  @Test
  void aWordOfEightHexDigitsIsStillAWord() throws Exception {
    say("look at the deadbeef in the pond");
    assertEquals(1, found("deadbeef").size());
  }

  @Test
  void wordsOfStrangersComeBackUnharmed() throws Exception {
    String words = "a\0b \ud83d\ude00 <b>'\"\n\u202e";
    say(words);
    assertEquals(List.of(words.replace('\0', '\uFFFD')), found("\ud83d\ude00"));
  }

  @Test
  void aMissingLedgerIsSaidSo() {
    assertTrue(assertThrows(
            StoreException.Unusable.class,
            () -> Trace.open(directory.resolve("nothing.db")).close())
        .getMessage()
        .contains("has the relay run yet?"));
  }

  @Test
  void theLedgerOfAStoppedRelayCanBeAsked() throws Exception {
    say("last words");
    fixture.close();
    assertEquals(1, found("last words").size());
  }

  @Test
  void theQueueShowsWhatWaitsAndWhatWasDelivered() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    fixture.clock.pass(Duration.ofSeconds(1));
    ledger.accept(packet(2, ROOM_A, MESH_0));
    ledger.delivered(fixture.due(ROOMS), "$1");
    ledger.deferred(fixture.due(ROOMS), START.plusSeconds(60), "rate limit", true);
    ledger.flush();
    try (QueueView view = QueueView.open(fixture.file)) {
      assertEquals(
          List.of(
              new QueueView.Count(QueueView.Direction.TO_MATRIX, Fate.DELIVERED, 1),
              new QueueView.Count(QueueView.Direction.TO_MATRIX, Fate.WAITING, 1),
              new QueueView.Count(QueueView.Direction.TO_MESH, Fate.WAITING, 1)),
          view.counts());
      assertEquals(Optional.of(START.plusSeconds(1)), view.oldestWaiting());
      List<QueueView.Line> waiting = view.waiting(10);
      assertEquals(
          List.of(ROOM_A, MESH_0), waiting.stream().map(it -> it.address()).toList());
      assertEquals(Optional.of(START.plusSeconds(60)), waiting.get(0).notBefore());
      assertEquals("rate limit", waiting.get(0).reason());
      assertEquals("packet 2", waiting.get(0).text());
      assertEquals(Optional.empty(), waiting.get(1).notBefore());
      assertEquals(1, view.waiting(1).size());
      QueueView.Line settled = view.settled(10).get(0);
      assertEquals(List.of("$1", "Alice"), List.of(settled.remoteId(), settled.sender()));
      assertEquals(Optional.of(START.plusSeconds(1)), settled.settledAt());
    }
  }

  @Test
  void whatIsOldLosesItsWordsAndKeepsItsFate() throws Exception {
    ledger.accept(event("old", ROOM_A));
    ledger.accept(event("refused", ROOM_A));
    ledger.accept(event("waits", ROOM_A));
    ledger.delivered(fixture.due(ROOMS), "$1");
    ledger.refused(fixture.due(ROOMS), "too large");
    ledger.flush();
    assertEquals(0, ledger.purge(ledger.now(), Ledger.RETENTION));
    fixture.clock.pass(Ledger.RETENTION.plusMillis(1));
    ledger.accept(event("new", ROOM_A));
    assertEquals(2, ledger.purge(ledger.now(), Ledger.RETENTION));
    assertEquals(0, ledger.purge(ledger.now(), Ledger.RETENTION));
    TraceEntry old = fixture.trace("$old");
    assertEquals(List.of("", "", ""), List.of(old.text(), old.sender(), old.place()));
    assertEquals(List.of(), old.deliveries());
    assertEquals(Fate.DELIVERED, old.fate());
    assertEquals(Fate.REFUSED, fixture.trace("$refused").fate());
    assertEquals(Fate.WAITING, fixture.trace("$waits").fate());
    assertEquals("event waits", fixture.dueText(ROOMS));
    assertEquals(false, ledger.accept(event("old", ROOM_A)), "still known");
  }

  @Test
  void beyondTheRowsToKeepOldMessagesAreForgotten() throws Exception {
    ledger.accept(event("first", ROOM_A));
    ledger.delivered(fixture.due(ROOMS), "$1");
    ledger.flush();
    fixture.database.write(tx -> tx.update("""
                INSERT INTO inbox(
                  id, origin, room, said_at, accepted_at, sender, place, text, purged)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
                SELECT (SELECT max(id) FROM inbox) + i * 64, 'notice n' || i, '', 0, 0,
                  '', '', '', 1
                FROM n
                """));
    fixture.clock.pass(Ledger.RETENTION.plusDays(1));
    assertEquals(1, ledger.purge(ledger.now(), Ledger.RETENTION));
    assertEquals(List.of(), fixture.traceAll("$first"));
    assertEquals(0, ledger.purge(ledger.now(), Ledger.RETENTION));
    assertTrue(ledger.accept(event("first", ROOM_A)));
  }

  @Test
  void aMessageWithAVerdictIsTracedByItsWords() throws Exception {
    ledger.accept(new Arrival(
        new Origin.Event(ROOM, new EventId("$f")),
        START,
        "bot",
        "#a",
        "beep",
        Optional.of(new Arrival.Verdict(Fate.FILTERED, "a notice of another bot")),
        List.of(),
        Optional.empty()));
    TraceEntry entry = fixture.trace("beep");
    assertEquals(Fate.FILTERED, entry.fate());
    assertEquals("a notice of another bot", entry.reason());
    assertEquals(List.of(), entry.deliveries());
  }

  private void change(String words, Address... to) throws Exception {
    Origin earlier = event("1").origin();
    ledger.withdrawals().rest(ledger.originals().of(earlier).orElseThrow(), "changed");
    fixture.clock.pass(Duration.ofSeconds(1));
    Arrival edit = arrival(new Origin.Event(ROOM, new EventId("$edit")), words, to);
    ledger.accept(edit.judged(Fate.FILTERED, "changed")
        .revising(new Arrival.Revision(earlier, edit.deliveries())));
  }

  @Test
  void aMessageThatWasChangedBeforeItWasSentIsFoundByItsWordsThenAndNow() throws Exception {
    ledger.accept(event("1", MESH_0));
    change("at one", MESH_0);
    OutboxEntry entry = fixture.due(MESH);
    ledger.delivered(entry, entry.token());
    ledger.flush();
    for (String query : List.of("event 1", "at one", "$1", entry.token())) {
      TraceEntry found = fixture.traceAll(query).stream()
          .filter(one -> one.origin().equals(event("1").origin()))
          .findFirst()
          .orElseThrow();
      assertEquals(
          List.of("at one", "event 1", "", Fate.DELIVERED),
          List.of(found.text(), found.before(), found.reason(), found.fate()),
          query);
    }
    try (QueueView view = QueueView.open(fixture.file)) {
      assertEquals("at one", view.settled(1).get(0).text());
    }
  }

  @Test
  void whatWasTakenBackWholeIsFilteredAndStaysSo() throws Exception {
    ledger.accept(event("1", MESH_0));
    change("at one", MESH_0);
    Original message = ledger.originals().of(event("1").origin()).orElseThrow();
    ledger.withdrawals().rest(message, "taken back");
    ledger.flush();
    assertEquals(Fate.FILTERED, fixture.trace("$1").fate());
    fixture.clock.pass(Ledger.RETENTION.plusMillis(1));
    assertEquals(2, ledger.purge(ledger.now(), Ledger.RETENTION));
    TraceEntry old = fixture.trace("$1");
    assertEquals(List.of("", "", Fate.FILTERED), List.of(old.text(), old.before(), old.fate()));
  }
}
