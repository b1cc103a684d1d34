package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.queue.LedgerFixture.MESH;
import static org.longwire.relay.queue.LedgerFixture.MESH_0;
import static org.longwire.relay.queue.LedgerFixture.ROOM_A;
import static org.longwire.relay.queue.LedgerFixture.event;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.LinkState;
import org.longwire.radio.LoraSettings;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.NodeIdentity;
import org.longwire.radio.Outgoing;
import org.longwire.radio.PacketId;
import org.longwire.radio.Radio;
import org.longwire.radio.RadioException;
import org.longwire.radio.Refusal;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.run.StatusBoard;

class MeshVerdictsTest {
  private static final DeliveryState TAKEN = new DeliveryState.HandedOver();
  private static final DeliveryState RELAYED = new DeliveryState.Relayed();

  @TempDir
  Path directory;

  private LedgerFixture fixture;
  private Ledger ledger;
  private final SettableNanoTime time = new SettableNanoTime();
  private final ScriptedRadio radio = new ScriptedRadio();
  private final PendingSends pending = new PendingSends((told, nanos) -> 0);
  private final AirtimeBudget budget = new AirtimeBudget(time);
  private final SendPacer pacer = new SendPacer(Duration.ZERO, budget, time);
  private MeshDestination destination;
  private OutboxWorker worker;

  @BeforeEach
  void open() throws Exception {
    fixture = new LedgerFixture(directory.resolve("ledger.db"));
    ledger = fixture.ledger;
    destination = new MeshDestination(
        RadioId.MAIN,
        new MeshDestination.Means(
            radio, pending, pacer, budget, time::pass, (origin, at) -> Optional.empty()),
        new Conditions(fixture.clock, new Random(1), new StatusBoard(fixture.clock)));
    worker = new OutboxWorker(ledger, MESH, destination, fixture.fairness, time::pass);
    ledger.accept(event("1", MESH_0));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static DeliveryState refused(Refusal reason) {
    return new DeliveryState.Refused(reason);
  }

  private Delivery deliver(DeliveryState... words) throws Exception {
    radio.answers.addAll(List.of(words));
    OutboxEntry entry =
        ledger.due(MESH, address -> true, fixture.fairness).entry().orElseThrow();
    return destination.deliver(entry);
  }

  @Test
  void whatTheNodeTookCountsAsDelivered() throws Exception {
    assertInstanceOf(Delivery.Delivered.class, deliver(TAKEN));
  }

  @Test
  void whatTheNodeTookAndThenRefusedDoesNot() throws Exception {
    assertInstanceOf(Delivery.Renewed.class, deliver(TAKEN, refused(Refusal.RATE_LIMITED)));
  }

  @Test
  void eachRefusalHasItsPatience() throws Exception {
    assertEquals(Duration.ZERO, renewed(Refusal.RATE_LIMITED).pause());
    assertEquals(MeshDestination.QUEUE_FULL_WAIT, renewed(Refusal.QUEUE_FULL).pause());
    assertEquals(Duration.ofSeconds(60), renewed(Refusal.TX_DISABLED).pause());
    assertEquals(Duration.ofSeconds(60), renewed(Refusal.NO_INTERFACE).pause());
    assertEquals(Duration.ofSeconds(60), renewed(Refusal.DUTY_CYCLE).pause());
  }

  private Delivery.Renewed renewed(Refusal reason) throws Exception {
    time.pass(Duration.ofMinutes(5));
    return assertInstanceOf(Delivery.Renewed.class, deliver(refused(reason)));
  }

  @Test
  void aRefusalWithoutACureIsForGood() throws Exception {
    assertInstanceOf(Delivery.Refused.class, deliver(refused(Refusal.TOO_LARGE)));
    assertInstanceOf(Delivery.Refused.class, deliver(refused(Refusal.NO_CHANNEL)));
  }

  @Test
  void aLinkThatBreaksInTheWriteLeavesTheIdAsItIs() throws Exception {
    radio.failure = Optional.of(new RadioException.LinkLost("gone"));
    Delivery.Later later = assertInstanceOf(Delivery.Later.class, deliver());
    assertFalse(later.counted());
  }

  @Test
  void theSecondSilenceMeansThatTheNodeHasIt() throws Exception {
    worker.work();
    assertEquals(1, radio.sent.size());
    fixture.clock.pass(Duration.ofMinutes(1));
    worker.work();
    assertEquals(2, radio.sent.size());
    assertEquals(radio.sent.get(0).id(), radio.sent.get(1).id());
    fixture.clock.pass(Duration.ofMinutes(1));
    worker.work();
    assertEquals(2, radio.sent.size());
  }

  @Test
  void aSilentRadioThatIsNotReadyMayNotHaveIt() throws Exception {
    radio.state = new LinkState.Lost("gone", Duration.ofSeconds(1));
    Delivery.Later later = assertInstanceOf(Delivery.Later.class, deliver());
    assertFalse(later.counted());
    assertFalse(destination.isOpen(MESH_0));
    assertFalse(destination.isOpen(ROOM_A));
  }

  @Test
  void aLateRefusalSendsAgainUnderANewId() throws Exception {
    radio.answers.add(TAKEN);
    worker.work();
    PacketId first = radio.sent.get(0).id();
    worker.work();
    assertEquals(1, radio.sent.size());
    pending.tell(first, refused(Refusal.RATE_LIMITED));
    radio.answers.add(TAKEN);
    worker.work();
    assertEquals(1, radio.sent.size(), "it keeps its distance first");
    worker.work();
    assertEquals(2, radio.sent.size());
    assertNotEquals(first, radio.sent.get(1).id());
  }

  @Test
  void aLateRefusalWithoutACureSendsNothingAndIsTold() throws Exception {
    radio.answers.add(TAKEN);
    worker.work();
    pending.tell(radio.sent.get(0).id(), refused(Refusal.OTHER));
    worker.work();
    assertEquals(1, radio.sent.size());
    ledger.flush();
    try (QueueView view = QueueView.open(fixture.file)) {
      QueueView.Line line = view.settled(1).get(0);
      assertEquals(
          Fate.REFUSED + " the node refused the packet: look at its log, or try again later",
          line.fate() + " " + line.reason());
    }
  }

  @Test
  void aTextThatWasHeardAfterAllIsNotSentAgain() throws Exception {
    radio.answers.add(refused(Refusal.QUEUE_FULL));
    worker.work();
    PacketId first = radio.sent.get(0).id();
    pending.tell(first, RELAYED);
    fixture.clock.pass(Duration.ofMinutes(1));
    assertTrue(worker.work().isPresent());
    assertEquals(1, radio.sent.size());
    ledger.flush();
    try (QueueView view = QueueView.open(fixture.file)) {
      QueueView.Line line = view.settled(1).get(0);
      assertEquals(Fate.DELIVERED, line.fate());
      assertEquals(first.toString(), line.remoteId());
    }
  }

  @Test
  void onceTheNewIdIsUnderWayTheOldOneDecidesNothing() throws Exception {
    radio.answers.add(refused(Refusal.QUEUE_FULL));
    worker.work();
    PacketId first = radio.sent.get(0).id();
    fixture.clock.pass(Duration.ofMinutes(1));
    radio.answers.add(refused(Refusal.TX_DISABLED));
    worker.work();
    pending.tell(first, RELAYED);
    assertTrue(worker.work().isPresent());
    ledger.flush();
    try (QueueView view = QueueView.open(fixture.file)) {
      assertEquals(1, view.waiting(5).size());
    }
  }

  @Test
  void aRefusalForAirtimeIsToldOnceAndItsEndToo() throws Exception {
    List<String> told = new ArrayList<>();
    ledger.watch(new HoldListener(told));
    radio.answers.add(refused(Refusal.DUTY_CYCLE));
    worker.work();
    for (int i = 0; i < 2; i++) {
      fixture.clock.pass(Duration.ofSeconds(20));
      time.pass(Duration.ofSeconds(20));
      worker.work();
    }
    assertEquals(
        List.of("held: the hour's airtime is used up; the region allows no more for a while"),
        told);
    fixture.clock.pass(Duration.ofMinutes(1));
    time.pass(Duration.ofMinutes(1));
    radio.answers.add(TAKEN);
    worker.work();
    worker.work();
    assertEquals(2, radio.sent.size());
    assertEquals("freed", told.get(told.size() - 1));
    assertEquals(2, told.size());
  }

  @Test
  void aCrowdedChannelHoldsTextsAndIsTold() throws Exception {
    List<String> told = new ArrayList<>();
    ledger.watch(new HoldListener(told));
    budget.told(new MeshEvent.AirtimeTold(
        fixture.clock.instant(), OptionalDouble.of(55), OptionalDouble.empty()));
    worker.work();
    worker.work();
    assertEquals(List.of(), radio.sent);
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.get(0).startsWith("held: texts wait: the channel is busy"), told.get(0));
  }

  @Test
  void ordinaryDistanceIsNoHold() throws Exception {
    List<String> told = new ArrayList<>();
    ledger.watch(new HoldListener(told));
    budget.told(new MeshEvent.AirtimeTold(
        fixture.clock.instant(), OptionalDouble.empty(), OptionalDouble.of(30)));
    pacer.keepDistance();
    worker.work();
    worker.work();
    assertEquals(List.of(), radio.sent);
    assertEquals(List.of(), told);
  }

  private record HoldListener(List<String> told) implements FateWatcher {
    @Override
    public void settled(OutboxEntry entry, Fate fate, String reason, String remoteId) {}

    @Override
    public void held(RadioId radio, String reason) {
      told.add("held: " + reason);
    }

    @Override
    public void freed(RadioId radio) {
      told.add("freed");
    }
  }

  /** Answers each text at once with the next words of its script. */
  private final class ScriptedRadio implements Radio {
    final List<Outgoing> sent = new ArrayList<>();
    final Deque<DeliveryState> answers = new ArrayDeque<>();
    Optional<RadioException> failure = Optional.empty();
    LinkState state =
        new LinkState.Ready(new NodeIdentity(new NodeId(1), "2.7.26", 0, LoraSettings.LONG_FAST));

    @Override
    public void poll() {}

    @Override
    public void send(Outgoing text) throws RadioException {
      if (failure.isPresent()) {
        throw failure.get();
      }
      sent.add(text);
      while (!answers.isEmpty()) {
        pending.tell(text.id(), answers.poll());
      }
    }

    /** A node that has read the text and has nothing to say of it. */
    @Override
    public void ask() {
      pending.tell(sent.get(sent.size() - 1).id(), new DeliveryState.Unknown());
    }

    @Override
    public OptionalInt queueFree() {
      return OptionalInt.empty();
    }

    @Override
    public LinkState state() {
      return state;
    }

    @Override
    public void close() {}
  }
}
