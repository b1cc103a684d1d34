package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.longwire.plugins.host.Plugins;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.LinkState;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.MeshListener;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.queue.Precedence;
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

  /** The reasons as {@code trace} shows them. */
  static final String OWN_TEXT = "our own text, heard by our radio";

  static final String NO_PRIVATE_ROOM = "a direct message; no private room is open for this node";

  /** How long one step waits for an event. */
  private static final long PATIENCE_MILLIS = 60_000;

  private final MeshInbox inbox;
  private final Map<RadioId, AttachedRadio> radios;
  private final PortalTable portals;
  private final Ledger ledger;
  private final Duration maxAge;
  private final MeshFilter filter;
  private final RoomPayloads payloads;
  private final OtherRelays others;
  private final FloodGuard flood;
  private final PositionPace pace;
  private final MeshAnswers answers;
  private final MeshHearing hearing;
  private final NodeReadings readings;
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
      Conversation conversation,
      MatrixComposer composer,
      NodeNews nodes,
      Commands commands,
      Plugins plugins,
      NodeReadings readings) {}

  public MeshToMatrix(RelayConfig config, Means means, Conditions conditions, Pause pause) {
    this.inbox = means.inbox();
    this.radios = means.radios();
    this.portals = means.portals();
    this.ledger = means.ledger();
    this.nodes = means.nodes();
    this.maxAge = config.matrix().maxAge();
    this.filter = new MeshFilter(config.mesh(), config.interactions());
    this.payloads = new RoomPayloads(config.interactions(), means.conversation(), means.composer());
    this.others = new OtherRelays(ledger, config.mesh().maxAge());
    this.flood = new FloodGuard(means.ledger(), new RoomNotices(conditions.clock(), maxAge));
    this.pace = new PositionPace(config.mesh().places());
    this.answers = new MeshAnswers(means.commands(), ledger, config.mesh().broadcast());
    this.hearing = new MeshHearing(means.plugins(), ledger);
    this.readings = means.readings();
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
    readings.heard(radio.id(), item.event(), conditions.clock().instant());
    if (handling.said.isEmpty()) {
      hearing.heard(radio, item.event());
    } else {
      OneByOne.accept(ledger, arrivals(radio, handling.said.get()));
    }
  }

  /** What was said, and the notices that it gives rise to. */
  private List<Arrival> arrivals(AttachedRadio radio, Utterance said)
      throws StoreException, InterruptedException {
    Instant now = conditions.clock().instant();
    PacketHeader packet = said.packet();
    boolean direct = MeshFilter.isDirect(packet, radio.self());
    NodeDirectory.Names names = radio.nodes().names(packet.from());
    Arrival arrival = new Arrival(
        new Origin.Packet(radio.id(), packet.from(), id(said, now)),
        packet.receivedAt().orElse(now),
        "%s %s".formatted(names.longName(), packet.from()),
        place(radio, packet, direct),
        said.words(),
        Optional.empty(),
        List.of(),
        Optional.empty());
    if (isEcho(packet)) {
      return List.of(arrival.judged(Fate.FILTERED, OWN_TEXT));
    }
    if (others.sent(radio.id(), said, now)) {
      return List.of(arrival.judged(Fate.FILTERED, OtherRelays.SENT_IT));
    }
    Optional<Arrival.Verdict> unwanted = filter.judge(said, direct, now);
    if (unwanted.isEmpty()) {
      List<Arrival> answered = answers.of(arrival, said, end(radio.id(), packet, direct), now);
      if (!answered.isEmpty()) {
        return answered;
      }
    }
    Optional<Arrival.Verdict> claim = filter.isOfOtherRelay(said)
        ? Optional.empty()
        : hearing.claimed(arrival.origin(), radio, said);
    Optional<Arrival.Verdict> verdict = claim.isPresent() ? claim : unwanted;
    if (verdict.isPresent()) {
      return List.of(arrival.judged(verdict.get().fate(), verdict.get().reason()));
    }
    Optional<String> firstKey = radio.nodes().firstKey(packet.from());
    return delivered(arrival, new MatrixComposer.Heard(radio.id(), said, names, firstKey), direct);
  }

  static Portal.End end(RadioId radio, PacketHeader packet, boolean direct) {
    return direct
        ? Portal.End.direct(radio, packet.from())
        : Portal.End.channel(radio, new ChannelIndex(packet.channel()));
  }

  private static String place(AttachedRadio radio, PacketHeader packet, boolean direct) {
    if (direct) {
      return MeshPlace.direct(radio.id()).words();
    }
    return ChannelIndex.isValid(packet.channel())
        ? MeshPlace.channel(new ChannelIndex(packet.channel()), radio.id()).words()
        : "an unknown channel of " + radio.id();
  }

  private List<Arrival> delivered(Arrival arrival, MatrixComposer.Heard heard, boolean direct)
      throws StoreException {
    PacketHeader packet = heard.said().packet();
    Portal.End end = end(heard.radio(), packet, direct);
    Instant now = conditions.clock().instant();
    List<Portal> rooms = direct
        ? portals.direct(heard.radio(), packet.from())
        : portals.of(heard.radio(), end.channel());
    if (rooms.isEmpty()) {
      String reason =
          direct ? NO_PRIVATE_ROOM : "no room is bridged to channel " + packet.channel();
      return List.of(arrival.judged(Fate.FILTERED, reason));
    }
    List<Arrival> notices = new ArrayList<>();
    List<Arrival.NewEntry> entries = new ArrayList<>();
    for (Portal room : rooms) {
      Optional<Arrival> notice = flood.notice(room.address(), packet.from(), heard.names(), now);
      if (notice.isPresent()) {
        notices.add(notice.get());
      } else {
        Payload payload = payloads.of(heard, end, room, now);
        Precedence precedence = direct ? Precedence.DIRECT : Precedence.CHAT;
        entries.add(
            new Arrival.NewEntry(room.address(), payload, now.plus(maxAge), 1, 1, precedence));
      }
    }
    List<Arrival> arrivals = new ArrayList<>();
    arrivals.add(
        entries.isEmpty()
            ? arrival.judged(Fate.REFUSED, FloodGuard.TOO_MANY)
            : arrival.reworded(arrival.text(), entries));
    arrivals.addAll(notices);
    return arrivals;
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
  private static PacketId id(Utterance said, Instant now) {
    PacketHeader packet = said.packet();
    long minute = packet.receivedAt().orElse(now).getEpochSecond() / 60;
    return packet
        .id()
        .orElseGet(() -> new PacketId(Objects.hash(said.words(), minute) | Integer.MIN_VALUE));
  }

  /** What one event asks for. */
  private final class Handling implements MeshListener {
    private final AttachedRadio radio;
    private Optional<Utterance> said = Optional.empty();

    Handling(AttachedRadio radio) {
      this.radio = radio;
    }

    @Override
    public void onText(MeshEvent.TextReceived event) {
      heard(new Utterance.Text(event));
    }

    @Override
    public void onReaction(MeshEvent.ReactionReceived event) {
      heard(new Utterance.Tapback(event));
    }

    @Override
    public void onWaypoint(MeshEvent.WaypointReceived event) {
      heard(new Utterance.Mark(event));
    }

    @Override
    public void onPosition(MeshEvent.PositionReceived event) {
      PacketHeader packet = event.packet();
      Instant now = conditions.clock().instant();
      if (packet.to().isBroadcast() && !packet.privately()) {
        radio.nodes().located(packet, event.point(), packet.receivedAt().orElse(now));
      }
      // What nobody wants is no message, and not worth a row each.
      if (pace.lets(packet.from(), now)) {
        heard(new Utterance.Whereabouts(event));
      } else {
        heard(packet);
      }
    }

    private void heard(Utterance something) {
      heard(something.packet());
      said = Optional.of(something);
    }

    private void heard(PacketHeader packet) {
      nodes.heard(
          packet.from(),
          packet.receivedAt().orElseGet(() -> conditions.clock().instant()),
          packet.hops());
    }

    @Override
    public void onTelemetry(MeshEvent.TelemetryReceived event) {
      heard(event.packet());
    }

    @Override
    public void onRoute(MeshEvent.RouteReceived event) {
      heard(event.packet());
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
      radio.told(event);
    }

    @Override
    public void onDelivery(MeshEvent.DeliveryReport event) {
      ledger.late().reported(radio.id(), event.packet(), event.state());
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
