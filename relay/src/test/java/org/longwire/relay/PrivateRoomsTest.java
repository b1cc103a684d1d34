package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.Failure;
import org.longwire.matrix.sim.RequestKind;
import org.longwire.relay.queue.DirectRoom;
import org.longwire.relay.queue.Fate;

/** Private rooms between one person and one node: opened, used, kept over a restart, closed. */
class PrivateRoomsTest extends SteppedRelayTest {
  private static final String ON = "direct { enabled = true }\ncommands.roles.dm = everyone\n";

  private String configured() {
    return "direct { enabled = true, rooms = [ { user = \"%s\", node = \"%s\" } ] }\n"
        .formatted(world.maria, world.ridge.id());
  }

  private List<DirectRoom> rooms() throws Exception {
    return relay.ledger.directRooms().all();
  }

  private RoomId only() throws Exception {
    assertEquals(1, rooms().size(), () -> world.shown().toString());
    return rooms().get(0).room();
  }

  private RoomId entered() throws Exception {
    RoomId room = only();
    world.server.join(room, world.maria);
    relay.seconds(5);
    return room;
  }

  private String membership(RoomId room, UserId user) {
    return world.server.room(room).membership(user);
  }

  @Test
  void aConfiguredRoomIsOpenedOnceAndCarriesBothWays() throws Exception {
    start(configured());
    relay.seconds(10);
    RoomId room = entered();
    world.ridge.whispers(TestWorld.NODE, "only for you");
    world.server.userSays(room, world.maria, "and for you");
    relay.minutes(1);
    assertTrue(world.shown(room).get(0).contains("only for you"), world.shown(room)::toString);
    assertEquals(List.of(), world.shown());
    assertTrue(world.heard().get(0).contains("and for you"), world.heard()::toString);
    relay = relay.restart();
    relay.minutes(1);
    assertEquals(room, only());
    world.ridge.whispers(TestWorld.NODE, "still there?");
    relay.minutes(1);
    assertTrue(world.shown(room).get(1).contains("still there?"), world.shown(room)::toString);
  }

  @Test
  void theAcknowledgementOfTheNodeIsShownWithoutMarksElsewhere() throws Exception {
    start(configured());
    relay.seconds(10);
    RoomId room = entered();
    world.server.userSays(room, world.maria, "for you");
    world.says("for all");
    relay.minutes(2);
    List<String> marks = world.server.room(room).events().stream()
        .filter(event -> event.type().equals("m.reaction"))
        .flatMap(event -> event.text("m.relates_to", "key").stream())
        .toList();
    assertTrue(marks.contains("✅"), marks::toString);
    assertTrue(
        world.server.room(world.room).events().stream()
            .noneMatch(event -> event.type().equals("m.reaction")),
        "interactions.marks is off");
  }

  @Test
  void aCommandOpensOneAndAskingAgainDoesNot() throws Exception {
    start(ON);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    RoomId room = only();
    assertEquals("invite", membership(room, world.maria));
    assertTrue(world.shown().get(0).contains("private room with Ridge"), world.shown()::toString);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    assertEquals(room, only());
    assertEquals(List.of(), world.heard());
  }

  @Test
  void nobodyElseGetsARoomWithTheSameNode() throws Exception {
    start(ON);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    world.server.userSays(world.room, world.tom, "longwire: !dm ridge");
    relay.seconds(10);
    assertEquals(world.maria, rooms().get(0).person());
    only();
  }

  @Test
  void aRoomThatIsConfiguredTakesTheNodeFromWhoAskedForIt() throws Exception {
    start(ON);
    world.server.userSays(world.room, world.tom, "longwire: !dm ridge");
    relay.seconds(10);
    RoomId asked = only();
    world.server.join(asked, world.tom);
    relay.seconds(5);
    startAgain(configured());
    assertEquals(world.maria, rooms().get(0).person());
    assertEquals("leave", membership(asked, world.bot));
    assertTrue(world.shown(asked).get(0).contains("given this node to somebody else"));
    RoomId room = entered();
    world.ridge.whispers(TestWorld.NODE, "only for Maria");
    relay.minutes(1);
    assertTrue(world.shown(room).get(0).contains("only for Maria"), world.shown(room)::toString);
    assertEquals(1, world.shown(asked).size(), world.shown(asked)::toString);
  }

  @Test
  void anAdministratorMayEndAnybodysRoom() throws Exception {
    start(ON + "commands.admins = [ \"%s\" ]\n".formatted(world.tom));
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    RoomId room = entered();
    world.says("longwire: !undm ridge");
    relay.seconds(10);
    assertEquals(room, only());
    assertEquals("!undm is for administrators", world.shown().get(1));
    world.server.userSays(world.room, world.tom, "longwire: !undm ridge");
    relay.seconds(10);
    assertEquals(List.of(), rooms());
    assertEquals("the private room with !5e1f0001 is closed", world.shown().get(2));
    assertEquals(
        List.of("This private room was closed by an administrator of the relay."),
        world.shown(room));
    world.server.userSays(world.room, world.tom, "longwire: !undm ridge");
    relay.seconds(10);
    assertEquals("nobody has a private room with !5e1f0001", world.shown().get(3));
  }

  @Test
  void whereThePersonIsTheMightiestTheyEndNoRoomOfOthers() throws Exception {
    start(ON);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    world.server.userSays(world.room, world.tom, "longwire: !dm valley");
    relay.seconds(10);
    RoomId room = rooms().get(0).room();
    world.server.join(room, world.maria);
    world.server.userSays(room, world.maria, "!undm valley");
    relay.seconds(10);
    assertEquals(List.of("!undm is for administrators"), world.shown(room));
    assertEquals(2, rooms().size());
  }

  @Test
  void aRelayThatOnlyListensOpensNoneAndSaysWhy() throws Exception {
    start(ON + "mesh.broadcast = off\n");
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    assertEquals(List.of(), rooms());
    assertTrue(world.shown().get(0).contains("only listens"), world.shown()::toString);
  }

  @Test
  void switchedOffLaterTheyAreClosedAtTheNextStart() throws Exception {
    start(ON);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    RoomId room = entered();
    startAgain("direct { enabled = false }\n");
    assertEquals(List.of(), rooms());
    assertEquals("leave", membership(room, world.bot));
    assertTrue(world.shown(room).get(0).contains("were switched off here"));
    relay = relay.restart();
    relay.minutes(1);
    assertEquals(1, world.shown(room).size(), world.shown(room)::toString);
  }

  @Test
  void whatWaitsForARoomThatIsClosedIsTakenBack() throws Exception {
    start(ON);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    RoomId room = entered();
    world.server.faults().failNext(RequestKind.SEND, 100, Failure.html(502));
    world.ridge.whispers(TestWorld.NODE, "too late");
    relay.seconds(5);
    assertEquals(1, relay.waiting());
    world.server.leave(room, world.maria);
    relay.seconds(30);
    world.server.faults().heal();
    relay.minutes(5);
    assertEquals(List.of(), rooms());
    assertEquals(0, relay.waiting());
    assertEquals(List.of(), world.shown(room));
    assertTrue(
        relay.settled().stream()
            .anyMatch(line -> line.fate() == Fate.FILTERED
                && line.reason().equals("the private room was closed")),
        relay.settled()::toString);
  }

  private void startAgain(String more) throws Exception {
    relay.close();
    start(more);
    relay.minutes(1);
  }

  @Test
  void theRelaysOwnNodeIsRefused() throws Exception {
    start(ON);
    world.says("longwire: !dm " + TestWorld.NODE);
    relay.seconds(10);
    assertEquals(List.of(), rooms());
  }

  @Test
  void whoLeavesIsLeftAlone() throws Exception {
    start(ON);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    RoomId room = entered();
    world.server.leave(room, world.maria);
    relay.seconds(10);
    assertEquals(List.of(), rooms());
    assertEquals("leave", membership(room, world.bot));
    world.ridge.whispers(TestWorld.NODE, "too late");
    relay.minutes(1);
    assertEquals(List.of(), world.shown(room));
    assertEquals(0, relay.waiting());
  }

  @Test
  void anInvitationThatIsDeclinedIsNotRepeated() throws Exception {
    start(configured());
    relay.seconds(10);
    RoomId room = only();
    world.server.leave(room, world.maria);
    relay.minutes(60);
    assertEquals(List.of(), rooms());
  }

  @Test
  void whoLeftWhileTheRelayWasDownIsLeftAloneToo() throws Exception {
    start(ON);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    RoomId room = entered();
    relay.close();
    world.server.leave(room, world.maria);
    relay = new SteppedRelay(world, relay.config);
    relay.minutes(1);
    assertEquals(List.of(), rooms());
  }

  @Test
  void theRelayPutOutForgetsTheRoom() throws Exception {
    start(ON);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    RoomId room = entered();
    relay.close();
    world.server.leave(room, world.bot);
    relay = new SteppedRelay(world, relay.config);
    relay.minutes(30);
    assertEquals(List.of(), rooms());
  }

  @Test
  void closingItIsOneWord() throws Exception {
    start(ON);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    RoomId room = entered();
    world.server.userSays(room, world.maria, "!close");
    relay.seconds(10);
    assertEquals(List.of(), rooms());
    assertEquals(List.of("This private room is closed."), world.shown(room));
    String farewell = world.server.room(room).messages().get(1).content().replace(" ", "");
    assertTrue(farewell.contains("\"mmrelay_suppress\":1"), farewell);
    assertEquals(0, relay.waiting());
    assertEquals(List.of(), world.heard());
    assertFate(Fate.FILTERED, "command: close", "!close");
  }

  @Test
  void inAPrivateRoomAnUnknownCommandIsNotTransmitted() throws Exception {
    start(ON);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    RoomId room = entered();
    world.server.userSays(room, world.maria, "!clsoe");
    relay.seconds(10);
    assertTrue(world.shown(room).get(0).contains("did you mean \"!close\"?"));
    assertEquals(List.of(), world.heard());
  }

  @Test
  void thePersonCannotBringAnybodyIn() throws Exception {
    start(ON);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    RoomId room = entered();
    assertThrows(
        IllegalStateException.class, () -> world.server.invite(room, world.maria, world.tom));
  }

  @Test
  void aThirdMemberEndsItBeforeTheyHearAnything() throws Exception {
    start(ON);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    RoomId room = entered();
    world.server.invite(room, world.bot, world.tom);
    world.server.join(room, world.tom);
    world.server.userSays(room, world.tom, "let me in");
    relay.seconds(10);
    world.ridge.whispers(TestWorld.NODE, "only for Maria");
    relay.minutes(1);
    assertEquals(List.of(), rooms());
    assertEquals(List.of(), world.heard());
    assertEquals(1, world.shown(room).size(), world.shown(room)::toString);
    assertTrue(world.shown(room).get(0).contains("somebody else was asked in"));
  }

  @Test
  void aServerThatEncryptsNewRoomsGetsNone() throws Exception {
    start(ON);
    world.server.encryptNewRooms();
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    assertEquals(List.of(), rooms());
    assertTrue(world.shown().get(0).contains("encrypts every new room"), world.shown()::toString);
  }

  @Test
  void aRoomThatIsEncryptedLaterGetsNothingInTheClear() throws Exception {
    start(ON);
    world.says("longwire: !dm ridge");
    relay.seconds(10);
    RoomId room = entered();
    world.server.enableEncryption(room);
    relay.seconds(5);
    world.ridge.whispers(TestWorld.NODE, "a secret");
    relay.minutes(1);
    assertEquals(List.of(), rooms());
    assertEquals(List.of(), world.shown(room));
  }

  @Test
  void aRoomThatCannotBeMadeNowIsMadeLater() throws Exception {
    world.server.faults().failNext(RequestKind.ROOM_ADMIN, 1, Failure.html(502));
    start(configured());
    relay.seconds(10);
    assertEquals(List.of(), rooms());
    relay.minutes(15);
    only();
  }

  @Test
  void aCrashLeavesNoSecondPortal() throws Exception {
    start(configured());
    relay.seconds(10);
    RoomId room = only();
    relay = relay.crash();
    relay.minutes(1);
    assertEquals(room, only());
  }
}
