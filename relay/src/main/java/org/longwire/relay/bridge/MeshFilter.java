package org.longwire.relay.bridge;

import java.time.Instant;
import java.util.Optional;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PortNum;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Arrival.Verdict;
import org.longwire.relay.queue.Fate;

/** Decides what of the mesh is meant for a room. Pure. */
final class MeshFilter {
  private final RelayConfig.Mesh mesh;
  private final RelayConfig.Interactions interactions;

  MeshFilter(RelayConfig.Mesh mesh, RelayConfig.Interactions interactions) {
    this.mesh = mesh;
    this.interactions = interactions;
  }

  /**
   * Whether something was said to our node alone, and is for no shared room.
   *
   * @param self the attached node, once known; what came under its key is for it in any case
   */
  static boolean isDirect(PacketHeader packet, Optional<NodeId> self) {
    return packet.privately() || self.equals(Optional.of(packet.to()));
  }

  /**
   * Why something is not relayed; empty if it is.
   *
   * @param direct whether it was said to our node alone
   */
  Optional<Verdict> judge(Utterance said, boolean direct, Instant now) {
    PacketHeader packet = said.packet();
    int port = said.port();
    if (!direct && !packet.to().isBroadcast()) {
      return filtered("addressed to another node");
    }
    if (mesh.relayNodes().contains(packet.from())) {
      return filtered("sent by the node of another relay (mesh.relay-nodes)");
    }
    if (mesh.disabledPortnums().contains(port)) {
      return filtered("port " + port + " is in mesh.disabled-portnums");
    }
    Optional<String> unwanted = unwanted(said, now);
    if (unwanted.isPresent()) {
      return filtered(unwanted.get());
    }
    if (!ChannelIndex.isValid(packet.channel())) {
      return filtered("unknown channel");
    }
    return said.words().isEmpty() ? filtered(LoopGuard.NOTHING_TO_SAY) : Optional.empty();
  }

  /**
   * Whether these are words by the node of another relay. No plugin hears those: it would answer on
   * the air what a room or a mesh elsewhere has said, and be answered in turn.
   */
  boolean isOfOtherRelay(Utterance said) {
    boolean isWords = said instanceof Utterance.Text || said instanceof Utterance.Tapback;
    return isWords && mesh.relayNodes().contains(said.packet().from());
  }

  private Optional<String> unwanted(Utterance said, Instant now) {
    if (said instanceof Utterance.Tapback) {
      return unless(interactions.reactions(), "reactions are off (interactions.reactions)");
    }
    if (said instanceof Utterance.Mark mark) {
      return mark.event()
              .waypoint()
              .expiresAt()
              .filter(end -> !end.isAfter(now))
              .isPresent()
          ? Optional.of("a marked place is taken back")
          : unless(mesh.places().waypoints(), "marked places are off (mesh.waypoints)");
    }
    if (said instanceof Utterance.Whereabouts) {
      return unless(mesh.places().positions(), "positions are off (mesh.positions)");
    }
    return unless(isChat(said.port()), "port " + said.port() + " is not chat");
  }

  private static Optional<String> unless(boolean wanted, String reason) {
    return wanted ? Optional.empty() : Optional.of(reason);
  }

  private boolean isChat(int port) {
    return switch (port) {
      case PortNum.TEXT_MESSAGE, PortNum.ALERT, PortNum.STORE_FORWARD -> true;
      case PortNum.DETECTION_SENSOR -> mesh.detectionSensor();
      default -> mesh.chatPortnums().contains(port);
    };
  }

  private static Optional<Verdict> filtered(String reason) {
    return Optional.of(new Verdict(Fate.FILTERED, reason));
  }
}
