package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.sim.Failure;
import org.longwire.matrix.sim.Faults;
import org.longwire.matrix.sim.RequestKind;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.Waypoint;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.run.StatusBoard.Health;

class HomeserverFaultsTest extends SteppedRelayTest {
  private static List<String> shownAs(List<String> texts) {
    return texts.stream().map(text -> "[RDG] " + text).toList();
  }

  private void sayOnMesh(List<String> texts) {
    texts.forEach(world.ridge::says);
  }

  /** L1, L3, L5, L6: a day's mesh texts wait and come in order, once, when the server is back. */
  @Test
  void aDayWithoutTheHomeserverLosesNothingOfTheMesh() throws Exception {
    start();
    world.server.down();
    List<String> said = TestWorld.numbered("hour", 24);
    for (String text : said) {
      world.ridge.says(text);
      relay.pass(Duration.ofHours(1));
    }
    assertEquals(24, relay.waiting());
    assertEquals(Health.WAITING, relay.says("matrix").orElseThrow().health());
    world.server.up();
    relay.minutes(3);
    assertEquals(shownAs(said), world.shown());
    assertAllDelivered();
    assertEquals(Health.OK, relay.says("matrix").orElseThrow().health());
    assertEquals(Optional.empty(), relay.says("matrix sender"));
  }

  /** The same while the relay is started and killed in the middle of it. */
  @Test
  void aStartWithoutTheHomeserverGoesOnWhereTheLastOneDied() throws Exception {
    start();
    world.server.down();
    sayOnMesh(List.of("before"));
    relay = relay.minutes(10).crash().minutes(1);
    sayOnMesh(List.of("after"));
    relay.minutes(10);
    world.server.up();
    relay.minutes(3);
    assertEquals(shownAs(List.of("before", "after")), world.shown());
    assertAllDelivered();
  }

  /** L3: the server has it, and nobody told us. */
  @Test
  void aReplyThatIsLostAfterAcceptanceMakesNoSecondMessage() throws Exception {
    start();
    world.server.faults().dropReplies(1);
    sayOnMesh(List.of("said once", "said next"));
    relay.minutes(3);
    assertEquals(shownAs(List.of("said once", "said next")), world.shown());
    assertAllDelivered();
  }

  /** L3: with a crash in between. */
  @Test
  void aReplyThatIsLostInACrashMakesNoSecondMessage() throws Exception {
    start();
    world.server.faults().crashBeforeReply();
    sayOnMesh(List.of("said once"));
    relay.seconds(5);
    world.server.up();
    relay = relay.crash().minutes(3);
    assertEquals(shownAs(List.of("said once")), world.shown());
    assertAllDelivered();
  }

  /** L3: a server forgets transactions after a day; the room is read back instead. */
  @Test
  void afterADayInDoubtTheRoomIsReadBackBeforeAnythingIsSentAgain() throws Exception {
    start();
    world.server.faults().amnesia(true);
    world.server.faults().crashBeforeReply();
    sayOnMesh(List.of("said yesterday", "never got out"));
    relay.pass(Duration.ofHours(21));
    world.server.up();
    for (int i = 0; i < 60; i++) {
      world.says("the others talked on " + i);
    }
    relay.minutes(5);
    assertEquals(
        List.of("said yesterday", "never got out"),
        world.shown().stream()
            .filter(text -> text.startsWith("[RDG]"))
            .map(text -> text.substring("[RDG] ".length()))
            .toList());
    assertEquals(Fate.DELIVERED, relay.only("said yesterday").fate());
  }

  /** L3: so is it for a place, which is no text. */
  @Test
  void afterADayInDoubtAPlaceIsFoundInTheRoomToo() throws Exception {
    start();
    world.server.faults().amnesia(true);
    world.server.faults().crashBeforeReply();
    GeoPoint camp = new GeoPoint(46.948, 7.4474);
    world.ridge.marks(0, new Waypoint(9, "Camp", "", camp, Optional.empty()));
    relay.pass(Duration.ofHours(21));
    world.server.up();
    relay.minutes(5);
    assertEquals(shownAs(List.of("\ud83d\udccd Camp (46.948, 7.4474)")), world.shown());
    assertAllDelivered();
  }

  /** Shows that the tests above would see a second copy. */
  @Test
  void aServerThatForgetsTransactionsAtOnceMakesASecondMessage() throws Exception {
    start();
    world.server.faults().amnesia(true);
    world.server.faults().crashBeforeReply();
    sayOnMesh(List.of("said twice"));
    relay.minutes(1);
    world.server.up();
    relay.minutes(3);
    assertEquals(shownAs(List.of("said twice", "said twice")), world.shown());
  }

  /** L8: one message that the server cannot stomach holds up the others for a while only. */
  @Test
  void aMessageTheServerFailsOverIsQuarantinedAfterFiveAttempts() throws Exception {
    start();
    world.server.faults().failNext(RequestKind.SEND, 5, Failure.internalError());
    sayOnMesh(List.of("poison", "cure"));
    relay.minutes(10);
    assertEquals(shownAs(List.of("cure")), world.shown());
    assertEquals(Fate.REFUSED, relay.only("poison").fate());
    assertTrue(relay.only("poison").reason().startsWith("quarantined"));
    assertEquals(Fate.DELIVERED, relay.only("cure").fate());
  }

  /** L1: an outage answers everything with 500, and speaks against no message. */
  @Test
  void anOutageThatAnswersWithErrorsIsWaitedOut() throws Exception {
    start();
    world.server.faults().failNext(Faults.FOREVER, Failure.internalError());
    sayOnMesh(List.of("patience"));
    relay.pass(Duration.ofHours(6));
    assertEquals(1, relay.waiting());
    world.server.faults().heal();
    relay.minutes(3);
    assertEquals(shownAs(List.of("patience")), world.shown());
    assertAllDelivered();
  }

  @Test
  void aProxysErrorPagesAreWaitedOut() throws Exception {
    start();
    for (int status : List.of(502, 503, 504, 404, 200)) {
      world.server.faults().failNext(20, Failure.html(status));
    }
    sayOnMesh(List.of("behind a proxy"));
    relay.pass(Duration.ofHours(2));
    assertEquals(shownAs(List.of("behind a proxy")), world.shown());
    assertAllDelivered();
  }

  /** L3, L5: every way of saying "too fast" is understood, and nothing is lost or doubled. */
  @Test
  void everyKindOfRateLimitIsWaitedOut() throws Exception {
    start();
    Faults faults = world.server.faults();
    faults.failNext(RequestKind.SEND, 1, Failure.limited(4_000));
    faults.failNext(RequestKind.SEND, 1, Failure.limitedByHeader(30));
    faults.failNext(RequestKind.SEND, 1, Failure.limitedByBody(2_500));
    faults.failNext(RequestKind.SEND, 1, Failure.limitedSilently());
    faults.failNext(
        RequestKind.SEND, 1, Failure.limitedUntil(world.clock.instant().plusSeconds(90)));
    List<String> said = TestWorld.numbered("slowly", 5);
    sayOnMesh(said);
    relay.minutes(10);
    assertEquals(shownAs(said), world.shown());
    assertAllDelivered();
  }

  /** L5: Synapse's default limit under a flood from the mesh. */
  @Test
  void aStormOfRateLimitsKeepsOrderAndLosesNothing() throws Exception {
    start();
    world.server.faults().rateLimit(0.2, 10);
    List<String> said = TestWorld.numbered("flood", 30);
    sayOnMesh(said);
    relay.seconds(30);
    assertTrue(world.shown().size() < 30, "no limit was felt; the test shows nothing");
    relay.minutes(5);
    assertEquals(shownAs(said), world.shown());
    assertAllDelivered();
  }

  /** L2: what the room says while syncs are limited. */
  @Test
  void aLimitedSyncOnlyDelaysTheRoom() throws Exception {
    start();
    world.server.faults().failNext(RequestKind.SYNC, 10, Failure.limited(20_000));
    world.says("patiently");
    relay.minutes(10);
    assertEquals(List.of("maria: patiently"), world.heard());
    assertAllDelivered();
  }
}
