package org.longwire.matrix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.matrix.testing.ContractUser.message;
import static org.longwire.matrix.testing.ContractUser.timeline;
import static org.longwire.matrix.testing.ContractUser.words;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.HomeserverDouble;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.matrix.testing.ContractUser.Answer;

/** What tests and the demo do on the double without HTTP, and what they see there. */
class DoubleTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private DoubleUnderTest server;
  private HomeserverDouble homeserver;
  private RoomId room;
  private UserId alice;
  private ContractUser bot;

  @BeforeEach
  void start() throws IOException {
    server = DoubleUnderTest.start(InstantSource.fixed(NOW), () -> 0);
    homeserver = server.homeserver();
    room = homeserver.createRoom("mesh");
    alice = homeserver.registerUser("alice", ContractUser.PASSWORD);
    homeserver.join(room, alice);
    homeserver.registerUser("bot", ContractUser.PASSWORD);
    bot = ContractUser.logIn(server, "bot", "FIRST");
    bot.join("#mesh:localhost").ok();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String since() {
    return bot.sync(Optional.empty(), 0, 1).ok().text("next_batch");
  }

  @Test
  void theRoomKeepsWhatAClientSentAsItWasSent() {
    String content = "{\"msgtype\":\"m.text\",\"body\":\"ö\",\"x\":[1,{\"y\":null}]}";
    bot.send(room.value(), "t1", ContractUser.json(content)).ok();
    List<PostedEvent> messages = homeserver.room("mesh").messages();
    assertEquals(1, messages.size());
    PostedEvent event = messages.get(0);
    assertEquals(bot.id(), event.sender().value());
    assertEquals("m.room.message", event.type());
    assertEquals(Optional.of("ö"), event.body());
    assertEquals(Optional.of("t1"), event.transaction());
    assertEquals(NOW, event.at());
    assertEquals(ContractUser.json(content), ContractUser.json(event.content()));
  }

  @Test
  void aListenerHearsOfEveryEventOnce() {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    homeserver.onSend(event -> heard.add(event.body().orElse(event.type())));
    bot.send(room.value(), "t1", message("one")).ok();
    bot.send(room.value(), "t1", message("one")).ok();
    bot.send(room.value(), "t2", message("two")).ok();
    homeserver.userSays(room, alice, "not by a client");
    assertEquals(List.of("one", "two"), heard);
  }

  @Test
  void usersSayAllTheirThingsAndASyncShowsThem() {
    String since = since();
    EventId text = homeserver.userSays(room, alice, "text");
    homeserver.userNotices(room, alice, "notice");
    homeserver.userEmotes(room, alice, "emote");
    homeserver.userReplies(room, alice, text, "reply");
    homeserver.userEdits(room, alice, text, "edited");
    homeserver.userSendsImage(room, alice, "cat.jpg");
    homeserver.userReacts(room, alice, text, "K");
    homeserver.userSends(room, alice, "org.custom", "{\"a\":1}");
    Answer page = bot.sync(Optional.of(since), 0, 50).ok();
    assertEquals(
        List.of(
            "text", "notice", "emote", "reply", "* edited", "cat.jpg", "m.reaction", "org.custom"),
        words(timeline(page, "join", room.value())));
  }

  @Test
  void aRedactedEventIsEmpty() {
    EventId text = homeserver.userSays(room, alice, "text");
    homeserver.userRedacts(room, alice, text);
    PostedEvent left = homeserver.room(room).messages().get(0);
    assertEquals("{}", left.content());
    assertEquals(Optional.empty(), left.body());
  }

  @Test
  void whoIsNotInTheRoomCannotSpeakThere() {
    homeserver.kick(room, alice, "be gone");
    assertThrows(IllegalStateException.class, () -> homeserver.userSays(room, alice, "still here"));
    homeserver.join(room, alice);
    homeserver.userSays(room, alice, "back");
    homeserver.ban(room, alice, "for good");
    assertThrows(IllegalStateException.class, () -> homeserver.join(room, alice));
    homeserver.unban(room, alice);
    homeserver.join(room, alice);
    assertTrue(homeserver.room(room).members().contains(alice));
  }

  @Test
  void aPrivateRoomIsJoinedByInvitation() {
    RoomId secret = homeserver.createPrivateRoom("secret");
    assertEquals("403 M_FORBIDDEN", bot.join("#secret:localhost").error());
    homeserver.invite(secret, new UserId(bot.id()));
    assertEquals(
        Set.of(secret.value()),
        bot.sync(Optional.empty(), 0, 1).at("rooms", "invite").keySet());
    bot.join("#secret:localhost").ok();
    homeserver.leave(secret, new UserId(bot.id()));
    assertEquals("leave", homeserver.room(secret).membership(new UserId(bot.id())));
  }

  @Test
  void anUpgradedRoomIsAnotherOneUnderTheSameAlias() {
    homeserver.enableEncryption(room);
    RoomId next = homeserver.upgrade(room);
    assertEquals(next, homeserver.room("mesh").id());
    bot.join("#mesh:localhost").ok();
    assertEquals(
        room.value(),
        bot.state(next.value(), "m.room.create", "")
            .ok()
            .at("predecessor")
            .get("room_id")
            .getAsString());
    bot.state(next.value(), "m.room.encryption", "").ok();
  }

  @Test
  void aRoomIdNeedNotNameAServer() {
    RoomId modern = homeserver.createRoomWithoutServerName("modern");
    assertFalse(modern.value().contains(":"));
    assertEquals(modern.value(), bot.join("#modern:localhost").ok().text("room_id"));
    bot.say(modern.value(), "x").ok();
  }

  @Test
  void aNewNameReachesTheRooms() {
    homeserver.rename(alice, "Alice in the hills");
    assertEquals(
        "Alice in the hills",
        bot.state(room.value(), "m.room.member", alice.value()).ok().text("displayname"));
  }

  @Test
  void powerCanBeAskedForAndStateBePutByHand() {
    homeserver.requirePowerToSpeak(room, 50);
    assertEquals("403 M_FORBIDDEN", bot.say(room.value(), "x").error());
    homeserver.requirePowerToSpeak(room, 0);
    bot.say(room.value(), "x").ok();
    homeserver.putState(room, "m.room.topic", "{\"topic\":\"T\"}");
    assertEquals("T", bot.state(room.value(), "m.room.topic", "").ok().text("topic"));
  }

  @Test
  void theWellKnownFileNamesWhatItIsTold() {
    homeserver.advertise("http://here.test/");
    Answer answer =
        bot.anywhere("GET", "/.well-known/matrix/client", Optional.empty()).ok();
    assertEquals("http://here.test/", answer.at("m.homeserver").get("base_url").getAsString());
  }

  @Test
  void sendsFromManyThreadsAreAllKeptOnce() {
    IntStream.range(0, 200).parallel().forEach(i -> bot.send(
            room.value(), "t" + i % 100, message("m" + i % 100))
        .ok());
    assertEquals(100, homeserver.room(room).messages().size());
    assertEquals(
        100,
        homeserver.room(room).messages().stream()
            .map(PostedEvent::id)
            .distinct()
            .count());
  }
}
