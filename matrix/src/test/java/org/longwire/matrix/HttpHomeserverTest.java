package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.matrix.ScriptedServer.cut;
import static org.longwire.matrix.ScriptedServer.html;
import static org.longwire.matrix.ScriptedServer.json;
import static org.longwire.matrix.ScriptedServer.refusal;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire, and what is made of the answers. */
class HttpHomeserverTest {
  private static final RoomId ROOM = new RoomId("!a/b:example.org");
  private static final Duration LONG = Duration.ofSeconds(15);
  private final ScriptedServer server = new ScriptedServer();
  private HttpHomeserver homeserver;

  @BeforeEach
  void open() throws Exception {
    // An address may have a path, and a slash too many.
    HttpHomeserver.Settings settings = new HttpHomeserver.Settings(
        URI.create(server.base() + "/sub/"), Optional.empty(), HttpLimits.standard());
    MemorySessionStore store =
        MemorySessionStore.with(MemorySessionStore.session("token", "", Optional.empty()));
    homeserver = HttpHomeserver.open(settings, store, () -> Instant.EPOCH);
  }

  @AfterEach
  void close() {
    homeserver.close();
    server.close();
  }

  @Test
  void sendingPutsTheContentUnderTheEncodedTransactionWithTheTokenInTheHeaderOnly()
      throws Exception {
    server.on("PUT", "/send/", json(200, "{\"event_id\":\"$e\"}"));
    EventId event =
        homeserver.send(ROOM, new TransactionId("a/b c?#%ü"), MessageContent.notice("hi"));
    assertEquals(new EventId("$e"), event);
    ScriptedServer.Seen request = server.only("/send/");
    assertEquals(
        "/sub/_matrix/client/v3/rooms/%21a%2Fb%3Aexample.org/send/m.room.message/"
            + "a%2Fb%20c%3F%23%25%C3%BC",
        request.target());
    assertEquals("Bearer token", request.authorization());
    assertEquals("{\"msgtype\":\"m.notice\",\"body\":\"hi\",\"m.mentions\":{}}", request.body());
  }

  @Test
  void aReplyLostAfterAcceptanceIsUnreachableAndTheRepeatCarriesTheSameTransaction()
      throws Exception {
    server.on("PUT", "/send/", cut(), cut(), json(200, "{\"event_id\":\"$e\"}"));
    TransactionId transaction = new TransactionId("t1");
    MatrixException lost = assertThrows(
        MatrixException.Unreachable.class,
        () -> homeserver.send(ROOM, transaction, MessageContent.notice("hi")));
    assertEquals(MatrixException.Advice.RETRY, lost.advice());
    int before = server.seen("/send/").size();
    EventId event = null;
    for (int i = 0; event == null && i < 3; i++) {
      try {
        event = homeserver.send(ROOM, transaction, MessageContent.notice("hi"));
      } catch (MatrixException.Unreachable again) {
        continue;
      }
    }
    assertEquals(new EventId("$e"), event);
    List<ScriptedServer.Seen> requests = server.seen("/send/");
    assertTrue(requests.size() > before);
    assertEquals(1, Set.copyOf(requests).size(), "every attempt is the same request");
  }

  @Test
  void anUploadThatIsNotAllowedIsRefusedAndSaysNothingOfARoom() {
    MediaFile file = new MediaFile("a b.png", "image/png", new byte[] {1});
    for (int status : List.of(403, 404, 413)) {
      server.on("POST", "/upload", refusal(status, "M_UNKNOWN", "No quota left"));
      MatrixException refused =
          assertThrows(MatrixException.Refused.class, () -> homeserver.upload(file, LONG));
      assertTrue(refused.getMessage().contains("No quota left"), refused.getMessage());
    }
    assertEquals(
        "/sub/_matrix/media/v3/upload?filename=a%20b.png",
        server.seen("/upload").get(0).target());
    server.on("POST", "/upload", json(200, "{\"content_uri\":\"http://x/y\"}"));
    assertThrows(MatrixException.Unreachable.class, () -> homeserver.upload(file, LONG));
  }

  @Test
  void anUploadEndsWithTheLimitOfWhoeverWaitsForIt() {
    MediaFile file = new MediaFile("a.png", "image/png", new byte[] {1});
    server.on("POST", "/upload", server.hang());
    MatrixException late = assertThrows(
        MatrixException.Unreachable.class, () -> homeserver.upload(file, Duration.ofMillis(100)));
    assertTrue(late.getMessage().contains("did not answer within"), late.getMessage());
  }

  @Test
  void aFirstSyncAsksForLittleAndBringsNoHistoryButInvitations() throws Exception {
    server.on("GET", "/sync", json(200, """
            {"next_batch":"s1","rooms":{"join":{"!r":{"timeline":{"limited":true,
             "prev_batch":"p","events":[{"event_id":"$e","sender":"@a:x","type":"m.room.message",
             "content":{"msgtype":"m.text","body":"old"}}]},"state":{"events":[
             {"event_id":"$c","sender":"@a:x","type":"m.room.encryption","state_key":"",
              "content":{}}]}}},
             "invite":{"!i":{"invite_state":{"events":[{"type":"m.room.member","sender":"@a:x",
              "state_key":"@relay:example.org","content":{"membership":"invite"}}]}}}}}"""));
    SyncPage page = homeserver.sync(Optional.empty(), Duration.ofSeconds(30));
    SyncPage.RoomPage room = page.rooms().get(0);
    assertEquals(List.of(), room.timeline());
    assertFalse(room.limited(), "there is no gap to fill before the first page");
    assertEquals(1, room.state().size());
    assertEquals(1, page.invites().size());
    String target = decoded(server.only("/sync").target());
    assertTrue(target.contains("timeout=0&set_presence=offline"), target);
    assertTrue(target.contains("\"limit\":1,"), target);
    assertFalse(target.contains("since="), target);
  }

  @Test
  void aLaterSyncWaitsFromItsBookmarkAndAsksForNothingThatIsNotUsed() throws Exception {
    server.on("GET", "/sync", json(200, "{\"next_batch\":\"s2\"}"));
    SyncPage page = homeserver.sync(Optional.of(new SyncToken("s1&x")), Duration.ofSeconds(25));
    assertEquals(new SyncToken("s2"), page.next());
    assertTrue(page.isEmpty());
    assertTrue(server.only("/sync").target().contains("since=s1%26x&timeout=25000"));
    String target = decoded(server.only("/sync").target());
    assertTrue(target.contains("\"lazy_load_members\":true"), target);
    assertTrue(target.contains("\"presence\":{\"not_types\":[\"*\"]}"), target);
    assertTrue(target.contains("\"ephemeral\":{\"not_types\":[\"*\"]}"), target);
  }

  private static String decoded(String target) {
    return URLDecoder.decode(target, StandardCharsets.UTF_8);
  }

  @Test
  void aBookmarkThatTheServerDoesNotKnowAsksForAResync() {
    server.on("GET", "/sync", refusal(400, "M_UNKNOWN", "Invalid stream token"));
    MatrixException bad = assertThrows(
        MatrixException.BadToken.class,
        () -> homeserver.sync(Optional.of(new SyncToken("s")), Duration.ZERO));
    assertEquals(MatrixException.Advice.RESYNC, bad.advice());
    assertThrows(
        MatrixException.Refused.class, () -> homeserver.sync(Optional.empty(), Duration.ZERO));
  }

  @Test
  void aGapIsReadForwardsAndHistoryBackwards() throws Exception {
    server.on("GET", "/messages", json(200, "{\"chunk\":[],\"end\":\"e\"}"), json(200, "{}"));
    assertEquals(
        new TimelinePage(List.of(), Optional.of("e")),
        homeserver.messages(ROOM, "f", "t", 7),
        "an empty page is not the end");
    assertEquals(Optional.empty(), homeserver.history(ROOM, Optional.of("f"), 7).end());
    homeserver.history(ROOM, Optional.empty(), 7);
    List<String> queries =
        server.seen("/messages").stream().map(s -> s.target().split("\\?")[1]).toList();
    assertEquals(
        List.of("dir=f&from=f&to=t&limit=7", "dir=b&from=f&limit=7", "dir=b&limit=7"), queries);
  }

  @Test
  void joiningNamesTheWayInBothSpellings() throws Exception {
    server.on("POST", "/join/", json(200, "{\"room_id\":\"!r\"}"));
    assertEquals(new RoomId("!r"), homeserver.join("#mesh:x", List.of("a.org", "b.org")));
    assertEquals(
        "/sub/_matrix/client/v3/join/%23mesh%3Ax"
            + "?via=a.org&server_name=a.org&via=b.org&server_name=b.org",
        server.only("/join/").target());
    assertEquals("{}", server.only("/join/").body());
  }

  @Test
  void leavingIsContentWithAnEmptyObject() throws Exception {
    server.on("POST", "/leave", json(200, "{}"));
    homeserver.leave(ROOM);
    assertEquals(1, server.seen("/leave").size());
  }

  @Test
  void theRoomsWeAreInAreRead() throws Exception {
    server.on("GET", "/joined_rooms", json(200, "{\"joined_rooms\":[\"!a\",7,\"bad\",\"!b\"]}"));
    assertEquals(Set.of(new RoomId("!a"), new RoomId("!b")), homeserver.joinedRooms());
  }

  @Test
  void onlyTheServersOwnWordMeansThatARoomIsNotEncrypted() throws Exception {
    server.on(
        "GET",
        "/state/m.room.encryption/",
        json(200, "{}"),
        refusal(404, "M_NOT_FOUND", "Event not found."),
        html(404),
        refusal(403, "M_FORBIDDEN", "not in room"));
    assertTrue(homeserver.isEncrypted(ROOM), "redacted encryption is still encryption");
    assertFalse(homeserver.isEncrypted(ROOM));
    assertThrows(MatrixException.Unreachable.class, () -> homeserver.isEncrypted(ROOM));
    assertThrows(MatrixException.Forbidden.class, () -> homeserver.isEncrypted(ROOM));
  }

  @Test
  void theRoomBeforeAnUpgradeIsInTheCreationEvent() throws Exception {
    server.on(
        "GET",
        "/state/m.room.create/",
        json(200, "{\"predecessor\":{\"room_id\":\"!old\"}}"),
        json(200, "{}"));
    assertEquals(Optional.of(new RoomId("!old")), homeserver.predecessor(ROOM));
    assertEquals(Optional.empty(), homeserver.predecessor(ROOM));
  }

  @Test
  void aSuccessWithoutWhatWasAskedForIsTriedAgain() {
    server.on("PUT", "/send/", json(200, "{}"), json(200, "{\"event_id\":7}"), json(200, ""));
    for (int i = 0; i < 3; i++) {
      assertThrows(
          MatrixException.Unreachable.class,
          () -> homeserver.send(ROOM, new TransactionId("t"), MessageContent.notice("hi")));
    }
  }
}
