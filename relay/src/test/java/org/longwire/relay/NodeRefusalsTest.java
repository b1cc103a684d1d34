package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.longwire.radio.sim.NodeSettings;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.TraceEntry;
import org.longwire.relay.run.StatusBoard.Health;

/** L4, L5 and L8 when the node says no. */
class NodeRefusalsTest extends SteppedRelayTest {
  private static final List<String> THREE = List.of("maria: one", "maria: two", "maria: three");

  /** A node that wants more time between texts than the relay gives it at first. */
  private void startHasty() throws Exception {
    world.close();
    world = new TestWorld(
        directory, new NodeSettings(TestWorld.NODE).withTextGap(Duration.ofMillis(2_900)));
    start();
    relay.seconds(5);
  }

  private void sayThree() {
    List.of("one", "two", "three").forEach(world::says);
  }

  private String history(String text) throws Exception {
    return relay.only(text).deliveries().get(0).history().toString();
  }

  @Test
  void aTextThatComesTooSoonGoesAgainUnderANewId() throws Exception {
    startHasty();
    sayThree();
    relay.minutes(1);
    assertEquals(THREE, world.heard());
    assertTrue(
        (history("one") + history("two") + history("three")).contains("renewed"),
        "no refusal came; the test shows nothing");
    assertAllDelivered();
  }

  /** The refusal comes when the text has counted as delivered for long. */
  @Test
  void aRefusalThatComesLatePutsTheTextBackInItsPlace() throws Exception {
    startHasty();
    AtomicInteger late = new AtomicInteger();
    world.cable.interpret(message -> {
      if (NodeWords.isRouting(message) && late.incrementAndGet() <= 2) {
        world.later(Duration.ofSeconds(1), () -> world.cable.disturb(NodeWords.frame(message)));
        return new byte[0];
      }
      return message;
    });
    sayThree();
    relay.minutes(1);
    assertEquals(
        List.of("maria: one", "maria: three", "maria: two").stream().sorted().toList(),
        world.heard().stream().sorted().toList());
    assertTrue(history("two").contains("handed over"), history("two"));
    assertTrue(history("two").contains("renewed"), history("two"));
    assertAllDelivered();
  }

  @Test
  void aFullQueueIsWaitedOutUnderANewId() throws Exception {
    start();
    refuseOnce(32);
    world.ridge.listens(false);
    world.valley.listens(false);
    sayThree();
    relay.seconds(10);
    // Nobody heard the first copy: to us it is as if it had never gone out.
    world.ridge.listens(true);
    relay.minutes(2);
    assertEquals(THREE, world.heard());
    assertAllDelivered();
  }

  /** With want_ack a packet that found no room may go out on the node's own retry. */
  @Test
  void aTextThatGoesOutAfterAllIsNotSentAgain() throws Exception {
    start();
    refuseOnce(32);
    sayThree();
    relay.minutes(2);
    assertEquals(THREE, world.heard());
    assertEquals(3, world.firstCopiesOnAir());
    TraceEntry.TraceDelivery one = relay.only("one").deliveries().get(0);
    assertNotEquals(one.token(), one.remoteId());
    assertAllDelivered();
  }

  /** The first queue status about a packet says this instead. */
  private void refuseOnce(int result) {
    AtomicInteger said = new AtomicInteger();
    world.cable.interpret(message -> NodeWords.statusOf(message)
        .filter(id -> said.getAndIncrement() == 0)
        .map(id -> NodeWords.queueStatus(result, id))
        .orElse(message));
  }

  @Test
  void aNodeThatMayNotSendKeepsTheTextsWaitingAndIsNamed() throws Exception {
    start("mesh { max-age = 1d }\n");
    world.node.setTxEnabled(false);
    sayThree();
    relay.minutes(30);
    assertEquals(List.of(), world.heard());
    assertEquals(3, relay.waiting());
    assertEquals(Health.FAILED, relay.says("mesh sender main").orElseThrow().health());
    assertTrue(relay.sentence("mesh sender main").contains("region"));
    world.node.setTxEnabled(true);
    relay.minutes(3);
    assertEquals(THREE, world.heard());
    assertAllDelivered();
    assertEquals(Optional.empty(), relay.says("mesh sender main"));
  }

  @Test
  void anHourWithoutAirtimeIsWaitedOut() throws Exception {
    start("mesh { max-age = 1d }\n");
    world.node.setDutyCycleSpent(true);
    sayThree();
    relay.minutes(40);
    assertEquals(List.of(), world.heard());
    assertEquals(Health.WAITING, relay.says("mesh sender main").orElseThrow().health());
    world.node.setDutyCycleSpent(false);
    relay.minutes(5);
    assertEquals(THREE, world.heard());
    assertAllDelivered();
  }

  @Test
  void aChannelThatTheNodeLacksRefusesTheTextForGood() throws Exception {
    relay = SteppedRelay.start(
        world, TestConfig.usual(world).replace("channel = 0", "channel = 5"), "state");
    world.says("into the void");
    relay.minutes(1);
    assertFate(
        Fate.REFUSED, "the node has no such channel: check the channel of the bridge", "void");
    assertEquals(List.of(), world.heard());
  }
}
