package org.longwire.matrix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.matrix.testing.ContractUser.json;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.RoomAlias;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.SyncPage;
import org.longwire.matrix.SyncToken;
import org.longwire.matrix.TimelinePage;
import org.longwire.matrix.TransactionId;
import org.longwire.matrix.UserId;

/**
 * The port itself: our own client goes through the same on every server, and sees the same. What
 * the relay's tests show on the double thereby holds on the real thing.
 */
interface HomeserverPortContract {
  ServerUnderTest server();

  private static TransactionId transaction(String value) {
    return new TransactionId(value);
  }

  private static EventId say(PortUser bot, RoomId room, String words) throws MatrixException {
    TransactionId transaction = transaction(Integer.toHexString(words.hashCode()));
    return bot.homeserver().send(room, transaction, MessageContent.notice(words));
  }

  /** As a sender does, whose connection is found broken only when it is used. */
  private static EventId sayAgain(PortUser bot, RoomId room, String words) throws MatrixException {
    try {
      return say(bot, room, words);
    } catch (MatrixException.Unreachable broken) {
      return say(bot, room, words);
    }
  }

  private static RoomId room(ContractUser owner) {
    return new RoomId(owner.createRoom().text("room_id"));
  }

  private static SyncToken now(Homeserver homeserver) throws MatrixException {
    return homeserver.sync(Optional.empty(), Duration.ZERO).next();
  }

  private static List<String> texts(List<RoomEvent> events) {
    List<String> texts = new ArrayList<>();
    for (RoomEvent event : events) {
      if (event instanceof RoomEvent.TextMessage text) {
        texts.add(text.body());
      }
    }
    return texts;
  }

  private static SyncPage page(Homeserver homeserver, SyncToken since) throws MatrixException {
    return homeserver.sync(Optional.of(since), Duration.ofSeconds(20));
  }

  private static SyncPage.RoomPage only(SyncPage page, RoomId room) {
    return page.rooms().stream().filter(r -> r.room().equals(room)).findFirst().orElseThrow();
  }

  @Test
  default void portWordsGoBothWaysAndNothingOfBeforeTheFirstSyncComes(@TempDir Path directory)
      throws Exception {
    ContractUser owner = ContractUser.fresh(server());
    RoomId room = room(owner);
    owner.say(room.value(), "long ago").ok();
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      assertEquals(bot.user(), homeserver.whoAmI().user());
      assertEquals(room, homeserver.join(room.value(), List.of("localhost")));
      assertTrue(homeserver.joinedRooms().contains(room));
      SyncPage first = homeserver.sync(Optional.empty(), Duration.ZERO);
      assertTrue(first.rooms().stream().allMatch(r -> r.timeline().isEmpty()));
      owner.say(room.value(), "hello radio").ok();
      SyncPage heard = page(homeserver, first.next());
      assertEquals(List.of("hello radio"), texts(only(heard, room).timeline()));
      EventId sent = say(bot, room, "hello room");
      RoomEvent echo = only(page(homeserver, heard.next()), room).timeline().get(0);
      assertEquals(sent, echo.header().id());
      assertEquals(bot.user(), echo.header().sender());
      assertEquals(Optional.of(owner.name()), homeserver.displayName(room, new UserId(owner.id())));
    }
  }

  @Test
  default void portARepeatedTransactionIsOneEventAlsoAfterARestart(@TempDir Path directory)
      throws Exception {
    ContractUser owner = ContractUser.fresh(server());
    RoomId room = room(owner);
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      bot.homeserver().join(room.value(), List.of());
      EventId first = say(bot, room, "once");
      assertEquals(first, say(bot, room, "once"));
      server().restart();
      assertEquals(first, sayAgain(bot, room, "once"));
      assertNotEquals(first, say(bot, room, "twice"));
    }
    List<String> shown = ContractUser.words(owner.history(room.value(), 10));
    assertEquals(1, shown.stream().filter("once"::equals).count());
  }

  @Test
  default void portAGapIsReadForwardsUpToTheNextBookmarkWithTheTimelineInIt(@TempDir Path directory)
      throws Exception {
    ContractUser owner = ContractUser.fresh(server());
    RoomId room = room(owner);
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      homeserver.join(room.value(), List.of());
      owner.say(room.value(), "before").ok();
      SyncToken since = new SyncToken(owner.bookmark(room.value(), owner));
      owner.sayAll(room.value(), "word ", 60);
      SyncPage page = page(homeserver, since);
      assertTrue(only(page, room).limited());
      owner.say(room.value(), "after").ok();
      List<String> read = new ArrayList<>();
      Optional<String> from = Optional.of(since.value());
      for (int pages = 0; from.isPresent() && pages < 20; pages++) {
        TimelinePage gap = homeserver.messages(room, from.get(), page.next().value(), 25);
        read.addAll(texts(gap.events()));
        from = gap.end().filter(from.get()::equals).isPresent() ? Optional.empty() : gap.end();
      }
      List<String> said = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        said.add("word " + i);
      }
      assertEquals(said, read);
      List<String> timeline = texts(only(page, room).timeline());
      assertEquals(said.subList(said.size() - timeline.size(), said.size()), timeline);
      assertEquals(
          List.of("after", "word 59"),
          texts(homeserver.history(room, Optional.empty(), 2).events()));
    }
  }

  @Test
  default void portAKickIsADepartureAndAnInviteTheWayBack(@TempDir Path directory)
      throws Exception {
    ContractUser owner = ContractUser.fresh(server());
    RoomId room = room(owner);
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      homeserver.join(room.value(), List.of());
      SyncToken since = now(homeserver);
      owner.doTo(bot.asTarget(), "kick", room.value()).ok();
      SyncPage page = page(homeserver, since);
      assertEquals(room, page.departures().get(0).room());
      assertEquals("leave", page.departures().get(0).membership());
      assertEquals(Optional.of(new UserId(owner.id())), page.departures().get(0).by());
      assertThrows(MatrixException.Forbidden.class, () -> say(bot, room, "still here?"));
      owner.say(room.value(), "while away").ok();
      owner.doTo(bot.asTarget(), "invite", room.value()).ok();
      SyncPage asked = page(homeserver, page.next());
      assertEquals(room, asked.invites().get(0).room());
      assertEquals(room, homeserver.join(room.value(), List.of()));
      SyncPage back = page(homeserver, asked.next());
      assertTrue(only(back, room).limited(), "whoever comes back is told of a gap");
      say(bot, room, "back again");
    }
  }

  @Test
  default void portAnUpgradeAndEncryptionAreSeen(@TempDir Path directory) throws Exception {
    ContractUser owner = ContractUser.fresh(server());
    RoomId room = room(owner);
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      homeserver.join(room.value(), List.of());
      assertFalse(homeserver.isEncrypted(room));
      assertEquals(Optional.empty(), homeserver.successor(room));
      SyncToken since = now(homeserver);
      String upgrade = ContractUser.room(room.value()) + "/upgrade";
      RoomId next = new RoomId(
          owner.post(upgrade, json("{'new_version': '11'}")).ok().text("replacement_room"));
      SyncPage page = page(homeserver, since);
      RoomEvent.Tombstone tombstone = only(page, room).timeline().stream()
          .filter(RoomEvent.Tombstone.class::isInstance)
          .map(RoomEvent.Tombstone.class::cast)
          .findFirst()
          .orElseThrow();
      assertEquals(next, tombstone.replacement());
      assertEquals(Optional.of(next), homeserver.successor(room));
      homeserver.join(next.value(), List.of("localhost"));
      assertEquals(Optional.of(room), homeserver.predecessor(next));
      SyncPage joined = page(homeserver, page.next());
      owner
          .putState(
              next.value(), "m.room.encryption", json("{'algorithm': 'm.megolm.v1.aes-sha2'}"))
          .ok();
      assertTrue(homeserver.isEncrypted(next));
      assertTrue(only(page(homeserver, joined.next()), next).timeline().stream()
          .anyMatch(RoomEvent.EncryptionEnabled.class::isInstance));
    }
  }

  @Test
  default void portEveryFailureIsOfItsKind(@TempDir Path directory) throws Exception {
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      RoomId foreign = room(ContractUser.fresh(server()));
      assertThrows(
          MatrixException.NotFound.class,
          () -> homeserver.resolve(new RoomAlias("#nowhere:localhost")));
      assertThrows(
          MatrixException.BadToken.class,
          () -> homeserver.sync(Optional.of(new SyncToken("nonsense")), Duration.ZERO));
      assertThrows(MatrixException.Forbidden.class, () -> say(bot, foreign, "not mine"));
      homeserver.join(foreign.value(), List.of());
      assertTrue(
          say(bot, foreign, "x".repeat(70_000)).value().startsWith("$"), "it was cut to fit");
    }
  }

  @Test
  default void portALimitedAccountIsToldHowLongToWait(@TempDir Path directory) throws Exception {
    RoomId room = room(ContractUser.fresh(server()));
    try (PortUser bot = PortUser.limited(server(), directory)) {
      bot.homeserver().join(room.value(), List.of());
      EventId first = say(bot, room, "0");
      MatrixException.RateLimited limited = assertThrows(MatrixException.RateLimited.class, () -> {
        for (int i = 1; i < 30; i++) {
          say(bot, room, Integer.toString(i));
        }
      });
      assertTrue(limited.retryAfter().orElseThrow().compareTo(Duration.ofSeconds(30)) < 0);
      assertEquals(first, say(bot, room, "0"), "a repeat of what was accepted is free");
    }
  }

  @Test
  default void portAnExpiredTokenIsRenewedUnseenAndTheDeviceStays(@TempDir Path directory)
      throws Exception {
    try (PortUser bot = PortUser.withSlowClock(server(), directory)) {
      Homeserver.WhoAmI before = bot.homeserver().whoAmI();
      String token = bot.storedToken();
      server().expireAccessTokens();
      SyncToken since = now(bot.homeserver());
      // Where it takes seconds, empty long polls pass the time.
      for (int i = 0; i < 100 && bot.storedToken().equals(token); i++) {
        since =
            bot.homeserver().sync(Optional.of(since), Duration.ofMillis(200)).next();
      }
      assertNotEquals(token, bot.storedToken(), "it was never renewed");
      assertEquals(before, bot.homeserver().whoAmI());
    }
  }
}
