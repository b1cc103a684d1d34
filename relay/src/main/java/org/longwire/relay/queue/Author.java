package org.longwire.relay.queue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.longwire.matrix.UserId;
import org.longwire.radio.NodeId;

/**
 * Who caused a delivery, as the ledger writes it: enough to tell people apart, too little to know
 * them by. Two who share a tag share an allowance.
 *
 * @param tag eight hex digits; empty in rows that were written before authors were
 */
public record Author(String tag) {
  /** The relay itself, whose notices wait for nobody. */
  public static final Author RELAY = new Author("00000000");

  /** What the sender of a plugin's notices begins with. */
  private static final String PLUGIN = "plugin ";

  static final Author UNKNOWN = new Author("");

  /** Somebody on the mesh. */
  public static Author of(NodeId node) {
    return named("node " + node);
  }

  /** Somebody in a room. */
  public static Author of(UserId user) {
    return named("user " + user.value());
  }

  /** A plugin. */
  public static Author plugin(String id) {
    return named(PLUGIN + id);
  }

  static Author of(Arrival arrival) {
    if (arrival.origin() instanceof Origin.Packet packet) {
      return of(packet.from());
    }
    if (arrival.origin() instanceof Origin.Event) {
      return named("user " + arrival.sender());
    }
    return arrival.sender().startsWith(PLUGIN) ? named(arrival.sender()) : RELAY;
  }

  private static Author named(String name) {
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    // Nobody is called so that he passes for the relay.
    return new Author(HexFormat.of().toHexDigits((int) Math.max(1, sum.getValue())));
  }

  /** Whether there is somebody to bear the blame. */
  boolean isAccountable() {
    return !equals(RELAY) && !equals(UNKNOWN);
  }
}
