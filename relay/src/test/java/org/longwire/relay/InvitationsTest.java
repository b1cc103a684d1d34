package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.sim.Failure;
import org.longwire.matrix.sim.RequestKind;
import org.longwire.relay.queue.Address;

/**
 * Who invites the relay writes the invitation: it is believed no further than it can be checked.
 */
class InvitationsTest extends SteppedRelayTest {
  private RoomId invite(String alias) {
    RoomId trap = world.server.createPrivateRoom("trap");
    world.server.putState(trap, "m.room.canonical_alias", "{\"alias\":\"" + alias + "\"}");
    world.server.invite(trap, world.bot);
    return trap;
  }

  private String membership(RoomId room) {
    return world.server.room(room).membership(world.bot);
  }

  @Test
  void aForgedNameTakesOverNoOpenBridge() throws Exception {
    start();
    RoomId trap = invite("#mesh:localhost");
    relay.seconds(10);
    world.ridge.says("for the room");
    relay.seconds(10);
    assertEquals("leave", membership(trap));
    assertEquals(List.of(), world.shown(trap));
    assertEquals(List.of("[RDG] for the room"), world.shown());
  }

  @Test
  void aForgedNameTakesOverNoShutBridge() throws Exception {
    start();
    world.server.kick(world.room, world.bot, "");
    relay.seconds(10);
    RoomId trap = invite("#mesh:localhost");
    relay.seconds(10);
    world.ridge.says("for the room");
    relay.minutes(5);
    assertEquals("leave", membership(trap));
    assertEquals(List.of(), world.shown(trap));
    assertEquals(1, relay.waiting());
  }

  @Test
  void aNameThatItsServerConfirmsIsBelieved() throws Exception {
    relay = SteppedRelay.start(
        world, TestConfig.usual(world).replace("#mesh:localhost", "#trap:localhost"), "state");
    RoomId room = invite("#trap:localhost");
    relay.seconds(10);
    world.ridge.says("welcome");
    relay.seconds(10);
    assertEquals(List.of("[RDG] welcome"), world.shown(room));
  }

  @Test
  void anInvitationThatCannotBeDeclinedAtOnceIsDeclinedLater() throws Exception {
    start();
    world.server.faults().failNext(RequestKind.LEAVE, 1, Failure.html(502));
    RoomId trap = invite("#nope:localhost");
    relay.seconds(10);
    assertEquals("invite", membership(trap));
    relay.minutes(3);
    assertEquals("leave", membership(trap));
  }

  /** The refusal of our words may come before the news of the kick. */
  @Test
  void whoWasPutOutWhileSpeakingDoesNotComeBackUnasked() throws Exception {
    start();
    world.server.kick(world.room, world.bot, "");
    relay.keeper.park(new Address.Room("#mesh:localhost"), world.room, "refused");
    relay.pass(Duration.ofHours(3));
    assertEquals("leave", membership(world.room));
    world.server.invite(world.room, world.bot);
    relay.seconds(10);
    assertEquals("join", membership(world.room));
  }

  /** The sender may reach the server again before the sync tells what happened meanwhile. */
  @Test
  void aRoomThatWasEncryptedDuringAnOutageGetsNothingInTheClear() throws Exception {
    start();
    world.server.faults().failNext(RequestKind.SYNC, 1_000, Failure.html(502));
    relay.minutes(1);
    world.server.enableEncryption(world.room);
    world.ridge.says("secret words");
    relay.minutes(1);
    assertEquals(List.of(), world.shown());
    world.server.faults().heal();
    relay.minutes(10);
    assertEquals(List.of(), world.shown());
    assertEquals(1, relay.waiting());
  }

  @Test
  void whatWaitedForAnOutageToEndIsSaidWhenAllIsWell() throws Exception {
    start();
    world.server.down();
    world.ridge.says("patience");
    relay.minutes(2);
    world.server.up();
    relay.minutes(10);
    assertEquals(1, world.shown().size(), world.shown()::toString);
    assertAllDelivered();
  }

  @Test
  void aRoomThatWasEncryptedWhileTheServerWasDownGetsNothingInTheClear() throws Exception {
    start();
    world.server.down();
    world.ridge.says("secret words");
    relay.minutes(2);
    world.server.enableEncryption(world.room);
    world.server.up();
    relay.minutes(10);
    assertEquals(List.of(), world.shown());
    assertEquals(1, relay.waiting());
  }
}
