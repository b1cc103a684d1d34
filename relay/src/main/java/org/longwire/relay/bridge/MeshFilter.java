package org.longwire.relay.bridge;

import java.util.Optional;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PortNum;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Arrival.Verdict;
import org.longwire.relay.queue.Fate;

/** Decides which texts of the mesh are meant for a shared room. Pure. */
final class MeshFilter {
  private final RelayConfig.Mesh config;

  MeshFilter(RelayConfig.Mesh config) {
    this.config = config;
  }

  /**
   * Why a text is not relayed; empty if it is.
   *
   * @param self the attached node, once known
   */
  Optional<Verdict> judge(MeshEvent.TextReceived event, Optional<NodeId> self) {
    PacketHeader packet = event.packet();
    int port = event.port();
    if (!packet.to().isBroadcast()) {
      return packet.privately() || self.equals(Optional.of(packet.to()))
          ? filtered("a direct message; it belongs in no shared room")
          : filtered("addressed to another node");
    }
    if (config.disabledPortnums().contains(port)) {
      return filtered("port " + port + " is in mesh.disabled-portnums");
    }
    if (!isChat(port)) {
      return filtered("port " + port + " is not chat");
    }
    if (!ChannelIndex.isValid(packet.channel())) {
      return filtered("unknown channel");
    }
    return PlainText.text(event.text()).isEmpty()
        ? filtered(LoopGuard.NOTHING_TO_SAY)
        : Optional.empty();
  }

  private boolean isChat(int port) {
    return switch (port) {
      case PortNum.TEXT_MESSAGE, PortNum.ALERT, PortNum.STORE_FORWARD -> true;
      case PortNum.DETECTION_SENSOR -> config.detectionSensor();
      default -> config.chatPortnums().contains(port);
    };
  }

  private static Optional<Verdict> filtered(String reason) {
    return Optional.of(new Verdict(Fate.FILTERED, reason));
  }
}
