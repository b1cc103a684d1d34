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
import org.longwire.matrix.sim.DoubleRoom;
import org.longwire.matrix.sim.HomeserverDouble;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.matrix.sim.Posting;
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
  void whatUsersPostIsWrittenAsTheirClientsDo() {
    EventId root = homeserver.userSays(room, alice, "root");
    EventId reply = homeserver.userReplies(room, alice, root, "reply");
    homeserver.userPosts(room, alice, Posting.text("a").inThread(root, reply));
    homeserver.userPosts(room, alice, Posting.text("b").replyingInThread(root, reply));
    homeserver.userPosts(room, alice, Posting.file("a.pdf", 9).captioned("read this"));
    homeserver.userPosts(room, alice, Posting.voice("voice.ogg", 9));
    homeserver.userPosts(room, alice, Posting.video("cat.mp4", 9));
    homeserver.userPosts(room, alice, Posting.audio("song.mp3", 9));
    homeserver.userPosts(room, alice, Posting.location("hut", "geo:1,2"));
    List<PostedEvent> posted = homeserver.room(room).messages();
    assertEquals(Optional.of(root), posted.get(1).replyTo());
    assertEquals(Optional.empty(), posted.get(1).target());
    assertEquals(Optional.of(root), posted.get(2).target());
    assertEquals(Optional.of(reply), posted.get(2).replyTo());
    assertEquals(Optional.of("read this"), posted.get(4).body());
    assertEquals(Optional.of("a.pdf"), posted.get(4).text("filename"));
    assertEquals(
        List.of("m.file", "m.audio", "m.video", "m.audio", "m.location"),
        posted.subList(4, 9).stream()
            .map(event -> event.text("msgtype").orElseThrow())
            .toList());
    homeserver.userPosts(room, alice, Posting.sticker("a fox"));
    homeserver.userPosts(room, alice, Posting.poll("Tea?", List.of("yes", "no")));
    assertEquals(1, homeserver.room(room).events("m.sticker").size());
    assertEquals(
        1, homeserver.room(room).events("org.matrix.msc3381.poll.start").size());
  }

  @Test
  void reactionsStandUntilTheyAreTakenBack() {
    EventId text = homeserver.userSays(room, alice, "text");
    EventId heart = homeserver.userReacts(room, alice, text, "heart");
    homeserver.userReacts(room, alice, text, "thumb");
    homeserver.userReacts(room, alice, heart, "odd");
    homeserver.userRedacts(room, alice, heart);
    assertEquals(
        List.of("thumb"),
        homeserver.room(room).reactionsTo(text).stream()
            .map(event -> event.text("m.relates_to", "key").orElseThrow())
            .toList());
    PostedEvent redaction = homeserver.room(room).events("m.room.redaction").get(0);
    assertEquals(Optional.of(heart), redaction.target());
  }

  @Test
  void receiptsAreKeptInTheirOrder() {
    EventId first = homeserver.userSays(room, alice, "first");
    EventId second = homeserver.userSays(room, alice, "second");
    UserId reader = new UserId(bot.id());
    for (EventId event : List.of(first, second, first)) {
      String path = ContractUser.room(room.value()) + "/receipt/m.read/" + event.value();
      bot.post(path, ContractUser.json("{}")).ok();
    }
    assertEquals(
        List.of(new DoubleRoom.Receipt(reader, first), new DoubleRoom.Receipt(reader, second)),
        homeserver.room(room).receipts());
  }

  @Test
  void aUserOpensADirectRoomAndIsFollowedIntoIt() {
    UserId other = new UserId(bot.id());
    RoomId direct = homeserver.createDirectRoom(alice, other);
    assertEquals("invite", homeserver.room(direct).membership(other));
    bot.join(direct.value()).ok();
    RoomId theirs = new RoomId(bot.post(
            "/createRoom",
            ContractUser.json("{'preset': 'private_chat', 'invite': ['%s']}".formatted(alice)))
        .ok()
        .text("room_id"));
    homeserver.join(theirs, alice);
    assertEquals(Set.of(other, alice), homeserver.room(theirs).members());
  }

  @Test
  void whatAUserWritesWhereAnIdBelongsIsNone() {
    homeserver.userSends(room, alice, "m.reaction", "{\"m.relates_to\":{\"event_id\":\"no id\"}}");
    assertEquals(
        Optional.empty(), homeserver.room(room).events("m.reaction").get(0).target());
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
    homeserver.requirePowerToSpeak(room, 10);
    assertEquals("403 M_FORBIDDEN", bot.say(room.value(), "x").error());
    homeserver.setPower(room, new UserId(bot.id()), 10);
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
