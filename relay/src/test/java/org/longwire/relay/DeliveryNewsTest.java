package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.sim.DoubleRoom;
import org.longwire.matrix.sim.Failure;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.matrix.sim.Posting;
import org.longwire.matrix.sim.RequestKind;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Payload;

/** What an author in a room is shown of a message's way, and what it may not cost. */
class DeliveryNewsTest extends SteppedRelayTest {
  private static final String MARKS = "interactions { marks = true }\n";
  private static final String MARKS_ALONE = "interactions { marks = true, receipts = false }\n";

  private List<EventId> receipts() {
    return world.server.room(world.room).receipts().stream()
        .filter(receipt -> receipt.user().equals(world.bot))
        .map(DoubleRoom.Receipt::event)
        .toList();
  }

  private List<String> marksOn(EventId event) {
    return world.sentByUs("m.reaction").stream()
        .filter(reaction -> reaction.target().equals(Optional.of(event)))
        .flatMap(reaction -> reaction.text("m.relates_to", "key").stream())
        .toList();
  }

  private void assertThreadedNotice(String words, EventId about) {
    assertEquals(List.of(words), bodies(world.notices()));
    PostedEvent notice = world.notices().get(0);
    assertEquals(Optional.of("m.thread"), notice.text("m.relates_to", "rel_type"));
    assertEquals(Optional.of(about), notice.target());
    String content = notice.content().replace(" ", "");
    assertTrue(content.contains("\"mmrelay_suppress\":1"), content);
  }

  private static List<String> bodies(List<PostedEvent> events) {
    return events.stream().map(event -> event.body().orElse("")).toList();
  }

  @Test
  void whatWasAcceptedIsMarkedAsReadOnceForEachPage() throws Exception {
    start();
    List<EventId> said =
        world.server.userSaysAtOnce(world.room, world.maria, TestWorld.numbered("text", 4));
    relay.seconds(3);
    assertEquals(List.of(said.get(3)), receipts());
    EventId next = world.says("and more");
    relay.seconds(3);
    assertEquals(List.of(said.get(3), next), receipts());
  }

  @Test
  void whatIsNotCarriedIsNotMarkedAsRead() throws Exception {
    start("mesh { broadcast = false }\n");
    world.says("to nobody");
    relay.seconds(5);
    assertEquals(List.of(), receipts());
  }

  @Test
  void withoutReceiptsNothingIsMarkedAsRead() throws Exception {
    start("interactions { receipts = false }\n");
    world.says("hello");
    relay.seconds(5);
    assertEquals(List.of("maria: hello"), world.heard());
    assertEquals(List.of(), receipts());
  }

  @Test
  void aReceiptThatFailsIsNotTriedAgain() throws Exception {
    start();
    world.server.faults().failNext(RequestKind.RECEIPT, 1, Failure.empty(502));
    EventId first = world.says("hello");
    relay.minutes(2);
    assertEquals(List.of(), receipts());
    EventId second = world.says("hello again");
    relay.seconds(5);
    assertEquals(List.of(second), receipts(), "not " + first);
    assertAllDelivered();
  }

  @Test
  void aMessageThatExpiredIsToldToItsAuthorOnceInItsThread() throws Exception {
    start();
    world.cable.pull();
    EventId said = world.says("hello everybody, is there anybody who has seen the black cat?");
    world.server.userSays(world.room, world.tom, "later");
    relay.minutes(40);
    assertEquals(2, world.notices().size());
    PostedEvent notice = world.notices().stream()
        .filter(one -> one.target().equals(Optional.of(said)))
        .findFirst()
        .orElseThrow();
    String words = "\"hello everybody, is there anybody who ha...\" was not sent to the mesh:"
        + " it waited longer than 30 min for the radio; say it again if it still matters";
    assertEquals(words, notice.body().orElse(""));
    relay = relay.restart().minutes(3);
    assertEquals(2, world.notices().size());
  }

  /** The worst moment: the failure is on the disk, and the word of it was in memory alone. */
  @Test
  void aCrashBetweenTheFailureAndItsNoticeIsMadeUpForOnce() throws Exception {
    start();
    world.cable.pull();
    EventId said = world.says("stale news");
    relay.minutes(29);
    while (relay.only("stale news").fate() == Fate.WAITING) {
      relay.pass(Duration.ofMillis(100));
    }
    assertEquals(List.of(), relay.only("stale news").notices(), "the moment has passed");
    relay = relay.crash().minutes(2);
    String words = "\"stale news\" was not sent to the mesh:"
        + " it waited longer than 30 min for the radio; say it again if it still matters";
    assertThreadedNotice(words, said);
    relay = relay.crash().minutes(2);
    assertEquals(1, world.notices().size());
  }

  @Test
  void aRefusalOnAcceptanceIsMarkedAndHasAStatusBesideItsNotice() throws Exception {
    start("interactions { marks = true, send-status = true }\n");
    EventId said = world.says("x".repeat(5_000));
    relay.minutes(1);
    assertEquals(List.of("⚠"), marksOn(said));
    assertEquals(1, world.notices().size());
    PostedEvent status = world.sentByUs("com.beeper.message_send_status").get(0);
    assertEquals(
        List.of(Optional.of("FAIL_PERMANENT"), Optional.of("m.event_not_handled")),
        List.of(status.text("status"), status.text("reason")));
  }

  @Test
  void aChannelThatIsNotThereIsToldWithItsCure() throws Exception {
    relay = SteppedRelay.start(
        world, TestConfig.usual(world).replace("channel = 0", "channel = 5"), "state");
    EventId said = world.says("into the void");
    relay.minutes(1);
    String words = "\"into the void\" was not sent to the mesh:"
        + " the node has no such channel: check the channel of the bridge";
    assertThreadedNotice(words, said);
  }

  @Test
  void aLongTextThatFailsIsOneFailure() throws Exception {
    relay = SteppedRelay.start(
        world, TestConfig.usual(world).replace("channel = 0", "channel = 5"), "state");
    world.says("many words ".repeat(40));
    relay.minutes(1);
    assertEquals(1, world.notices().size());
  }

  /** The node was written to, said nothing, and was gone before it could be asked again. */
  @Test
  void aTextThatMayBeOnTheAirIsToldToBeInDoubt() throws Exception {
    start();
    AtomicBoolean isGone = new AtomicBoolean();
    world.cable.interpret(message -> {
      if (NodeWords.statusOf(message).isPresent() && !isGone.getAndSet(true)) {
        world.cable.pull();
      }
      return isGone.get() ? new byte[0] : message;
    });
    world.says("perhaps");
    relay.seconds(20);
    assertTrue(isGone.get(), "nothing was written");
    relay.minutes(40);
    String words = "\"perhaps\" may not have been sent to the mesh:"
        + " it waited longer than 30 min for the radio; say it again if it still matters";
    assertEquals(List.of(words), bodies(world.notices()));
  }

  /** No server begins a thread below what stands in another one. */
  @Test
  void whatWasSaidInAThreadIsAnsweredAllTheSame() throws Exception {
    relay = SteppedRelay.start(
        world, TestConfig.usual(world).replace("channel = 0", "channel = 5"), "state");
    EventId root = world.says("root");
    relay.seconds(30);
    EventId inside =
        world.server.userPosts(world.room, world.tom, Posting.text("inside").inThread(root, root));
    relay.minutes(1);
    PostedEvent notice = world.notices().get(1);
    assertTrue(notice.body().orElse("").startsWith("\"inside\" was not sent"));
    assertEquals(Optional.of(inside), notice.replyTo());
  }

  @Test
  void whatIsHeldIsToldToTheRoomOnceAnHour() throws Exception {
    start("mesh { max-age = 4h }\n");
    world.node.setDutyCycleSpent(true);
    world.says("hello");
    relay.minutes(30);
    String words = "messages to the mesh are late (the hour's airtime is used up; the region"
        + " allows no more for a while); what waits longer than 4 h expires";
    assertEquals(List.of(words), bodies(world.notices()));
    assertEquals(Optional.empty(), world.notices().get(0).target(), "it is for the whole room");
    relay.minutes(25);
    assertEquals(1, world.notices().size());
    relay.minutes(20);
    assertEquals(2, world.notices().size());
    world.node.setDutyCycleSpent(false);
    relay.minutes(90);
    assertEquals(2, world.notices().size());
    assertEquals(List.of("maria: hello"), world.heard());
  }

  @Test
  void aMarkShowsHowFarAMessageCame() throws Exception {
    start(MARKS);
    EventId said = world.says("hello");
    relay.minutes(1);
    assertEquals(List.of("✅"), marksOn(said));
    assertEquals(2, world.sentByUs("m.reaction").size(), "one of them was taken back");
    assertEquals(
        List.of(Optional.of(world.sentByUs("m.reaction").get(0).id())),
        world.sentByUs("m.room.redaction").stream().map(PostedEvent::target).toList());
    assertEquals(List.of("maria: hello"), world.heard(), "no mark goes to the mesh");
  }

  @Test
  void aMessageThatNobodyPassedOnBearsAWarningAndNoNotice() throws Exception {
    world.ridge.listens(false);
    world.valley.listens(false);
    start(MARKS);
    EventId said = world.says("hello?");
    relay.minutes(4);
    assertEquals(List.of("⚠"), marksOn(said));
    assertEquals(List.of(), world.notices());
  }

  @Test
  void aRefusalForTheRateDropsTheMarksThatWait() throws Exception {
    start(MARKS_ALONE);
    world.server.faults().failNext(RequestKind.SEND, 1, Failure.limited(20_000));
    List<EventId> said =
        world.server.userSaysAtOnce(world.room, world.maria, TestWorld.numbered("text", 2));
    relay.minutes(2);
    assertEquals(List.of(), marksOn(said.get(0)).stream().filter("📡"::equals).toList());
    EventId later = world.says("later");
    relay.minutes(1);
    assertEquals(List.of("✅"), marksOn(later), "marks go on when the way is free");
    assertAllDelivered();
  }

  @Test
  void statusesAreToldOnlyWhereTheyAreWanted() throws Exception {
    start("interactions { send-status = true }\n");
    EventId said = world.says("hello");
    relay.minutes(1);
    List<PostedEvent> statuses = world.sentByUs("com.beeper.message_send_status");
    assertEquals(1, statuses.size());
    assertEquals(Optional.of("SUCCESS"), statuses.get(0).text("status"));
    assertEquals(Optional.of(said), statuses.get(0).target());
    assertEquals(Optional.of("Forx"), statuses.get(0).text("network"));
    world.cable.pull();
    world.says("in vain");
    relay.minutes(40);
    PostedEvent failed = world.sentByUs("com.beeper.message_send_status").get(1);
    assertEquals(
        List.of(Optional.of("FAIL_PERMANENT"), Optional.of("m.event_too_old")),
        List.of(failed.text("status"), failed.text("reason")));
  }

  /** A direct message as the bridge will accept it from a private room. */
  private EventId whisper(NodeId to, String text) throws Exception {
    EventId said = world.says(text);
    Address.Mesh node = new Address.Mesh(RadioId.MAIN, new ChannelIndex(0), to);
    Instant expiry = world.clock.instant().plus(Duration.ofMinutes(30));
    relay.ledger.accept(new Arrival(
        new Origin.Event(world.room, said),
        world.clock.instant(),
        world.maria.value(),
        world.room.value(),
        text,
        Optional.empty(),
        List.of(new Arrival.NewEntry(node, new Payload.MeshText(text), expiry, 1, 1)),
        Optional.empty()));
    return said;
  }

  @Test
  void aDirectMessageIsThereWhenItsAddresseeHasSaidSo() throws Exception {
    start(MARKS);
    EventId said = whisper(world.ridge.id(), "for you alone");
    relay.minutes(2);
    assertEquals(List.of("✅"), marksOn(said));
    assertEquals(List.of(), world.notices());
  }

  @Test
  void aDirectMessageThatNobodyAcknowledgedIsToldSo() throws Exception {
    start(MARKS);
    world.ridge.listens(false);
    world.valley.listens(false);
    EventId said = whisper(world.ridge.id(), "for you alone");
    relay.minutes(8);
    String words = "\"for you alone\" was not heard: nobody acknowledged it;"
        + " the node may be off or out of reach";
    assertThreadedNotice(words, said);
    assertEquals(List.of("⚠"), marksOn(said));
  }

  @Test
  void aDirectMessageToAStrangerIsToldWhatIsMissing() throws Exception {
    start();
    EventId said = whisper(new NodeId(0x0badcafe), "who are you?");
    relay.minutes(2);
    String words = "\"who are you?\" was not sent to !0badcafe: no key for this node is known:"
        + " it comes with the node's next announcement; try again when it was heard";
    assertThreadedNotice(words, said);
  }

  /**
   * When each message of the relay's came, in a conversation of both sides at Synapse's limits. A
   * mark takes one of the ten events that may come at once, so nine of them follow freely.
   */
  private List<String> times(String name, String interactions) throws Exception {
    Path own = Files.createDirectory(directory.resolve(name));
    try (TestWorld busy = new TestWorld(own)) {
      busy.server.faults().rateLimit(0.2, 10);
      busy.server.faults().exemptFromRateLimit(busy.maria);
      try (SteppedRelay talking = SteppedRelay.start(busy, interactions)) {
        for (int round = 1; round <= 3; round++) {
          for (String text : TestWorld.numbered("here " + round, 3)) {
            busy.says(text);
            talking.seconds(20);
          }
          for (String text : TestWorld.numbered("there " + round, 9)) {
            busy.ridge.says(text);
            talking.seconds(1);
          }
          talking.minutes(2);
        }
      }
      List<PostedEvent> events = busy.server.room(busy.room).events();
      assertEquals(
          interactions.equals(MARKS),
          events.stream().anyMatch(event -> event.type().equals("m.reaction")),
          "marks are what makes the difference");
      return events.stream()
          .filter(event -> event.type().equals("m.room.message"))
          .filter(event -> event.sender().equals(busy.bot))
          .map(event -> event.at() + " " + event.body().orElse(""))
          .toList();
    }
  }

  @Test
  void marksMakeNoMessageLaterAtTheLimitsOfSynapse() throws Exception {
    List<String> without = times("without", "");
    assertEquals(27, without.size());
    assertEquals(without, times("with", MARKS));
  }
}
