package org.longwire.relay.queue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern PACKET_KEY =
      Pattern.compile(PACKET + "([^ ]+) !([0-9a-f]{8}) ([0-9a-f]{8})");

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

  /** @throws IllegalArgumentException if the key is none of ours, or is not whole any more */
  static Origin read(String key, String room) {
    if (key.startsWith(EVENT)) {
      return new Origin.Event(new RoomId(room), new EventId(key.substring(EVENT.length())));
    }
    if (key.startsWith(NOTICE)) {
      return new Origin.Notice(key.substring(NOTICE.length()));
    }
    Matcher packet = PACKET_KEY.matcher(key);
    if (!packet.matches()) {
      throw new IllegalArgumentException("no origin of a message: " + key);
    }
    return new Origin.Packet(
        new RadioId(packet.group(1)),
        new NodeId(Integer.parseUnsignedInt(packet.group(2), 16)),
        PacketId.parse(packet.group(3)));
  }

  /** A pattern of LIKE for all packets with this id, in eight hex digits. */
  static String likePacket(String hex) {
    return PACKET + "% " + hex;
  }

  /** A pattern of LIKE for all packets of this node, in eight hex digits. */
  static String likeNode(String hex) {
    return PACKET + "% !" + hex + " %";
  }

  /** What the keys of all packets of a radio begin with. */
  static String packetsOf(RadioId radio) {
    return PACKET + radio + " ";
  }

  /** The first text behind all those that begin like this. */
  static String behind(String beginning) {
    int last = beginning.length() - 1;
    return beginning.substring(0, last) + (char) (beginning.charAt(last) + 1);
  }

  static String event(String id) {
    return EVENT + id;
  }
}
