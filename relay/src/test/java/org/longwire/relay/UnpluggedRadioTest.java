package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.radio.sim.NodeSettings;
import org.longwire.relay.run.StatusBoard.Health;

class UnpluggedRadioTest extends SteppedRelayTest {
  /** L4, L5, L8: what the room says meanwhile waits, and is heard once and in order. */
  @Test
  void tenMinutesWithoutARadioLoseNothingOfTheRoom() throws Exception {
    start();
    world.cable.pull();
    List<String> said = TestWorld.numbered("wait for it", 10);
    for (String text : said) {
      world.says(text);
      relay.minutes(1);
    }
    assertEquals(List.of(), world.heard());
    assertEquals(10, relay.waiting());
    assertEquals(Health.WAITING, relay.says("radio main").orElseThrow().health());
    world.cable.plug();
    relay.minutes(2);
    assertEquals(said.stream().map(text -> "maria: " + text).toList(), world.heard());
    assertAllDelivered();
    assertEquals(Health.OK, relay.says("radio main").orElseThrow().health());
  }

  /** L1: what the node kept for us meanwhile reaches the room; L6: within seconds. */
  @Test
  void whatTheNodeKeptMeanwhileReachesTheRoomInOrder() throws Exception {
    world.close();
    world = new TestWorld(directory, new NodeSettings(TestWorld.NODE).forgiving(true));
    start();
    world.cable.pull();
    relay.minutes(1);
    TestWorld.numbered("kept", 8).forEach(world.ridge::says);
    relay.minutes(9);
    world.cable.plug();
    relay.minutes(2);
    assertEquals(
        TestWorld.numbered("kept", 8).stream().map(text -> "[RDG] " + text).toList(),
        world.shown().stream()
            .map(text -> text.replaceAll(" \\(heard [0-9:]+\\)", ""))
            .toList());
    assertAllDelivered();
  }

  /** L4: a cable pulled while a text is in flight repeats its id, which the node knows. */
  @Test
  void aCablePulledInMidSendMakesNoSecondCopy() throws Exception {
    start();
    world.cable.deafen(true);
    world.says("in flight");
    relay.seconds(2);
    assertEquals(List.of("maria: in flight"), world.heard());
    world.cable.pull();
    relay.seconds(5);
    world.cable.plug();
    world.cable.deafen(false);
    relay.minutes(2);
    assertEquals(List.of("maria: in flight"), world.heard());
    assertEquals(1, world.firstCopiesOnAir());
    assertAllDelivered();
  }

  /** L4: nobody knows whether the node has it, so it gets the same id once more. */
  @Test
  void aCrashBeforeTheNodesAnswerMakesNoSecondCopy() throws Exception {
    start();
    world.cable.deafen(true);
    world.says("one of a kind");
    relay.seconds(2);
    assertEquals(List.of("maria: one of a kind"), world.heard());
    world.cable.deafen(false);
    relay = relay.crash().minutes(2);
    assertEquals(List.of("maria: one of a kind"), world.heard());
    assertEquals(1, world.firstCopiesOnAir());
    assertAllDelivered();
  }

  /** L4, L8: the texts behind a node that swallows one in silence still go. */
  @Test
  void aNodeThatAnswersNothingIsAskedOnceMoreUnderTheSameId() throws Exception {
    start();
    world.cable.interpret(
        message -> NodeWords.statusOf(message).isPresent() || NodeWords.isRouting(message)
            ? new byte[0]
            : message);
    world.says("hello?");
    world.says("still there?");
    relay.minutes(2);
    assertEquals(List.of("maria: hello?", "maria: still there?"), world.heard());
    assertEquals(2, world.firstCopiesOnAir());
    assertAllDelivered();
  }

  /** L1, L7: damage on the line costs what it damaged and nothing that follows. */
  @Test
  void garbageAndConsoleTextOnTheLineHideNoMessage() throws Exception {
    world.close();
    world = new TestWorld(directory, new NodeSettings(TestWorld.NODE).withConsoleText(true));
    start();
    byte[] garbage = new byte[700];
    world.random.nextBytes(garbage);
    for (int i = 1; i <= 20; i++) {
      world.cable.disturb(i % 2 == 0 ? garbage : new byte[] {(byte) 0x94, (byte) 0xc3, 1, 0x20});
      world.cable.disturb("\u001b[31mERROR | ??:??:?? 17 [Router] something\u001b[0m\r\n");
      world.node.console("DEBUG | 10:00:00 99 [Power] battery fine\r\n");
      world.ridge.says("clear " + i);
      relay.seconds(5);
    }
    relay.minutes(1);
    assertEquals(
        TestWorld.numbered("clear", 20).stream().map(text -> "[RDG] " + text).toList(),
        world.shown());
    assertAllDelivered();
  }

  /** L4: a rebooted node has forgotten what it had; what was handed over before is not repeated. */
  @Test
  void aRebootOfTheNodeRepeatsNothingThatWasHandedOver() throws Exception {
    start();
    world.says("before the reboot");
    relay.seconds(5);
    world.node.reboot(Duration.ofSeconds(10));
    world.says("during the reboot");
    relay.minutes(6);
    assertEquals(List.of("maria: before the reboot", "maria: during the reboot"), world.heard());
    assertAllDelivered();
    assertTrue(world.node.isInSession());
  }
}
