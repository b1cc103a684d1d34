package org.longwire.relay.queue;

import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;

/** Writes an origin as the key of its row, and reads it back. */
final class Origins {
  private static final String PACKET = "packet ";
  private static final String EVENT = "event ";
  private static final String NOTICE = "notice ";

  private Origins() {}

  static String key(Origin origin) {
    if (origin instanceof Origin.Packet packet) {
      return PACKET + packet.radio() + " " + packet.from() + " " + packet.id();
    }
    if (origin instanceof Origin.Event event) {
      return EVENT + event.id();
    }
    return NOTICE + ((Origin.Notice) origin).about();
  }

  static String room(Origin origin) {
    return origin instanceof Origin.Event event ? event.room().value() : "";
  }

  /** Whether the ids of this kind come round again. */
  static boolean recurs(Origin origin) {
    return origin instanceof Origin.Packet;
  }

  static Origin read(String key, String room) {
    if (key.startsWith(EVENT)) {
      return new Origin.Event(new RoomId(room), new EventId(key.substring(EVENT.length())));
    }
    if (key.startsWith(NOTICE)) {
      return new Origin.Notice(key.substring(NOTICE.length()));
    }
    String[] parts = key.substring(PACKET.length()).split(" ");
    return new Origin.Packet(
        new RadioId(parts[0]), NodeId.parse(parts[1]).orElseThrow(), PacketId.parse(parts[2]));
  }

  /** A pattern of LIKE for all packets with this id, in eight hex digits. */
  static String likePacket(String hex) {
    return PACKET + "% " + hex;
  }

  /** A pattern of LIKE for all packets of this node, in eight hex digits. */
  static String likeNode(String hex) {
    return PACKET + "% !" + hex + " %";
  }

  static String event(String id) {
    return EVENT + id;
  }
}
