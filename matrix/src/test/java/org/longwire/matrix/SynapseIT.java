package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.testing.RoomUser;
import org.longwire.matrix.testing.SynapseServer;

/** Our client against a real homeserver without rate limits. */
class SynapseIT {
  private static final UserId BOT = new UserId("@bot:localhost");
  private static final Secret PASSWORD = new Secret("a password");
  private static SynapseServer synapse;
  private static RoomUser alice;

  @BeforeAll
  static void start() {
    // Above the client's margin of ten seconds, so that each test refreshes only when it wants to.
    synapse =
        SynapseServer.start(SynapseServer.Limits.NONE, "refreshable_access_token_lifetime: 60s\n");
    synapse.register("bot", PASSWORD.reveal());
    alice = RoomUser.join(synapse, "alice");
  }

  @AfterAll
  static void stop() {
    synapse.close();
  }

  /** A device per test: Synapse keeps the answers of syncs per device for two minutes. */
  private static Session login(String device) throws Exception {
    try (MatrixLogin login =
        MatrixLogin.open(synapse.base(), HttpLimits.standard(), Clock.systemUTC())) {
      return login.byPassword(BOT, PASSWORD, Optional.of(device));
    }
  }

  private static HttpHomeserver open(SessionStore store) throws Exception {
    HttpHomeserver.Settings settings =
        new HttpHomeserver.Settings(synapse.base(), Optional.empty(), HttpLimits.standard());
    return HttpHomeserver.open(settings, store, Clock.systemUTC());
  }

  private static TransactionId transaction(String value) {
    return new TransactionId(value);
  }

  private static List<String> texts(List<RoomEvent> events) {
    List<String> result = new ArrayList<>();
    for (RoomEvent event : events) {
      if (event instanceof RoomEvent.TextMessage text) {
        result.add(text.body());
      }
    }
    return result;
  }

  private static SyncToken now(Homeserver homeserver) throws MatrixException {
    return homeserver.sync(Optional.empty(), Duration.ZERO).next();
  }

  private static List<RoomEvent> news(Homeserver homeserver, SyncToken since)
      throws MatrixException {
    SyncPage page = homeserver.sync(Optional.of(since), Duration.ofSeconds(20));
    return page.rooms().stream().flatMap(room -> room.timeline().stream()).toList();
  }

  @Test
  void aPasswordLoginKeepsTheDeviceAndAWrongPasswordIsToldInWords() throws Exception {
    Session session = login("DEVICE1");
    assertEquals("DEVICE1", session.device());
    assertTrue(session.refreshToken().isPresent());
    try (HttpHomeserver homeserver = open(MemorySessionStore.with(session));
        MatrixLogin login =
            MatrixLogin.open(synapse.base(), HttpLimits.standard(), Clock.systemUTC())) {
      assertEquals(new Homeserver.WhoAmI(BOT, Optional.of("DEVICE1")), homeserver.whoAmI());
      assertEquals(BOT, login.byToken(BOT, session.accessToken()).user());
      MatrixException wrong = assertThrows(
          MatrixException.Unauthorised.class,
          () -> login.byPassword(BOT, new Secret("wrong"), Optional.empty()));
      assertTrue(wrong.getMessage().contains("password of @bot:localhost"), wrong.getMessage());
    }
  }

  @Test
  void wordsGoBothWaysAndNothingOfBeforeTheFirstSyncComes() throws Exception {
    RoomId room = new RoomId(alice.createRoom("both-ways"));
    alice.say(room.value(), "long ago");
    try (HttpHomeserver homeserver = open(MemorySessionStore.with(login("DEVICE2")))) {
      RoomAlias alias = new RoomAlias("#both-ways:localhost");
      assertEquals(room, homeserver.resolve(alias));
      assertEquals(room, homeserver.join(alias.value(), List.of("localhost")));
      assertTrue(homeserver.joinedRooms().contains(room));
      assertFalse(homeserver.isEncrypted(room));
      assertEquals(Optional.of("alice"), homeserver.displayName(room, new UserId(alice.id())));

      SyncPage first = homeserver.sync(Optional.empty(), Duration.ZERO);
      assertTrue(first.rooms().stream().allMatch(page -> page.timeline().isEmpty()));

      alice.say(room.value(), "hello radio");
      assertEquals(List.of("hello radio"), texts(news(homeserver, first.next())));

      SyncToken before =
          homeserver.sync(Optional.of(first.next()), Duration.ZERO).next();
      MessageContent content = new MessageContent(
          RoomEvent.Kind.TEXT,
          "hostile \ud83d \u0000 text",
          Optional.of("<b>hostile</b>"),
          Relation.NONE,
          Optional.empty(),
          List.of(
              new ExtraField.Text("meshtastic_longname", "\udc00 Bob"),
              new ExtraField.Number("meshtastic_id", (1L << 53) - 1)));
      EventId sent = homeserver.send(room, transaction("a/b c?#%"), content);
      List<RoomEvent> echo = news(homeserver, before);
      RoomEvent.TextMessage own = (RoomEvent.TextMessage) echo.get(0);
      assertEquals(sent, own.header().id());
      assertEquals(BOT, own.header().sender());
      assertEquals("hostile \ufffd  text", own.body());
      assertEquals(
          List.of(
              new ExtraField.Text("meshtastic_longname", "\ufffd Bob"),
              new ExtraField.Number("meshtastic_id", (1L << 53) - 1)),
          own.extras().stream()
              .sorted((a, b) -> b.key().length() - a.key().length())
              .toList());
    }
  }

  @Test
  void aRepeatedTransactionGivesTheSameEventEvenAfterTheServerWasKilled() throws Exception {
    RoomId room = new RoomId(alice.createRoom("idempotent"));
    try (HttpHomeserver homeserver = open(MemorySessionStore.with(login("DEVICE3")))) {
      homeserver.join(room.value(), List.of());
      MessageContent content = MessageContent.notice("once");
      EventId first = homeserver.send(room, transaction("t1"), content);
      assertEquals(first, homeserver.send(room, transaction("t1"), content));
      synapse.kill();
      try {
        // The connection that was kept for the next request may only now be found to be broken.
        assertThrows(
            MatrixException.Unreachable.class,
            () -> homeserver.send(room, transaction("t2"), content));
        MatrixException down = assertThrows(
            MatrixException.Unreachable.class,
            () -> homeserver.send(room, transaction("t2"), content));
        assertTrue(down.getMessage().contains("is it running"), down.getMessage());
      } finally {
        synapse.restart();
      }
      assertEquals(first, homeserver.send(room, transaction("t1"), content));
      assertNotEquals(first, homeserver.send(room, transaction("t2"), content));
      assertEquals(2, alice.lines(room.value()).size());
    }
  }

  @Test
  void aGapIsReadForwardsInOrder() throws Exception {
    RoomId room = new RoomId(alice.createRoom("gap"));
    try (HttpHomeserver homeserver = open(MemorySessionStore.with(login("DEVICE4")))) {
      homeserver.join(room.value(), List.of());
      SyncToken since = now(homeserver);
      List<String> said = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        said.add("word " + i);
        alice.say(room.value(), "word " + i);
      }
      SyncPage page = homeserver.sync(Optional.of(since), Duration.ZERO);
      SyncPage.RoomPage news =
          page.rooms().stream().filter(r -> r.room().equals(room)).findFirst().orElseThrow();
      assertTrue(news.limited());
      List<String> read = new ArrayList<>();
      Optional<String> from = Optional.of(since.value());
      while (from.isPresent()) {
        TimelinePage gap = homeserver.messages(room, from.get(), news.previous().orElseThrow(), 30);
        read.addAll(texts(gap.events()));
        from = gap.end();
      }
      read.addAll(texts(news.timeline()));
      assertEquals(said, read);
      TimelinePage back = homeserver.history(room, Optional.empty(), 2);
      assertEquals(List.of("word 119", "word 118"), texts(back.events()));
    }
  }

  @Test
  void aTokenIsRenewedBeforeItEndsAndTheOldPairDiesOnlyThen() throws Exception {
    MemorySessionStore store = MemorySessionStore.with(login("DEVICE5"));
    Session old = store.load().orElseThrow();
    Instant later = Instant.now().plus(Duration.ofSeconds(55));
    HttpHomeserver.Settings settings =
        new HttpHomeserver.Settings(synapse.base(), Optional.empty(), HttpLimits.standard());
    try (HttpHomeserver homeserver = HttpHomeserver.open(settings, store, () -> later)) {
      assertEquals(BOT, homeserver.whoAmI().user());
      assertEquals(1, store.saves());
    }
    // The refresh token of before is dead now, and there is no password: a person has to log in.
    Session expired =
        new Session(BOT, old.device(), new Secret("expired"), old.refreshToken(), Optional.empty());
    try (HttpHomeserver homeserver = open(MemorySessionStore.with(expired))) {
      MatrixException dead = assertThrows(MatrixException.Unauthorised.class, homeserver::whoAmI);
      assertTrue(dead.getMessage().contains("longwire login"), dead.getMessage());
    }
    try (HttpHomeserver homeserver = open(store)) {
      assertEquals(Optional.of(old.device()), homeserver.whoAmI().device());
    }
  }

  @Test
  void aKickIsADepartureWithItsReasonAndSendingIsForbiddenUntilAnInvite() throws Exception {
    RoomId room = new RoomId(alice.createRoom("kick"));
    try (HttpHomeserver homeserver = open(MemorySessionStore.with(login("DEVICE6")))) {
      homeserver.join(room.value(), List.of());
      SyncToken since = now(homeserver);
      alice.kick(room.value(), BOT.value(), "too chatty");
      SyncPage page = homeserver.sync(Optional.of(since), Duration.ZERO);
      SyncPage.Departure departure = page.departures().get(0);
      assertEquals(room, departure.room());
      assertEquals("leave", departure.membership());
      assertEquals(Optional.of(new UserId(alice.id())), departure.by());
      assertEquals(Optional.of("too chatty"), departure.reason());
      assertThrows(
          MatrixException.Forbidden.class,
          () -> homeserver.send(room, transaction("k1"), MessageContent.notice("still here?")));
      alice.invite(room.value(), BOT.value());
      SyncPage.Invite invite =
          homeserver.sync(Optional.of(page.next()), Duration.ZERO).invites().get(0);
      assertEquals(room, invite.room());
      assertEquals(new UserId(alice.id()), invite.inviter());
      homeserver.leave(room);
    }
  }

  @Test
  void anUpgradedRoomAndAnEncryptedOneAreRecognised() throws Exception {
    RoomId room = new RoomId(alice.createRoom("upgrade"));
    try (HttpHomeserver homeserver = open(MemorySessionStore.with(login("DEVICE7")))) {
      homeserver.join(room.value(), List.of());
      SyncToken since = now(homeserver);
      alice.setState(room.value(), "m.room.encryption", "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}");
      assertTrue(homeserver.isEncrypted(room));
      RoomId replacement = new RoomId(alice.upgrade(room.value(), "11"));
      List<RoomEvent> events = news(homeserver, since);
      assertTrue(events.stream().anyMatch(RoomEvent.EncryptionEnabled.class::isInstance));
      RoomEvent.Tombstone tombstone = events.stream()
          .filter(RoomEvent.Tombstone.class::isInstance)
          .map(RoomEvent.Tombstone.class::cast)
          .findFirst()
          .orElseThrow();
      assertEquals(replacement, tombstone.replacement());
      homeserver.join(replacement.value(), List.of("localhost"));
      assertEquals(Optional.of(room), homeserver.predecessor(replacement));
    }
  }

  @Test
  void whatIsNotThereIsNotFoundAndABadBookmarkAsksForAResync() throws Exception {
    try (HttpHomeserver homeserver = open(MemorySessionStore.with(login("DEVICE8")))) {
      assertThrows(
          MatrixException.NotFound.class,
          () -> homeserver.resolve(new RoomAlias("#nowhere:localhost")));
      assertThrows(
          MatrixException.BadToken.class,
          () -> homeserver.sync(Optional.of(new SyncToken("nonsense")), Duration.ZERO));
    }
  }
}
