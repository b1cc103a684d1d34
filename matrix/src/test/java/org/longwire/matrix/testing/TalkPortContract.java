package org.longwire.matrix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.matrix.testing.ContractUser.json;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.AttachmentKind;
import org.longwire.matrix.EmojiKey;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.NewRoom;
import org.longwire.matrix.ReactionContent;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.SendStatus;
import org.longwire.matrix.SyncPage;
import org.longwire.matrix.SyncToken;
import org.longwire.matrix.TransactionId;
import org.longwire.matrix.UserId;

/** The port's part of {@link TalkContract}: what we send is kept, and read again as it was. */
interface TalkPortContract {
  ServerUnderTest server();

  private static RoomId room(ContractUser owner) {
    return new RoomId(owner.createRoom().text("room_id"));
  }

  private static TransactionId fresh() {
    return new TransactionId(ContractUser.freshName());
  }

  private static EventId said(ContractUser user, RoomId room) {
    return new EventId(user.say(room.value(), "said").ok().text("event_id"));
  }

  /** What the room's timeline brings until an event of this id has come. */
  private static RoomEvent await(Homeserver homeserver, SyncToken since, EventId id)
      throws MatrixException {
    SyncToken next = since;
    for (int pages = 0; pages < 50; pages++) {
      SyncPage page = homeserver.sync(Optional.of(next), Duration.ofSeconds(2));
      for (SyncPage.RoomPage room : page.rooms()) {
        for (RoomEvent event : room.timeline()) {
          if (event.header().id().equals(id)) {
            return event;
          }
        }
      }
      next = page.next();
    }
    throw new AssertionError("it never came: " + id);
  }

  @Test
  default void portRelationsComeBackAsTheyWereSent(@TempDir Path directory) throws Exception {
    ContractUser owner = ContractUser.fresh(server());
    RoomId room = room(owner);
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      homeserver.join(room.value(), List.of());
      EventId root = said(owner, room);
      EventId last = said(owner, room);
      SyncToken since = homeserver.sync(Optional.empty(), Duration.ZERO).next();
      List<Relation> relations = List.of(
          Relation.NONE,
          Relation.reply(last),
          Relation.inThread(root, last),
          new Relation(Optional.empty(), Optional.of(root)));
      List<Relation> read = new ArrayList<>();
      for (Relation relation : relations) {
        EventId sent =
            homeserver.send(room, fresh(), MessageContent.notice("words").with(relation));
        read.add(((RoomEvent.TextMessage) await(homeserver, since, sent)).relation());
      }
      assertEquals(relations, read);
    }
  }

  @Test
  default void portAPlaceIsSentAndReadAsAPlace(@TempDir Path directory) throws Exception {
    RoomId room = room(ContractUser.fresh(server()));
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      homeserver.join(room.value(), List.of());
      SyncToken since = homeserver.sync(Optional.empty(), Duration.ZERO).next();
      Optional<String> geo = Optional.of("geo:47.3769,8.5417");
      MessageContent place = new MessageContent(
          RoomEvent.Kind.LOCATION, "the hut", Optional.empty(), Relation.NONE, geo, List.of());
      RoomEvent.Attachment read =
          (RoomEvent.Attachment) await(homeserver, since, homeserver.send(room, fresh(), place));
      assertEquals(AttachmentKind.LOCATION, read.kind());
      assertEquals("the hut", read.caption());
      assertEquals(geo, read.geoUri());
    }
  }

  @Test
  default void portAReactionIsThereOnceUntilItIsTakenBack(@TempDir Path directory)
      throws Exception {
    ContractUser owner = ContractUser.fresh(server());
    RoomId room = room(owner);
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      homeserver.join(room.value(), List.of());
      EventId target = said(owner, room);
      SyncToken since = homeserver.sync(Optional.empty(), Duration.ZERO).next();
      ReactionContent heart = new ReactionContent(
          target, EmojiKey.forMatrix("❤"), List.of(new ExtraField.Number("meshtastic_id", 7)));
      EventId sent = homeserver.react(room, fresh(), heart).orElseThrow();
      RoomEvent.Reaction read = (RoomEvent.Reaction) await(homeserver, since, sent);
      assertEquals(target, read.target());
      assertEquals("❤\ufe0f", read.key());
      assertEquals(heart.extras(), read.extras());
      assertEquals(Optional.empty(), homeserver.react(room, fresh(), heart));
      EventId redaction = homeserver.redact(room, sent, fresh(), Optional.of("changed my mind"));
      RoomEvent.Redaction seen = (RoomEvent.Redaction) await(homeserver, since, redaction);
      assertEquals(sent, seen.target());
      assertTrue(homeserver.react(room, fresh(), heart).isPresent());
      ReactionContent toNothing = new ReactionContent(new EventId("$no"), "K", List.of());
      assertThrows(MatrixException.Refused.class, () -> homeserver.react(room, fresh(), toNothing));
    }
  }

  @Test
  default void portOnlyPowerTakesBackWhatOthersSaid(@TempDir Path directory) throws Exception {
    ContractUser owner = ContractUser.fresh(server());
    RoomId room = room(owner);
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      homeserver.join(room.value(), List.of());
      EventId foreign = said(owner, room);
      assertThrows(
          MatrixException.Forbidden.class,
          () -> homeserver.redact(room, foreign, fresh(), Optional.empty()));
      TransactionId transaction = fresh();
      EventId own = homeserver.send(room, fresh(), MessageContent.notice("mine"));
      EventId first = homeserver.redact(room, own, transaction, Optional.empty());
      assertEquals(first, homeserver.redact(room, own, transaction, Optional.empty()));
    }
  }

  @Test
  default void portReceiptsAndStatusesAreTaken(@TempDir Path directory) throws Exception {
    ContractUser owner = ContractUser.fresh(server());
    RoomId room = room(owner);
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      homeserver.join(room.value(), List.of());
      EventId event = said(owner, room);
      String since = owner.sync(Optional.empty(), 0, 1).ok().text("next_batch");
      homeserver.markRead(room, event);
      owner.syncUntil(since, page -> page.at("rooms", "join", room.value(), "ephemeral")
          .toString()
          .contains(bot.user().value()));
      SendStatus failed = new SendStatus(
          SendStatus.Outcome.FAIL_PERMANENT,
          Optional.of(SendStatus.Reason.TOO_OLD),
          Optional.of("too old"),
          event,
          "Meshtastic");
      homeserver.tellStatus(room, fresh(), failed);
      JsonObject last = owner.history(room.value(), 1).get(0);
      assertEquals("com.beeper.message_send_status", last.get("type").getAsString());
      JsonObject expected = json("""
          {'network': 'Meshtastic', 'status': 'FAIL_PERMANENT', 'reason': 'm.event_too_old',
           'message': 'too old', 'm.mentions': {},
           'm.relates_to': {'rel_type': 'm.reference', 'event_id': '%s'}}""".formatted(event));
      assertEquals(expected, last.getAsJsonObject("content"));
    }
  }

  @Test
  default void portARoomOfTwoIsMadeAndMoreAreInvited(@TempDir Path directory) throws Exception {
    ContractUser maria = ContractUser.fresh(server());
    ContractUser paul = ContractUser.fresh(server());
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      RoomId room = homeserver.createRoom(
          new NewRoom("Bob", "Direct messages of Bob", List.of(new UserId(maria.id()))));
      assertFalse(homeserver.isEncrypted(room));
      assertEquals("403 M_FORBIDDEN", paul.join(room.value()).error());
      maria.join(room.value()).ok();
      homeserver.invite(room, new UserId(paul.id()));
      paul.join(room.value()).ok();
      assertThrows(
          MatrixException.Forbidden.class, () -> homeserver.invite(room, new UserId(paul.id())));
      assertEquals("Bob", maria.state(room.value(), "m.room.name", "").ok().text("name"));
    }
  }

  @Test
  default void portPowersAreReadFromTheState(@TempDir Path directory) throws Exception {
    ContractUser owner = ContractUser.fresh(server());
    RoomId room = room(owner);
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      UserId creator = new UserId(owner.id());
      assertThrows(MatrixException.Forbidden.class, () -> homeserver.powerLevel(room, creator));
      homeserver.join(room.value(), List.of());
      assertEquals(100, homeserver.powerLevel(room, creator));
      assertEquals(0, homeserver.powerLevel(room, bot.user()));
      JsonObject levels =
          owner.state(room.value(), "m.room.power_levels", "").ok().body();
      levels.getAsJsonObject("users").addProperty(bot.user().value(), 50);
      levels.addProperty("users_default", 5);
      owner.putState(room.value(), "m.room.power_levels", levels).ok();
      assertEquals(50, homeserver.powerLevel(room, bot.user()));
      assertEquals(5, homeserver.powerLevel(room, new UserId("@nobody:localhost")));
    }
  }

  @Test
  default void portCreatorsOfVersionTwelveStandAboveAllLevels(@TempDir Path directory)
      throws Exception {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser partner = ContractUser.fresh(server());
    JsonObject wish = json("""
        {'preset': 'public_chat', 'room_version': '12',
         'creation_content': {'additional_creators': ['%s']}}""".formatted(partner.id()));
    RoomId room = new RoomId(owner.post("/createRoom", wish).ok().text("room_id"));
    assertFalse(room.value().contains(":"));
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      homeserver.join(room.value(), List.of());
      assertEquals(Integer.MAX_VALUE, homeserver.powerLevel(room, new UserId(owner.id())));
      assertEquals(Integer.MAX_VALUE, homeserver.powerLevel(room, new UserId(partner.id())));
      assertEquals(0, homeserver.powerLevel(room, bot.user()));
      EventId said = homeserver.send(room, fresh(), MessageContent.notice("x"));
      String path =
          ContractUser.room(room.value()) + "/redact/" + ContractUser.enc(said.value()) + "/1";
      owner.put(path, new JsonObject()).ok();
    }
  }
}
