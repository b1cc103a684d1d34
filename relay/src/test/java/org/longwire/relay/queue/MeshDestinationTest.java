package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.LinkState;
import org.longwire.radio.LoraSettings;
import org.longwire.radio.NodeId;
import org.longwire.radio.NodeIdentity;
import org.longwire.radio.Outgoing;
import org.longwire.radio.PacketId;
import org.longwire.radio.Radio;
import org.longwire.radio.Refusal;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.run.StatusBoard;

class MeshDestinationTest {
  private static final DeliveryState SILENCE = new DeliveryState.Unknown();
  private static final DeliveryState TOO_SOON = new DeliveryState.Refused(Refusal.RATE_LIMITED);

  private final AtomicLong nanos = new AtomicLong();
  private final PendingSends pending = new PendingSends();
  private final Node node = new Node();
  private final StatusBoard status = new StatusBoard(() -> LedgerFixture.START);
  private final MeshDestination destination = destination();

  private MeshDestination destination() {
    LedgerFixture.Clock clock = new LedgerFixture.Clock();
    AirtimeBudget budget = new AirtimeBudget(nanos::get);
    SendPacer pacer = new SendPacer(Duration.ZERO, budget, nanos::get);
    return new MeshDestination(
        RadioId.MAIN,
        new MeshDestination.Means(
            node, pending, pacer, budget, this::pause, (origin, at) -> Optional.empty()),
        new Conditions(clock, new Random(1), status));
  }

  private void pause(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** What is attempted again has counted its attempts; under a new packet id they begin anew. */
  private static OutboxEntry entry(int packet, int attempts) {
    return new OutboxEntry(
        64,
        LedgerFixture.MESH_0,
        new Payload.MeshText("hello", Optional.empty()),
        new PacketId(packet).toString(),
        1,
        1,
        attempts,
        LedgerFixture.START,
        Instant.MAX);
  }

  @Test
  void aTextThatTheNodeIsSilentAboutGoesOnceMoreAndIsThenTakenToBeThere() throws Exception {
    node.says(SILENCE, SILENCE);
    assertInstanceOf(Delivery.Later.class, destination.deliver(entry(7, 0)));
    assertInstanceOf(Delivery.Delivered.class, destination.deliver(entry(7, 1)));
    assertEquals(List.of(new PacketId(7), new PacketId(7)), node.sent);
  }

  @Test
  void aSilenceAboutAnotherPacketIdDoesNotCount() throws Exception {
    node.says(SILENCE, TOO_SOON, SILENCE, SILENCE);
    assertInstanceOf(Delivery.Later.class, destination.deliver(entry(7, 0)));
    assertInstanceOf(Delivery.Renewed.class, destination.deliver(entry(7, 1)));
    assertInstanceOf(Delivery.Later.class, destination.deliver(entry(8, 0)));
    assertInstanceOf(Delivery.Delivered.class, destination.deliver(entry(8, 1)));
  }

  @Test
  void aTextWaitsWhileTheNodesQueueIsNearlyFull() throws Exception {
    node.free = OptionalInt.of(4);
    Delivery.Later later = assertInstanceOf(Delivery.Later.class, destination.deliver(entry(7, 0)));
    assertEquals("the node's queue is nearly full", later.reason());
    assertEquals(List.of(), node.sent);
    assertEquals(1, node.asked, "or it would tell of its queue much later");
    node.free = OptionalInt.of(5);
    node.says(new DeliveryState.Relayed());
    assertInstanceOf(Delivery.Delivered.class, destination.deliver(entry(7, 0)));
  }

  @Test
  void aNodeThatNeverTellsOfItsQueueAgainIsSentToAfterAWhile() throws Exception {
    node.free = OptionalInt.of(0);
    assertInstanceOf(Delivery.Later.class, destination.deliver(entry(7, 0)));
    pause(SendPacer.CROWDED_LIMIT.minusSeconds(1));
    assertInstanceOf(Delivery.Later.class, destination.deliver(entry(7, 0)));
    pause(Duration.ofSeconds(1));
    node.says(new DeliveryState.Relayed());
    assertInstanceOf(Delivery.Delivered.class, destination.deliver(entry(7, 0)));
  }

  @Test
  void whatHeldTextsUpIsForgottenWhenNothingWaitsAnyMore() throws Exception {
    node.says(new DeliveryState.Refused(Refusal.DUTY_CYCLE));
    assertInstanceOf(Delivery.Renewed.class, destination.deliver(entry(7, 0)));
    assertTrue(status.entries().containsKey("mesh sender main"), status.entries()::toString);
    destination.idle();
    assertEquals(Map.of(), status.entries());
  }

  /** Says what it is told to about each text: at once, or, if it is silence, when it is asked. */
  private final class Node implements Radio {
    private final List<PacketId> sent = new ArrayList<>();
    private final Deque<DeliveryState> words = new ArrayDeque<>();
    private OptionalInt free = OptionalInt.empty();
    private int asked;

    void says(DeliveryState... states) {
      words.addAll(List.of(states));
    }

    @Override
    public void send(Outgoing text) {
      sent.add(text.id());
      if (!words.element().equals(SILENCE)) {
        pending.tell(text.id(), words.remove());
      }
    }

    @Override
    public void ask() {
      asked++;
      if (words.isEmpty()) {
        return;
      }
      pending.tell(sent.get(sent.size() - 1), words.remove());
    }

    @Override
    public OptionalInt queueFree() {
      return free;
    }

    @Override
    public LinkState state() {
      return new LinkState.Ready(
          new NodeIdentity(new NodeId(1), "2.7.26", 1, LoraSettings.LONG_FAST));
    }

    @Override
    public void poll() {
      throw new UnsupportedOperationException("nobody reads here");
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException("nobody opened it");
    }
  }
}
