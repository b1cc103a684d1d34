package org.longwire.radio.sim;

import java.util.LinkedHashSet;
import java.util.Set;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;

/** What the node does with a packet it heard (reference: meshtastic.md §4.4, §4.7, §4.8). */
final class SimulatedReception {
  private static final int HISTORY = 100;
  private static final int TEXT_HISTORY = 50;
  private static final int HASH_STEP = 31;

  private record Seen(NodeId from, PacketId id) {}

  private final NodeSettings own;
  private final NodeState state;
  private final PhoneApi phone;
  private final SimulatedNode node;
  private final Set<Seen> history = new LinkedHashSet<>();
  private final Set<PacketId> textIds = new LinkedHashSet<>();

  SimulatedReception(NodeSettings own, NodeState state, PhoneApi phone, SimulatedNode node) {
    this.own = own;
    this.state = state;
    this.phone = phone;
    this.node = node;
  }

  void clear() {
    history.clear();
    textIds.clear();
  }

  void hear(AirPacket packet, SimulatedPeer sender) {
    boolean mine = packet.to().equals(own.id);
    if (packet.from().equals(own.id) || !mine && !packet.to().isBroadcast() || isKnown(packet)) {
      return;
    }
    if (mine && !canOpen(packet, sender)) {
      return;
    }
    if (packet.port() == PortNum.NODEINFO && packet.from().equals(sender.id())) {
      sender.isKnown(true).isKeyKnown(true);
    }
    node.log("DEBUG", "Received %s".formatted(packet));
    AirPacket shown = asDecoded(packet);
    boolean text = shown.isText() || shown.port() == PortNum.RANGE_TEST;
    phone.packet(PhoneFrames.heard(shown, sender, state.time()), text);
    if (mine && packet.wantAck()) {
      node.acknowledge(packet);
    }
  }

  /** A node with a key takes no text to itself under another (reference: meshtastic.md §4.7). */
  private boolean canOpen(AirPacket packet, SimulatedPeer sender) {
    if (packet.isPrivate()) {
      // Our node tries the key that it has of the number that the packet claims.
      return own.hasKey && sender.isKeyKnown() && packet.from().equals(sender.id());
    }
    return !(own.hasKey && packet.isText());
  }

  private boolean isKnown(AirPacket packet) {
    boolean text = packet.isText() && packet.to().isBroadcast();
    boolean known = !remember(history, new Seen(packet.from(), packet.id()), HISTORY);
    return text && !remember(textIds, packet.id(), TEXT_HISTORY) || known;
  }

  private static <T> boolean remember(Set<T> set, T item, int limit) {
    if (!set.add(item)) {
      return false;
    }
    if (set.size() > limit) {
      set.remove(set.iterator().next());
    }
    return true;
  }

  /** A channel that our node has not is ciphertext to it. */
  private AirPacket asDecoded(AirPacket packet) {
    boolean missing = !packet.encrypted()
        && packet.to().isBroadcast()
        && ChannelIndex.isValid(packet.channel())
        && !own.isChannelEnabled(packet.channel());
    return missing ? packet.undecodable(packet.channel() * HASH_STEP + 8) : packet;
  }
}
