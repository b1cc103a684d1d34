package org.longwire.radio;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One thing a node said to us, free of the wire's form. What was heard on the air is a
 * {@link Heard}; the rest is the node itself speaking.
 */
sealed interface NodeMessage {
  /** Calls the hearer's method for this kind of message. */
  void tell(Hearer hearer);

  /** One method per kind. */
  interface Hearer {
    void onMyNode(MyNodeTold message);

    void onNode(NodeTold message);

    void onChannel(ChannelTold message);

    void onModem(ModemTold message);

    void onRole(RoleTold message);

    void onFirmware(FirmwareTold message);

    void onConfigComplete(ConfigComplete message);

    void onRebooted();

    void onQueueStatus(QueueStatusTold message);

    void onNotification(Notification message);

    void onHeard(Heard message);

    /** Said on the side: log lines and everything that we have no use for. */
    void onAside(NodeMessage message);
  }

  /** The beginning of a dump: who the node is. */
  record MyNodeTold(NodeId node, int rebootCount) implements NodeMessage {
    @Override
    public void tell(Hearer hearer) {
      hearer.onMyNode(this);
    }
  }

  /** An entry of the node's list of nodes. */
  record NodeTold(NodeDescription node) implements NodeMessage {
    @Override
    public void tell(Hearer hearer) {
      hearer.onNode(this);
    }
  }

  /** A channel slot; one with an impossible index becomes an {@link Other}. */
  record ChannelTold(ChannelDescription channel) implements NodeMessage {
    @Override
    public void tell(Hearer hearer) {
      hearer.onChannel(this);
    }
  }

  /** The modem's configuration. */
  record ModemTold(ModemConfig modem) implements NodeMessage {
    @Override
    public void tell(Hearer hearer) {
      hearer.onModem(this);
    }
  }

  /** The device's role, by number (reference: meshtastic.md §3.7). */
  record RoleTold(int role) implements NodeMessage {
    @Override
    public void tell(Hearer hearer) {
      hearer.onRole(this);
    }
  }

  /** The firmware's version. */
  record FirmwareTold(String version) implements NodeMessage {
    @Override
    public void tell(Hearer hearer) {
      hearer.onFirmware(this);
    }
  }

  /** The end of the dump that was asked for under this nonce. */
  record ConfigComplete(int nonce) implements NodeMessage {
    @Override
    public void tell(Hearer hearer) {
      hearer.onConfigComplete(this);
    }
  }

  /** The node has just started; what we knew of its session is void. */
  record Rebooted() implements NodeMessage {
    @Override
    public void tell(Hearer hearer) {
      hearer.onRebooted();
    }
  }

  /**
   * The node's transmit queue. A hint, not a receipt (reference: meshtastic.md §4.2).
   *
   * @param result 0 or 35 for taken, 32 to 34 for a local refusal, else a Routing error
   * @param packet whose it is; empty for a heartbeat's answer
   */
  record QueueStatusTold(int result, int free, int max, Optional<PacketId> packet)
      implements NodeMessage {
    @Override
    public void tell(Hearer hearer) {
      hearer.onQueueStatus(this);
    }
  }

  /** A word to the operator. */
  record Notification(String message, Optional<PacketId> about) implements NodeMessage {
    @Override
    public void tell(Hearer hearer) {
      hearer.onNotification(this);
    }
  }

  /** A line of the node's log, sent as a message. */
  record LogLine(String line) implements NodeMessage {
    @Override
    public void tell(Hearer hearer) {
      hearer.onAside(this);
    }
  }

  /**
   * Something that we have no use for.
   *
   * @param variant the field number of the kind, 0 for an empty message
   */
  record Other(int variant) implements NodeMessage {
    @Override
    public void tell(Hearer hearer) {
      hearer.onAside(this);
    }
  }

  /** A packet from the air, or one that the node made itself. */
  sealed interface Heard extends NodeMessage {
    PacketHeader packet();

    /** The port number, -1 when it could not be decrypted. */
    int port();

    /** As it came; empty where nobody is told. */
    default Optional<PacketData> payload() {
      return Optional.empty();
    }

    @Override
    default void tell(Hearer hearer) {
      hearer.onHeard(this);
    }
  }

  /** A text; not empty. */
  record TextHeard(PacketHeader packet, int port, String text, Optional<PacketId> replyTo)
      implements Heard {}

  /** A tapback; the symbol is not empty. */
  record ReactionHeard(PacketHeader packet, String symbol, Optional<PacketId> target)
      implements Heard {
    @Override
    public int port() {
      return PortNum.TEXT_MESSAGE;
    }
  }

  /** A node told where it is. */
  record PositionHeard(PacketHeader packet, GeoPoint point, OptionalInt precisionMetres)
      implements Heard {
    @Override
    public int port() {
      return PortNum.POSITION;
    }
  }

  /** Somebody marked a place. */
  record WaypointHeard(PacketHeader packet, Waypoint waypoint) implements Heard {
    @Override
    public int port() {
      return PortNum.WAYPOINT;
    }
  }

  /** What became of a packet, perhaps of ours: 0 is success, else a Routing error by number. */
  record ResultHeard(PacketHeader packet, Optional<PacketId> request, int error) implements Heard {
    @Override
    public int port() {
      return PortNum.ROUTING;
    }
  }

  /** A node told its names over the air. */
  record NodeHeard(PacketHeader packet, NodeDescription node, Optional<PacketData> payload)
      implements Heard {
    @Override
    public int port() {
      return PortNum.NODEINFO;
    }
  }

  /** Somebody's measure of the air, in per cent; empty where not told or impossible. */
  record AirtimeHeard(
      PacketHeader packet,
      Instant at,
      OptionalDouble channelUtilisation,
      OptionalDouble airUtilisationTx,
      Optional<PacketData> payload)
      implements Heard {
    @Override
    public int port() {
      return PortNum.TELEMETRY;
    }
  }

  /**
   * A node told what it measures.
   *
   * @param isReplayed whether it may be what firmware repeats from its memory, without its channel;
   *     what the attached node measures itself looks the same
   */
  record TelemetryHeard(PacketHeader packet, Instant at, Telemetry telemetry, boolean isReplayed)
      implements Heard {
    @Override
    public int port() {
      return PortNum.TELEMETRY;
    }
  }

  /** A node told the way to it. */
  record RouteHeard(PacketHeader packet, PacketId request, Route route) implements Heard {
    @Override
    public int port() {
      return PortNum.TRACEROUTE;
    }
  }

  /** Any other packet. */
  record PacketHeard(PacketHeader packet, int port, Optional<PacketData> payload)
      implements Heard {}
}
