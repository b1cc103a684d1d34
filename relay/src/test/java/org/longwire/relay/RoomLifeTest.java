package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.sim.Failure;
import org.longwire.matrix.sim.RequestKind;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.run.StatusBoard.Health;

/** L1, L3 and L5 through the life of a room: kicks, bans, upgrades, encryption. */
class RoomLifeTest extends SteppedRelayTest {
  private static final String ROOM = "room #mesh:localhost";

  @Test
  void whoIsPutOutWaitsAndIsHeardInOrderWhenInvitedAgain() throws Exception {
    start();
    world.ridge.says("before");
    relay.seconds(5);
    world.server.kick(world.room, world.bot, "too loud");
    world.server.putState(world.room, "m.room.join_rules", "{\"join_rule\":\"invite\"}");
    world.ridge.says("outside 1");
    relay.seconds(30);
    world.ridge.says("outside 2");
    relay.minutes(90);
    assertEquals(List.of("[RDG] before"), world.shown());
    assertEquals(2, relay.waiting());
    assertEquals(Health.FAILED, relay.says(ROOM).orElseThrow().health());
    world.server.invite(world.room, world.bot);
    relay.minutes(2);
    assertEquals(List.of("[RDG] before", "[RDG] outside 1", "[RDG] outside 2"), texts());
    assertEquals(Health.OK, relay.says(ROOM).orElseThrow().health());
    assertAllDelivered();
  }

  private List<String> texts() {
    return texts(world.room);
  }

  private List<String> texts(RoomId room) {
    return world.shown(room).stream()
        .map(text -> text.replaceAll(" \\(heard [^)]*\\)", ""))
        .toList();
  }

  @Test
  void aBanIsNamedAndItsMessagesExpireInTheEnd() throws Exception {
    relay = SteppedRelay.start(
        world,
        TestConfig.usual(world).replaceFirst("password-file", "max-age = 2h, password-file"),
        "state");
    world.server.ban(world.room, world.bot, "spam\nand lies");
    relay.seconds(10);
    world.ridge.says("to nobody");
    relay.seconds(10);
    String sentence = relay.sentence(ROOM);
    assertTrue(sentence.contains("banned") && sentence.contains("spam and lies"), sentence);
    relay.pass(Duration.ofHours(3));
    assertFate(Fate.EXPIRED, "waited too long", "to nobody");
    assertEquals(List.of(), world.shown());
  }

  @Test
  void oneShutRoomHoldsUpNoOther() throws Exception {
    RoomId other = world.server.createRoom("other");
    relay = SteppedRelay.start(
        world,
        TestConfig.usual(world) + "bridges += { room = \"#other:localhost\", channel = 0 }\n",
        "state");
    world.server.kick(world.room, world.bot, "");
    world.server.putState(world.room, "m.room.join_rules", "{\"join_rule\":\"invite\"}");
    world.ridge.says("to all");
    relay.seconds(10);
    assertEquals(List.of("[RDG] to all"), world.shown(other));
    assertEquals(1, relay.waiting());
  }

  @Test
  void anUpgradeIsFollowedWhileItHappens() throws Exception {
    start();
    world.ridge.says("old room");
    relay.seconds(5);
    RoomId next = world.server.upgrade(world.room);
    relay.seconds(5);
    world.ridge.says("new room");
    world.server.join(next, world.maria);
    world.server.userSays(next, world.maria, "follow me");
    relay.seconds(30);
    assertEquals(List.of("[RDG] old room"), world.shown());
    assertEquals(List.of("[RDG] new room"), world.shown(next));
    assertEquals(List.of("maria: follow me"), world.heard());
    assertAllDelivered();
  }

  /** An upgraded room refuses what was under way; the refusal may be slower than the sync. */
  @Test
  void aRefusalOfTheOldRoomThatComesLateShutsNotTheNewOne() throws Exception {
    start();
    RoomId next = world.server.upgrade(world.room);
    relay.seconds(5);
    relay.keeper.park(new Address.Room("#mesh:localhost"), world.room, "refused");
    world.ridge.says("new room");
    relay.seconds(5);
    assertEquals(List.of("[RDG] new room"), world.shown(next));
    relay.keeper.park(new Address.Room("#mesh:localhost"), next, "refused");
    world.ridge.says("waits");
    relay.seconds(5);
    assertEquals(1, relay.waiting());
  }

  @Test
  void anUpgradeDuringADowntimeIsFollowedAtTheNextStart() throws Exception {
    relay = SteppedRelay.start(
        world, TestConfig.usual(world).replace("#mesh:localhost", world.room.value()), "state");
    relay.close();
    RoomId next = world.server.upgrade(world.room);
    world.ridge.says("kept by the node");
    relay = relay.restart().seconds(30);
    world.ridge.says("new room");
    relay.seconds(10);
    assertEquals(List.of(), world.shown());
    assertEquals(List.of("[RDG] kept by the node", "[RDG] new room"), texts(next));
    assertAllDelivered();
  }

  /** The page with the tombstone is accepted; the room it names cannot be entered yet. */
  @Test
  void anUpgradeThatCannotBeFollowedAtOnceIsFollowedLater() throws Exception {
    start();
    world.server.faults().failNext(RequestKind.JOIN, 3, Failure.html(502));
    RoomId next = world.server.upgrade(world.room);
    relay.seconds(5);
    world.ridge.says("in between");
    relay.minutes(10);
    assertEquals(List.of("[RDG] in between"), texts(next));
    assertAllDelivered();
  }

  @Test
  void aRoomThatBecomesEncryptedGetsNothingInTheClear() throws Exception {
    start();
    world.ridge.says("open words");
    relay.seconds(5);
    world.server.enableEncryption(world.room);
    relay.seconds(5);
    world.ridge.says("secret words");
    relay.pass(Duration.ofHours(3));
    assertEquals(List.of("[RDG] open words"), world.shown());
    assertEquals(1, relay.waiting());
    assertTrue(relay.sentence(ROOM).contains("encrypted"), relay.sentence(ROOM));
    relay = relay.crash().minutes(5);
    assertEquals(List.of("[RDG] open words"), world.shown());
  }

  @Test
  void aRoomThatWasEncryptedDuringADowntimeGetsNothingInTheClear() throws Exception {
    start();
    world.server.down();
    world.ridge.says("secret words");
    relay.seconds(5);
    relay.close();
    world.server.up();
    world.server.enableEncryption(world.room);
    relay = relay.restart().minutes(5);
    assertEquals(List.of(), world.shown());
    assertEquals(1, relay.waiting());
  }

  /** L2: a room that cannot be found for a while is read back when it is found. */
  @Test
  void aRoomThatIsFoundOnlyLaterMissesNothing() throws Exception {
    start();
    world.says("known");
    relay.seconds(10);
    relay.close();
    world.says("while down");
    world.server.faults().failNext(RequestKind.ALIAS, 3, Failure.html(502));
    relay = relay.restart().seconds(10);
    world.says("while blind");
    relay.minutes(10);
    assertEquals(List.of("maria: known", "maria: while down", "maria: while blind"), world.heard());
    assertAllDelivered();
  }

  @Test
  void anInvitationToAnyOtherRoomIsDeclined() throws Exception {
    start();
    RoomId trap = world.server.createPrivateRoom("trap");
    world.server.invite(trap, world.bot);
    relay.seconds(10);
    assertEquals("leave", world.server.room(trap).membership(world.bot));
  }

  @Test
  void whoWasPutOutDoesNotComeBackUnasked() throws Exception {
    start();
    relay.seconds(5);
    world.server.kick(world.room, world.bot, "");
    relay.pass(Duration.ofHours(3));
    assertEquals("leave", world.server.room(world.room).membership(world.bot));
  }
}
