package org.longwire.radio;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known across connections, and the telling of it: turns the node's messages into
 * {@link MeshEvent}s. Everything runs on the polling thread, save the questions that say otherwise.
 */
final class Reception {
  /**
   * So many packets are kept while a handshake runs, because only its end tells which are ours; a
   * node's own queue holds 32.
   */
  private static final int MAX_HELD = 256;

  private static final Logger LOG = LoggerFactory.getLogger(RadioSession.class);

  private final MeshListener listener;
  private final SentPackets sent;
  private final RecentPackets recent = new RecentPackets();
  private final NodeTable nodes;
  private final ArrayDeque<NodeMessage.Heard> held = new ArrayDeque<>();
  private Optional<NodeIdentity> identity = Optional.empty();
  private List<ChannelDescription> channels = List.of();
  private volatile LinkState state;
  private volatile int queueFree = -1;

  Reception(MeshListener listener, SentPackets sent, NodeTable nodes, String port) {
    this.listener = listener;
    this.sent = sent;
    this.nodes = nodes;
    this.state = new LinkState.Connecting(port);
  }

  /** From any thread. */
  LinkState state() {
    return state;
  }

  /** From any thread. */
  OptionalInt queueFree() {
    return queueFree < 0 ? OptionalInt.empty() : OptionalInt.of(queueFree);
  }

  /** The public key of a node, in 64 hex digits; from any thread. */
  Optional<String> keyOf(NodeId node) {
    return nodes.keyOf(node);
  }

  void connecting(String port) {
    become(new LinkState.Connecting(port));
  }

  void lost(String reason, Duration retryIn) {
    become(new LinkState.Lost(reason, retryIn));
  }

  private void become(LinkState next) {
    if (!(next instanceof LinkState.Ready)) {
      queueFree = -1;
    }
    state = next;
    new MeshEvent.LinkChanged(next).tell(listener);
  }

  /** A handshake is complete. */
  void complete(Snapshot snapshot) {
    NodeIdentity now = snapshot.identity();
    identity.ifPresent(before -> compare(before, now));
    boolean isNews = !(state instanceof LinkState.Ready)
        || !identity.equals(Optional.of(now))
        || !channels.equals(snapshot.channels());
    identity = Optional.of(now);
    channels = snapshot.channels();
    if (isNews) {
      new MeshEvent.IdentityTold(now, channels).tell(listener);
    }
    snapshot.nodes().forEach(this::node);
    if (isNews) {
      become(new LinkState.Ready(now));
    }
    while (!held.isEmpty()) {
      tell(held.poll());
    }
  }

  private void compare(NodeIdentity before, NodeIdentity now) {
    if (!before.node().equals(now.node())) {
      LOG.warn("the attached radio is now {}, it was {}", now.node(), before.node());
      restarted();
    } else if (before.rebootCount() != now.rebootCount()) {
      LOG.info("the radio {} has restarted", now.node());
      restarted();
    }
  }

  /** The node has restarted: what was on its way to it will not be answered. */
  void restarted() {
    sent.forget().forEach(report -> report.tell(listener));
  }

  void node(NodeDescription node) {
    nodes.tell(node, own()).forEach(event -> event.tell(listener));
  }

  void notification(NodeMessage.Notification notification) {
    Optional<MeshEvent.DeliveryReport> refusal = notification
        .about()
        .filter(about -> Answers.isTooSoon(notification.message()))
        .flatMap(sent::tooSoon);
    if (refusal.isPresent()) {
      refusal.get().tell(listener);
    } else if (!notification.message().isBlank()) {
      new MeshEvent.NodeNotice(notification.message(), notification.about()).tell(listener);
    }
  }

  void queueStatus(NodeMessage.QueueStatusTold status, long now) {
    queueFree = Math.max(0, status.free());
    if (status.packet().isEmpty()) {
      sent.hasRead(now);
    }
    status
        .packet()
        .flatMap(id -> sent.queueStatus(id, status.result(), now))
        .ifPresent(report -> report.tell(listener));
  }

  void expire(long now) {
    sent.expire(now).forEach(report -> report.tell(listener));
  }

  void heard(NodeMessage.Heard packet) {
    if (state instanceof LinkState.Ready) {
      tell(packet);
      return;
    }
    held.add(packet);
    if (held.size() > MAX_HELD) {
      tell(held.poll());
    }
  }

  /** Whether a packet is the attached node's own. */
  boolean isOwn(PacketHeader packet) {
    return identity.isPresent() && packet.from().equals(own());
  }

  private NodeId own() {
    return identity.map(NodeIdentity::node).orElse(new NodeId(0));
  }

  private void tell(NodeMessage.Heard packet) {
    if (packet instanceof NodeMessage.TextHeard text) {
      if (isChat(text)) {
        new MeshEvent.TextReceived(text.packet(), text.port(), text.text(), text.replyTo())
            .tell(listener);
      }
    } else if (packet instanceof NodeMessage.ReactionHeard reaction) {
      if (isChat(reaction)) {
        new MeshEvent.ReactionReceived(reaction.packet(), reaction.symbol(), reaction.target())
            .tell(listener);
      }
    } else if (packet instanceof NodeMessage.PositionHeard position) {
      if (isChat(position)) {
        new MeshEvent.PositionReceived(
                position.packet(), position.point(), position.precisionMetres())
            .tell(listener);
      }
    } else if (packet instanceof NodeMessage.WaypointHeard mark) {
      if (isChat(mark)) {
        new MeshEvent.WaypointReceived(mark.packet(), mark.waypoint()).tell(listener);
      }
    } else if (packet instanceof NodeMessage.ResultHeard result) {
      result
          .request()
          .flatMap(id -> sent.result(id, result.packet().from(), own(), result.error()))
          .ifPresent(report -> report.tell(listener));
    } else if (packet instanceof NodeMessage.AirtimeHeard air && isOwn(air.packet())) {
      new MeshEvent.AirtimeTold(air.at(), air.channelUtilisation(), air.airUtilisationTx())
          .tell(listener);
    } else if (packet instanceof NodeMessage.TelemetryHeard measured) {
      telemetry(measured);
    } else if (packet instanceof NodeMessage.RouteHeard way) {
      route(way);
    } else {
      if (packet instanceof NodeMessage.NodeHeard told) {
        node(told.node());
      }
      other(packet);
    }
  }

  private void telemetry(NodeMessage.TelemetryHeard heard) {
    boolean isOwn = isOwn(heard.packet());
    if (isOwn && heard.telemetry() instanceof Telemetry.Device device) {
      new MeshEvent.AirtimeTold(heard.at(), device.channelUtilisation(), device.airUtilisationTx())
          .tell(listener);
    }
    if (isOwn || !heard.isReplayed() && isForUs(heard.packet())) {
      new MeshEvent.TelemetryReceived(heard.packet(), heard.telemetry()).tell(listener);
    } else {
      other(heard);
    }
  }

  /** The answer is its request's acknowledgement: no other one comes (capture 14c). */
  private void route(NodeMessage.RouteHeard heard) {
    if (!heard.packet().to().equals(own())) {
      other(heard);
      return;
    }
    sent.result(heard.request(), heard.packet().from(), own(), Answers.NO_ERROR)
        .ifPresent(report -> report.tell(listener));
    new MeshEvent.RouteReceived(heard.packet(), Optional.of(heard.request()), heard.route())
        .tell(listener);
  }

  /**
   * Whether it is a word to everybody or to us, not our own and not told before. A text from our
   * node that we did not send was typed on the device.
   */
  private boolean isChat(NodeMessage.Heard heard) {
    PacketHeader packet = heard.packet();
    if (isOwn(packet) && packet.id().map(sent::contains).orElse(false)) {
      return false;
    }
    if (!isForUs(packet)) {
      other(heard);
      return false;
    }
    return recent.isNew(packet);
  }

  private boolean isForUs(PacketHeader packet) {
    return packet.to().isBroadcast() || packet.to().equals(own());
  }

  private void other(NodeMessage.Heard heard) {
    PacketHeader packet = heard.packet();
    Optional<PacketData> payload = heard.payload().filter(unread -> isForUs(packet));
    new MeshEvent.OtherReceived(packet, heard.port(), payload).tell(listener);
  }
}
