package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.longwire.matrix.MessageContent;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.LinkState;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.MeshListener;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.run.Duty;
import org.longwire.relay.run.Pause;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what of the mesh goes to which room, and has it accepted: the row of the message and
 * those of its deliveries commit together. One step is one event of the inbox. An event is let go
 * only when it has been dealt with, so a store that fails for a while delays messages and loses
 * none.
 */
public final class MeshToMatrix implements Duty, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MeshToMatrix.class);

  /** The reason as {@code trace} shows it. */
  static final String OWN_TEXT = "our own text, heard by our radio";

  /** How long one step waits for an event. */
  private static final long PATIENCE_MILLIS = 60_000;

  private final MeshInbox inbox;
  private final Map<RadioId, AttachedRadio> radios;
  private final PortalTable portals;
  private final Ledger ledger;
  private final Duration maxAge;
  private final MeshFilter filter;
  private final MatrixComposer composer;
  private final NodeNews nodes;
  private final Conditions conditions;
  private final Pause pause;
  private Optional<MeshInbox.Item> present = Optional.empty();

  /** What this direction works with. */
  public record Means(
      MeshInbox inbox,
      Map<RadioId, AttachedRadio> radios,
      PortalTable portals,
      Ledger ledger,
      MatrixComposer composer,
      NodeNews nodes) {}

  public MeshToMatrix(RelayConfig config, Means means, Conditions conditions, Pause pause) {
    this.inbox = means.inbox();
    this.radios = means.radios();
    this.portals = means.portals();
    this.ledger = means.ledger();
    this.composer = means.composer();
    this.nodes = means.nodes();
    this.maxAge = config.matrix().maxAge();
    this.filter = new MeshFilter(config.mesh());
    this.conditions = conditions;
    this.pause = pause;
  }

  @Override
  public void step() throws InterruptedException {
    if (present.isEmpty()) {
      present = inbox.take(PATIENCE_MILLIS);
    }
    if (present.isPresent()) {
      try {
        handle(present.get());
        present = Optional.empty();
      } catch (StoreException failure) {
        if (!failure.mayRetry()) {
          throw new IllegalStateException("the ledger cannot be used any more", failure);
        }
        conditions.status().tell(Conditions.STORE_PART, Health.FAILED, failure.getMessage());
        pause.pause(Conditions.STORE_PAUSE);
      }
    }
  }

  /** Whether a step would only wait for something to happen. */
  public boolean isIdle() {
    return present.isEmpty() && inbox.isEmpty();
  }

  /** Deals with what still waits; call when nobody puts anything in any more. */
  @Override
  public void close() {
    try {
      while (present.isPresent() || !inbox.isEmpty()) {
        if (present.isEmpty()) {
          present = inbox.take(0);
        }
        handle(present.orElseThrow());
        present = Optional.empty();
      }
    } catch (StoreException failure) {
      LOG.error("messages read but not stored are lost: {}", failure.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(MeshInbox.Item item) throws StoreException, InterruptedException {
    AttachedRadio radio = radios.get(item.radio());
    if (radio == null) {
      throw new IllegalStateException("an event of an unknown radio: " + item.radio());
    }
    Handling handling = new Handling(radio);
    item.event().tell(handling);
    if (handling.text.isPresent()) {
      Arrival arrival = arrival(radio, handling.text.get());
      OneByOne.accept(ledger, List.of(arrival));
    }
  }

  private Arrival arrival(AttachedRadio radio, MeshEvent.TextReceived event) throws StoreException {
    PacketHeader packet = event.packet();
    Optional<Arrival.Verdict> verdict = isEcho(packet)
        ? Optional.of(new Arrival.Verdict(Fate.FILTERED, OWN_TEXT))
        : filter.judge(event, radio.self());
    List<Portal> rooms = verdict.isPresent()
        ? List.of()
        : portals.of(radio.id(), new ChannelIndex(packet.channel()));
    if (verdict.isEmpty() && rooms.isEmpty()) {
      verdict = Optional.of(
          new Arrival.Verdict(Fate.FILTERED, "no room is bridged to channel " + packet.channel()));
    }
    Instant now = conditions.clock().instant();
    NodeDirectory.Names names = radio.nodes().names(packet.from());
    MessageContent content =
        composer.compose(new MatrixComposer.Heard(radio.id(), event, names, Optional.empty()), now);
    List<Arrival.NewEntry> deliveries =
        rooms.stream().map(room -> entry(room, content, now)).toList();
    return new Arrival(
        new Origin.Packet(radio.id(), packet.from(), id(event, now)),
        packet.receivedAt().orElse(now),
        "%s %s".formatted(names.longName(), packet.from()),
        new MeshPlace(new ChannelIndex(packet.channel()), radio.id()).words(),
        event.text(),
        verdict,
        deliveries);
  }

  /** Another of our radios, or a node after a restart of ours, may hear what we sent. */
  private boolean isEcho(PacketHeader packet) throws StoreException {
    boolean isOurNode =
        radios.values().stream().anyMatch(radio -> radio.self().equals(Optional.of(packet.from())));
    return isOurNode
        && packet.id().isPresent()
        && ledger.isOwnPacket(packet.id().get());
  }

  /**
   * A sender that gives no id gives none ever: its words and the minute stand for one, so that it
   * may say the same again later.
   */
  private static PacketId id(MeshEvent.TextReceived event, Instant now) {
    long minute = event.packet().receivedAt().orElse(now).getEpochSecond() / 60;
    return event
        .packet()
        .id()
        .orElseGet(() -> new PacketId(Objects.hash(event.text(), minute) | Integer.MIN_VALUE));
  }

  private Arrival.NewEntry entry(Portal room, MessageContent content, Instant now) {
    return new Arrival.NewEntry(
        room.address(), new Payload.RoomMessage(content), now.plus(maxAge), 1, 1);
  }

  /** What one event asks for. */
  private final class Handling implements MeshListener {
    private final AttachedRadio radio;
    private Optional<MeshEvent.TextReceived> text = Optional.empty();

    Handling(AttachedRadio radio) {
      this.radio = radio;
    }

    @Override
    public void onText(MeshEvent.TextReceived event) {
      heard(event.packet());
      text = Optional.of(event);
    }

    private void heard(PacketHeader packet) {
      nodes.heard(
          packet.from(),
          packet.receivedAt().orElseGet(() -> conditions.clock().instant()),
          packet.hops());
    }

    /** Until reactions are mapped to the messages they mean, they are words like others. */
    @Override
    public void onReaction(MeshEvent.ReactionReceived event) {
      onText(new MeshEvent.TextReceived(
          event.packet(), PortNum.TEXT_MESSAGE, event.symbol(), Optional.empty()));
    }

    @Override
    public void onNode(MeshEvent.NodeSeen event) {
      radio.nodes().seen(event.node());
      nodes.told(event.node());
    }

    @Override
    public void onNodeRenumbered(MeshEvent.NodeRenumbered event) {
      LOG.info("node {} is now {}", event.before(), event.now());
      radio.nodes().renumbered(event.before(), event.now());
      nodes.renumbered(event.before(), event.now());
    }

    @Override
    public void onAirtime(MeshEvent.AirtimeTold event) {
      radio.budget().told(event);
    }

    @Override
    public void onDelivery(MeshEvent.DeliveryReport event) {
      ledger.reported(radio.id(), event.packet(), event.state().word());
      if (event.state() instanceof DeliveryState.Refused
          || event.state() instanceof DeliveryState.Relayed) {
        // Its sender may have counted on something else, and be asleep.
        ledger.unparked();
      }
    }

    @Override
    public void onLink(MeshEvent.LinkChanged event) {
      radio.link(event.state());
      if (event.state() instanceof LinkState.Ready) {
        ledger.unparked();
      }
    }

    @Override
    public void onNotice(MeshEvent.NodeNotice event) {
      LOG.warn("radio {} says: {}", radio.id(), PlainText.name(event.message(), "nothing"));
    }

    @Override
    public void onOther(MeshEvent.OtherReceived event) {
      heard(event.packet());
      LOG.debug("not chat: port {} from {}", event.port(), event.packet().from());
    }

    @Override
    public void onIdentity(MeshEvent.IdentityTold event) {
      radio.identified(event);
    }
  }
}
