package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.longwire.matrix.ScriptedServer.json;
import static org.longwire.matrix.ScriptedServer.refusal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DisplayNamesTest {
  private static final RoomId ROOM = new RoomId("!r:example.org");
  private static final UserId ANN = new UserId("@ann:example.org");

  private final ScriptedServer server = new ScriptedServer();
  private Instant now = Instant.parse("2026-11-20T08:00:00Z");
  private HttpHomeserver homeserver;
  private DisplayNames names;

  @BeforeEach
  void open() throws Exception {
    HttpHomeserver.Settings settings =
        new HttpHomeserver.Settings(server.base(), Optional.empty(), HttpLimits.standard());
    MemorySessionStore store =
        MemorySessionStore.with(MemorySessionStore.session("token", "", Optional.empty()));
    homeserver = HttpHomeserver.open(settings, store, () -> now);
    names = new DisplayNames(homeserver, () -> now);
  }

  @AfterEach
  void close() {
    homeserver.close();
    server.close();
  }

  private static RoomEvent.Membership member(String membership, Optional<String> name) {
    EventHeader header = new EventHeader(new EventId("$m"), ROOM, ANN, Instant.EPOCH);
    return new RoomEvent.Membership(header, ANN, membership, name, Optional.empty());
  }

  @Test
  void aNameIsAskedForOnce() {
    server.on("GET", "/state/m.room.member/", json(200, "{\"displayname\":\"Ann\"}"));
    assertEquals("Ann", names.of(ROOM, ANN));
    assertEquals("Ann", names.of(ROOM, ANN));
    assertEquals(
        "/_matrix/client/v3/rooms/%21r%3Aexample.org/state/m.room.member/%40ann%3Aexample.org",
        server.only("/state/").target());
  }

  @Test
  void whoHasNoNameIsCalledByTheLocalPart() {
    server.on("GET", "/state/", json(200, "{\"displayname\":\" \"}"));
    assertEquals("ann", names.of(ROOM, ANN));
    assertEquals("ann", names.of(ROOM, ANN));
    assertEquals(1, server.seen("/state/").size());
  }

  @Test
  void aMembershipEventIsNewerThanWhatWeKnow() {
    server.on("GET", "/state/", json(200, "{\"displayname\":\"Ann\"}"));
    names.of(ROOM, ANN);
    names.learn(member("join", Optional.of("Ann of the hill")));
    assertEquals("Ann of the hill", names.of(ROOM, ANN));
    names.learn(member("join", Optional.empty()));
    assertEquals("ann", names.of(ROOM, ANN));
    names.learn(member("leave", Optional.empty()));
    assertEquals("Ann", names.of(ROOM, ANN), "asked again after a leave");
    assertEquals(2, server.seen("/state/").size());
  }

  @Test
  void aPageTeachesItsStateBeforeItsTimeline() {
    SyncPage.RoomPage room = new SyncPage.RoomPage(
        ROOM,
        List.of(member("join", Optional.of("Old"))),
        List.of(member("join", Optional.of("New"))),
        false,
        Optional.empty());
    names.learn(new SyncPage(new SyncToken("s"), List.of(room), List.of(), List.of()));
    assertEquals("New", names.of(ROOM, ANN));
    assertEquals(List.of(), server.seen("/"));
  }

  @Test
  void aFailedQuestionIsAskedAgainButNotAtOnce() {
    server.on(
        "GET", "/state/", refusal(500, "M_UNKNOWN", "x"), json(200, "{\"displayname\":\"Ann\"}"));
    assertEquals("ann", names.of(ROOM, ANN));
    assertEquals("ann", names.of(ROOM, ANN));
    assertEquals(1, server.seen("/state/").size());
    now = now.plus(DisplayNames.RETRY_AFTER);
    assertEquals("Ann", names.of(ROOM, ANN));
  }

  @Test
  void anEventThatComesByDuringTheQuestionWins() {
    server.on("GET", "/state/", exchange -> {
      names.learn(member("join", Optional.of("Newer")));
      json(200, "{\"displayname\":\"Older\"}").to(exchange);
    });
    assertEquals("Newer", names.of(ROOM, ANN));
    assertEquals("Newer", names.of(ROOM, ANN));
  }
}
