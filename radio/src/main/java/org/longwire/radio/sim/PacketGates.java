package org.longwire.radio.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;

/**
 * What a packet of the client must pass before it is on the air, gate by gate in the firmware's
 * order (reference: meshtastic.md §4.1; captures 07 to 12, 19c).
 */
final class PacketGates {
  private static final int IDS_REMEMBERED = 20;
  private static final int MAX_DATA = 239;
  private static final int PKI_BYTES = 12;
  private static final int MINUTES_TO_WAIT = 59;

  private static final int NO_CHANNEL = 6;
  private static final int TOO_LARGE = 7;
  private static final int DUTY_CYCLE = 9;
  private static final int QUEUE_FULL = 32;
  private static final int TX_DISABLED = 34;
  private static final int PKI_FAILED = 34;
  private static final int RATE_LIMIT = 38;
  private static final int NO_KEY_FOR_PEER = 39;

  private static final Duration SLOW_GAP = Duration.ofSeconds(10);
  private static final Duration TRACEROUTE_GAP = Duration.ofSeconds(30);

  private final SimulatedMesh mesh;
  private final NodeSettings own;
  private final NodeState state;
  private final AirQueue air;
  private final PhoneApi phone;
  private final Set<Integer> recentIds = new LinkedHashSet<>();
  private final Map<Integer, Long> lastAccepted = new HashMap<>();

  PacketGates(SimulatedMesh mesh, NodeSettings own, NodeState state, AirQueue air, PhoneApi phone) {
    this.mesh = mesh;
    this.own = own;
    this.state = state;
    this.air = air;
    this.phone = phone;
  }

  /** A closed session's limits are forgotten; the ids are not. */
  void sessionClosed() {
    lastAccepted.clear();
  }

  void booted() {
    lastAccepted.clear();
    recentIds.clear();
  }

  void pass(ClientPacket packet) {
    if (packet.id() != 0 && !remember(packet.id())) {
      return;
    }
    if (packet.port() == PortNum.TRACEROUTE && isForAllAfar(packet)) {
      notTaken(packet, "Multi-hop traceroute to broadcast address is not allowed");
      return;
    }
    if (isTooSoon(packet)) {
      refuseAsTooSoon(packet);
      return;
    }
    PacketId id = PacketId.ofWire(packet.id()).orElseGet(mesh::newId);
    if (packet.to() == own.id.number()) {
      phone.status(0, air.free(), id);
      phone.toOwnNode(packet, id);
      return;
    }
    int hops = packet.wantAck() && packet.hopLimit() == 0 ? own.hopLimit : packet.hopLimit();
    send(packet.onAir(own.id, id, hops), packet.pki());
  }

  /** Puts a packet of the node itself on the air, or tells the client why not. */
  void send(AirPacket packet) {
    send(packet, PkiDemand.NONE);
  }

  private void send(AirPacket meant, PkiDemand demand) {
    AirPacket packet = own.hasKey ? meant : meant.inTheOpen();
    if (isDutyCycleSpent()) {
      phone.notify(
          packet.id(),
          "Duty cycle limit exceeded. You can send again in " + MINUTES_TO_WAIT + " mins");
      refuse(packet, DUTY_CYCLE);
      return;
    }
    int error = encodingError(packet, demand);
    if (error != 0) {
      refuse(packet, error);
    } else if (!state.txEnabled()) {
      phone.status(TX_DISABLED, air.free(), packet.id());
    } else {
      int res = air.add(packet) ? 0 : QUEUE_FULL;
      phone.status(res, air.free(), packet.id());
    }
  }

  private boolean remember(int id) {
    if (!recentIds.add(id)) {
      return false;
    }
    if (recentIds.size() > IDS_REMEMBERED) {
      recentIds.remove(recentIds.iterator().next());
    }
    return true;
  }

  private boolean isTooSoon(ClientPacket packet) {
    Duration gap = gapOf(packet.port());
    Long last = lastAccepted.get(packet.port());
    if (last != null && mesh.now() - last < gap.toNanos()) {
      return true;
    }
    lastAccepted.put(packet.port(), mesh.now());
    return false;
  }

  private Duration gapOf(int port) {
    return switch (port) {
      case PortNum.TEXT_MESSAGE -> own.textGap;
      case PortNum.POSITION, PortNum.WAYPOINT, PortNum.ALERT, PortNum.TELEMETRY -> SLOW_GAP;
      case PortNum.TRACEROUTE -> TRACEROUTE_GAP;
      default -> Duration.ZERO;
    };
  }

  private static boolean isForAllAfar(ClientPacket packet) {
    return packet.to() == NodeId.BROADCAST.number() && packet.hopLimit() > 0;
  }

  /** Its status says that all is well; only the operator is told (capture 19a). */
  private void notTaken(ClientPacket packet, String words) {
    PacketId id = PacketId.ofWire(packet.id()).orElseGet(mesh::newId);
    phone.status(0, air.free(), id);
    phone.notify(id, words);
  }

  /** The answer goes to whom the client said it was: to node 0, over the air, if it did not say. */
  private void refuseAsTooSoon(ClientPacket packet) {
    if (packet.port() == PortNum.TRACEROUTE) {
      notTaken(packet, "TraceRoute can only be sent once every 30 seconds");
      return;
    }
    PacketId id = PacketId.ofWire(packet.id()).orElseGet(mesh::newId);
    phone.status(0, air.free(), id);
    if (!packet.isText()) {
      return;
    }
    if (packet.from() == own.id.number()) {
      phone.routing(id, RATE_LIMIT, 0);
    } else {
      NodeId to = new NodeId(packet.from());
      air.add(PhoneFrames.routingPacket(own.id, to, mesh.newId(), RATE_LIMIT).answering(id));
    }
  }

  private boolean isDutyCycleSpent() {
    return state.dutyCycleSpent() || air.utilisationPercent() > own.dutyCyclePercent;
  }

  private int encodingError(AirPacket packet, PkiDemand demand) {
    int size = PhoneFrames.data(packet).toBytes().length;
    if (packet.isPrivate()) {
      boolean everybody = packet.to().number() == 1;
      Optional<SimulatedPeer> peer = mesh.peer(packet.to()).filter(SimulatedPeer::isKeyKnown);
      if (!everybody && peer.isEmpty()) {
        return NO_KEY_FOR_PEER;
      }
      if (size > MAX_DATA - PKI_BYTES) {
        return TOO_LARGE;
      }
      return peer.map(one -> demand.allows(one.publicKey())).orElse(true) ? 0 : PKI_FAILED;
    }
    if (demand.isMade()) {
      return PKI_FAILED;
    }
    if (size > MAX_DATA) {
      return TOO_LARGE;
    }
    return own.isChannelEnabled(packet.channel()) ? 0 : NO_CHANNEL;
  }

  private void refuse(AirPacket packet, int error) {
    phone.status(error, air.free(), packet.id());
    phone.routing(packet.id(), error, 0);
  }
}
