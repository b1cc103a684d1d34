package org.longwire.radio.sim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;

/** What a simulated peer remembers of what it heard. */
final class PeerMemory {
  /** Packets that a node knows again: the smallest history of real firmware. */
  private static final int HISTORY = 100;

  /** Texts, and positions, remembered for the test; far above any test, but bounded. */
  private static final int MAX_HEARD = 50_000;

  private record Seen(NodeId from, PacketId id) {}

  private final Set<Seen> history = new LinkedHashSet<>();
  private final List<HeardText> texts = new ArrayList<>();
  private final List<HeardPosition> positions = new ArrayList<>();

  boolean isNew(AirPacket packet) {
    if (!history.add(new Seen(packet.from(), packet.id()))) {
      return false;
    }
    if (history.size() > HISTORY) {
      history.remove(history.iterator().next());
    }
    return true;
  }

  /** @param isReadable whether what is under a key can be read */
  void keep(AirPacket packet, Instant at, boolean isReadable) {
    if (packet.isText() && (isReadable || !packet.isPrivate())) {
      keep(texts, text(packet, at));
    }
    packet.point().ifPresent(point -> keep(positions, position(packet, at, point)));
  }

  List<HeardText> texts() {
    return List.copyOf(texts);
  }

  List<HeardPosition> positions() {
    return List.copyOf(positions);
  }

  private static <T> void keep(List<T> list, T item) {
    if (list.size() == MAX_HEARD) {
      list.remove(0);
    }
    list.add(item);
  }

  private static HeardPosition position(AirPacket packet, Instant at, GeoPoint point) {
    return new HeardPosition(at, packet.from(), packet.id(), packet.channel(), point);
  }

  private static HeardText text(AirPacket packet, Instant at) {
    String words = new String(packet.payload(), StandardCharsets.UTF_8);
    return new HeardText(
        at,
        packet.from(),
        packet.to(),
        packet.id(),
        packet.isPrivate() ? 0 : packet.channel(),
        words,
        packet.replyTo(),
        packet.emoji() != 0,
        packet.isPrivate());
  }
}
