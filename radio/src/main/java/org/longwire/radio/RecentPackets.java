package org.longwire.radio;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Remembers which texts were told, so that a repetition (after a reboot of the node, from a store
 * and forward node, over the internet and the air) is told once. A convenience: the durable memory
 * is the caller's.
 */
final class RecentPackets {
  /** So many packets are remembered (reference: meshtastic.md §4.4). */
  static final int LIMIT = 10_000;

  private final Set<Long> seen = new LinkedHashSet<>();

  /** Whether this packet is new; one without an id always is. */
  boolean isNew(PacketHeader packet) {
    if (packet.id().isEmpty()) {
      return true;
    }
    long key = packet.from().unsigned() << 32 | packet.id().get().unsigned();
    if (!seen.add(key)) {
      return false;
    }
    if (seen.size() > LIMIT) {
      seen.remove(seen.iterator().next());
    }
    return true;
  }
}
