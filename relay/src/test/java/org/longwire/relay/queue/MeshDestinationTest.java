package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.LinkState;
import org.longwire.radio.LoraSettings;
import org.longwire.radio.NodeId;
import org.longwire.radio.NodeIdentity;
import org.longwire.radio.OutgoingText;
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
  private final MeshDestination destination = destination();

  private MeshDestination destination() {
    LedgerFixture.Clock clock = new LedgerFixture.Clock();
    AirtimeBudget budget = new AirtimeBudget(nanos::get);
    SendPacer pacer = new SendPacer(Duration.ZERO, budget, nanos::get);
    return new MeshDestination(
        RadioId.MAIN,
        new MeshDestination.Means(node, pending, pacer, budget, this::pause),
        new Conditions(clock, new Random(1), new StatusBoard(clock)));
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

  /** Says what it is told to about each text: at once, or, if it is silence, when it is asked. */
  private final class Node implements Radio {
    private final List<PacketId> sent = new ArrayList<>();
    private final Deque<DeliveryState> words = new ArrayDeque<>();

    void says(DeliveryState... states) {
      words.addAll(List.of(states));
    }

    @Override
    public void send(OutgoingText text) {
      sent.add(text.id());
      if (!words.element().equals(SILENCE)) {
        pending.tell(text.id(), words.remove());
      }
    }

    @Override
    public void ask() {
      pending.tell(sent.get(sent.size() - 1), words.remove());
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
