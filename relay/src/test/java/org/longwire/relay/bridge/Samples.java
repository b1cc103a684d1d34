package org.longwire.relay.bridge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.longwire.matrix.EventHeader;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.radio.Signal;

/** Events as both sides bring them. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final UserId ALICE = new UserId("@alice:example.org");
  static final UserId BOT = new UserId("@relay:example.org");
  static final UserId OTHER_RELAY = new UserId("@mmrelay:example.org");
  static final NodeId NODE = new NodeId(0xa1b2c3d4);

  private Samples() {}

  static RoomEvent.TextMessage message(
      UserId sender, RoomEvent.Kind kind, String body, ExtraField... extras) {
    return new RoomEvent.TextMessage(
        header(sender, NOON), kind, body, Relation.NONE, Optional.empty(), List.of(extras));
  }

  static RoomEvent.TextMessage text(UserId sender, String body, ExtraField... extras) {
    return message(sender, RoomEvent.Kind.TEXT, body, extras);
  }

  static EventHeader header(UserId sender, Instant at) {
    return new EventHeader(new EventId("$event"), new RoomId("!room:example.org"), sender, at);
  }

  static MeshEvent.TextReceived packet(String text, Optional<Instant> receivedAt) {
    PacketHeader header = new PacketHeader(
        NODE,
        NodeId.BROADCAST,
        0,
        PacketId.ofWire(0xfedcba98),
        receivedAt,
        OptionalInt.of(1),
        false,
        false,
        Optional.empty(),
        Signal.UNKNOWN);
    return new MeshEvent.TextReceived(header, PortNum.TEXT_MESSAGE, text, Optional.empty());
  }

  static MeshEvent.TextReceived packet(String text) {
    return packet(text, Optional.of(NOON));
  }

  /** A template's rendering without lengths, enough for the composers. */
  static Prefix prefix(String pattern) {
    return variables -> {
      String rendered = pattern;
      for (Map.Entry<String, String> variable : variables.entrySet()) {
        rendered = rendered.replace("{" + variable.getKey() + "}", variable.getValue());
      }
      return rendered;
    };
  }
}
