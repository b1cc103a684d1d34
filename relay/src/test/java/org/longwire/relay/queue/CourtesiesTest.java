package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.matrix.FileSessionStore;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.HttpHomeserver;
import org.longwire.matrix.HttpLimits;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.Secret;
import org.longwire.matrix.SendStatus;
import org.longwire.matrix.Session;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.DoubleRoom;
import org.longwire.matrix.sim.Failure;
import org.longwire.matrix.sim.HomeserverDouble;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.matrix.sim.RequestKind;
import org.longwire.relay.run.StatusBoard;

/** Receipts, marks and statuses on their way to a real client's server. */
class CourtesiesTest {
  private static final String PASSWORD = "open sesame";

  @TempDir
  Path folder;

  private Instant now = Instant.parse("2026-11-20T08:00:00Z");
  private HomeserverDouble server;
  private Homeserver client;
  private UserId bot;
  private UserId maria;
  private RoomId room;
  private RoomId other;
  private int woken;
  private Courtesies courtesies;

  @BeforeEach
  void open() throws Exception {
    server = HomeserverDouble.start("localhost", () -> now, System::nanoTime);
    bot = server.registerUser("longwire", PASSWORD);
    maria = server.registerUser("maria", "maria");
    room = room();
    other = room();
    FileSessionStore sessions = new FileSessionStore(folder.resolve("session"));
    sessions.save(
        new Session(bot, "DEVICE", new Secret("none yet"), Optional.empty(), Optional.empty()));
    client = HttpHomeserver.open(
        new HttpHomeserver.Settings(
            server.baseUrl(), Optional.of(new Secret(PASSWORD)), HttpLimits.standard()),
        sessions,
        () -> now);
    courtesies = fresh();
  }

  private RoomId room() {
    RoomId made = server.createRoom();
    server.join(made, bot);
    server.join(made, maria);
    return made;
  }

  private Courtesies fresh() {
    Conditions conditions = new Conditions(() -> now, new Random(5), new StatusBoard(() -> now));
    return new Courtesies(conditions, () -> woken++);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private Origin.Event said(RoomId where) {
    return new Origin.Event(where, server.userSays(where, maria, "hello"));
  }

  private List<EventId> receipts(RoomId where) {
    return server.room(where).receipts().stream().map(DoubleRoom.Receipt::event).toList();
  }

  private List<PostedEvent> ours(String type) {
    return server.room(room).events().stream()
        .filter(event -> event.sender().equals(bot) && event.type().equals(type))
        .toList();
  }

  private List<String> marks() {
    return ours("m.reaction").stream()
        .flatMap(reaction -> reaction.text("m.relates_to", "key").stream())
        .toList();
  }

  /** Sends what there is, and lets so much time pass as it asks for. */
  private void sendAll() {
    for (Optional<Instant> again = courtesies.sendOne(client);
        again.isPresent();
        again = courtesies.sendOne(client)) {
      now = again.get();
    }
  }

  @Test
  void aRoomIsMarkedAsReadUpToItsLastEventAlone() {
    Origin.Event first = said(room);
    Origin.Event last = said(room);
    Origin.Event elsewhere = said(other);
    List.of(first, elsewhere, last).forEach(courtesies::read);
    assertEquals(3, woken);
    sendAll();
    assertEquals(List.of(last.id()), receipts(room));
    assertEquals(List.of(elsewhere.id()), receipts(other));
  }

  @Test
  void receiptsGoFirst() {
    Origin.Event event = said(room);
    courtesies.mark(event, "📡");
    courtesies.read(event);
    assertEquals(Optional.of(now), courtesies.sendOne(client), "it wants to go on at once");
    assertEquals(List.of(event.id()), receipts(room));
    assertEquals(List.of(), marks());
    sendAll();
    assertEquals(List.of("📡"), marks());
  }

  @Test
  void otherRelaysAreBiddenToLeaveAMarkAlone() {
    courtesies.mark(said(room), "📡");
    sendAll();
    String content = ours("m.reaction").get(0).content().replace(" ", "");
    assertTrue(content.contains("\"mmrelay_suppress\":1"), content);
  }

  @Test
  void aMarkThatIsOvertakenIsNeverShown() {
    Origin.Event event = said(room);
    courtesies.mark(event, "📡");
    courtesies.mark(event, "✅");
    sendAll();
    assertEquals(1, ours("m.reaction").size());
    assertEquals(List.of("✅"), marks());
  }

  @Test
  void aMarkThatIsShownIsReplacedAndTheSameOneStays() {
    Origin.Event event = said(room);
    courtesies.mark(event, "📡");
    sendAll();
    courtesies.mark(event, "📡");
    sendAll();
    assertEquals(0, ours("m.room.redaction").size());
    courtesies.mark(event, "⚠");
    sendAll();
    assertEquals(List.of("⚠"), marks());
    assertEquals(
        Optional.of(ours("m.reaction").get(0).id()),
        ours("m.room.redaction").get(0).target());
  }

  @Test
  void marksLeaveAWholeBurstToMessages() {
    courtesies.sent();
    courtesies.mark(said(room), "📡");
    Instant full = now.plus(SpareRate.PER_EVENT);
    assertEquals(Optional.of(full), courtesies.sendOne(client));
    assertEquals(List.of(), marks());
    now = full;
    assertEquals(Optional.empty(), courtesies.sendOne(client));
    assertEquals(List.of("📡"), marks());
  }

  @Test
  void afterARefusalForTheRateNothingIsTriedAgain() {
    List<Origin.Event> events = List.of(said(room), said(room), said(room));
    events.forEach(event -> courtesies.mark(event, "📡"));
    courtesies.tell(
        events.get(0),
        new SendStatus(
            SendStatus.Outcome.SUCCESS,
            Optional.empty(),
            Optional.empty(),
            events.get(0).id(),
            "Forx"));
    server.faults().failNext(RequestKind.SEND, 1, Failure.limited(1_000));
    assertEquals(Optional.empty(), courtesies.sendOne(client));
    now = now.plus(Duration.ofMinutes(5));
    sendAll();
    assertEquals(List.of(), marks());
    assertEquals(List.of(), ours("com.beeper.message_send_status"));
  }

  @Test
  void ofTooManyMarksTheLatestAreShown() {
    List<Origin.Event> events = new ArrayList<>();
    for (int i = 0; i < Courtesies.MAX_EVENTS + 3; i++) {
      events.add(said(room));
      courtesies.mark(events.get(i), "📡");
    }
    sendAll();
    assertEquals(
        events.subList(3, events.size()).stream().map(Origin.Event::id).toList(),
        ours("m.reaction").stream().flatMap(r -> r.target().stream()).toList());
  }

  /** After a restart nobody knows which marks there are. */
  @Test
  void aMarkThatIsThereAlreadyIsNoTrouble() {
    Origin.Event event = said(room);
    courtesies.mark(event, "📡");
    sendAll();
    courtesies = fresh();
    courtesies.mark(event, "📡");
    sendAll();
    assertEquals(List.of("📡"), marks());
  }
}
