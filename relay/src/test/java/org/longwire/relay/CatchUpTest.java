package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.sim.Failure;
import org.longwire.matrix.sim.RequestKind;
import org.longwire.relay.queue.Fate;

/** L2, L4, L5, L8: what was said in the room while the relay could not listen. */
class CatchUpTest extends SteppedRelayTest {
  private static final String PATIENT = "mesh { max-age = 2d }\n";

  private static List<String> heardAs(List<String> texts) {
    return texts.stream().map(text -> "maria: " + text).toList();
  }

  /** The same with bigger limits for what is caught up. */
  private void startPatient(String backlog) throws Exception {
    String text = TestConfig.usual(world)
        .replaceFirst(
            "password-file = (\"[^\"]*\")", "password-file = $1, max-backlog { " + backlog + " }");
    relay = SteppedRelay.start(world, text + PATIENT, "state");
  }

  private List<String> notices() {
    return world.shown().stream().filter(text -> !text.startsWith("[")).toList();
  }

  @Test
  void theFirstStartRelaysNoHistory() throws Exception {
    world.says("long ago");
    start();
    relay.minutes(1);
    assertEquals(List.of(), world.heard());
    world.says("now");
    relay.minutes(1);
    assertEquals(List.of("maria: now"), world.heard());
    assertEquals(List.of(), world.shown());
  }

  @Test
  void whatWasSaidDuringADowntimeIsHeardInOrder() throws Exception {
    start();
    relay.close();
    List<String> said = TestWorld.numbered("while you were out", 5);
    said.forEach(world::says);
    world.tick(Duration.ofMinutes(5));
    relay = relay.restart().minutes(2);
    assertEquals(heardAs(said), world.heard());
    assertEquals(List.of(), notices());
    assertAllDelivered();
  }

  @Test
  void aGapOfFiveHundredEventsIsClosedInOrderWithoutLoss() throws Exception {
    startPatient("age = 2d, events = 1000");
    List<String> said = TestWorld.numbered("many words", 500);
    world.server.userSaysAtOnce(world.room, world.maria, said);
    relay.pass(Duration.ofHours(6));
    assertEquals(heardAs(said), world.heard());
    assertEquals(List.of(), notices());
    assertAllDelivered();
  }

  /** The crash comes when the gap is known and not yet read to its end. */
  @Test
  void aCrashInTheMiddleOfAGapLosesAndDoublesNothing() throws Exception {
    startPatient("age = 2d, events = 1000");
    List<String> said = TestWorld.numbered("torn", 230);
    world.server.userSaysAtOnce(world.room, world.maria, said);
    world.server.faults().failNext(RequestKind.MESSAGES, 2, Failure.html(502));
    relay.seconds(2);
    assertEquals(1, relay.ledger.gaps().size());
    world.says("after the gap");
    relay = relay.crash().seconds(60);
    relay = relay.crash().pass(Duration.ofHours(5));
    List<String> all = new ArrayList<>(said);
    all.add("after the gap");
    assertEquals(heardAs(all), world.heard());
    assertAllDelivered();
  }

  @Test
  void ofTooManyOnlyTheNewestAreHeardAndTheRoomIsToldOnce() throws Exception {
    startPatient("age = 2d, events = 10");
    List<String> said = TestWorld.numbered("overflow", 60);
    relay.close();
    said.forEach(world::says);
    relay = relay.restart().minutes(5);
    assertEquals(heardAs(said.subList(50, 60)), world.heard());
    assertEquals(1, notices().size(), notices()::toString);
    assertTrue(notices().get(0).startsWith("50 messages"), notices()::toString);
    assertFate(
        Fate.EXPIRED, "said while the relay was away, beyond matrix.max-backlog", "overflow 7");
    relay = relay.crash().minutes(2);
    assertEquals(1, notices().size(), notices()::toString);
  }

  @Test
  void whatIsOlderThanTheLimitIsNamedAndNotHeard() throws Exception {
    start();
    relay.close();
    TestWorld.numbered("stale", 3).forEach(world::says);
    world.tick(Duration.ofHours(3));
    world.says("fresh");
    relay = relay.restart().minutes(2);
    assertEquals(List.of("maria: fresh"), world.heard());
    assertEquals(1, notices().size(), notices()::toString);
    assertTrue(notices().get(0).startsWith("3 messages"), notices()::toString);
    assertEquals(Fate.EXPIRED, relay.only("stale 2").fate());
  }

  /** A server restored from a backup or moved: the rooms are read back from their ends. */
  @Test
  void aBookmarkTheServerDoesNotKnowCostsNoMessageAndDoublesNone() throws Exception {
    start();
    world.says("heard before");
    relay.seconds(10);
    relay.close();
    List<String> said = TestWorld.numbered("behind the bookmark", 30);
    said.forEach(world::says);
    world.server.forgetSyncTokens();
    relay = relay.restart().minutes(5);
    List<String> all = new ArrayList<>(List.of("heard before"));
    all.addAll(said);
    assertEquals(heardAs(all), world.heard());
    world.says("and on");
    relay.minutes(1);
    assertEquals("maria: and on", world.heard().get(31));
    assertEquals(List.of(), notices());
    assertAllDelivered();
  }

  @Test
  void aBadBookmarkInTheMiddleOfAGapIsGotOver() throws Exception {
    startPatient("age = 2d, events = 1000");
    world.says("heard before");
    relay.seconds(10);
    List<String> said = TestWorld.numbered("in between", 130);
    world.server.userSaysAtOnce(world.room, world.maria, said);
    world.server.faults().failNext(RequestKind.MESSAGES, 1, Failure.html(502));
    relay.seconds(1);
    world.server.forgetSyncTokens();
    relay = relay.crash().pass(Duration.ofHours(1));
    List<String> all = new ArrayList<>(List.of("heard before"));
    all.addAll(said);
    assertEquals(heardAs(all), world.heard());
    assertEquals(List.of(), relay.ledger.gaps());
    assertAllDelivered();
  }

  @Test
  void aBookmarkThatIsLostBeforeAnythingWasSaidBringsUpNoHistory() throws Exception {
    world.says("long ago");
    start();
    world.server.forgetSyncTokens();
    relay.minutes(2);
    world.says("now");
    relay.minutes(1);
    assertEquals(List.of("maria: now"), world.heard());
    assertEquals(List.of(), notices());
  }

  /** A page that comes twice: its bookmark was not stored when the relay died. */
  @Test
  void aPageThatComesTwiceIsHeardOnce() throws Exception {
    start();
    world.says("once");
    relay.seconds(10);
    world.server.faults().repeatNextSyncPage();
    world.says("twice?");
    relay.seconds(20);
    assertEquals(heardAs(List.of("once", "twice?")), world.heard());
    assertAllDelivered();
  }
}
