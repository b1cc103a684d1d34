package org.longwire.relay.config;

import java.util.Set;
import java.util.TreeSet;
import org.longwire.radio.PortNum;
import org.longwire.relay.config.RelayConfig.Mesh;
import org.longwire.relay.config.RelayConfig.Places;
import org.longwire.relay.config.RelayConfig.Prefix;

/** Reads {@code mesh { }} and {@code prefix { }}, and holds the one against the other. */
final class MeshReader {
  /** Bytes of a text that its prefix must leave free. */
  private static final int MIN_ROOM = 30;

  private MeshReader() {}

  static Mesh mesh(Section root) {
    Set<Integer> chat = Set.copyOf(root.get(Keys.CHAT_PORTNUMS));
    Set<Integer> disabled = Set.copyOf(root.get(Keys.DISABLED_PORTNUMS));
    Set<Integer> both = new TreeSet<>(chat);
    both.retainAll(disabled);
    if (!both.isEmpty()) {
      root.warning(
          Keys.CHAT_PORTNUMS,
          " and mesh.disabled-portnums both have %s, which stays disabled; remove it from one"
              .formatted(both.iterator().next()));
    }
    if (disabled.contains(PortNum.TEXT_MESSAGE)) {
      root.warning(
          Keys.DISABLED_PORTNUMS,
          " has 1, so that no text is relayed; remove it unless you mean it");
    }
    return new Mesh(
        root.get(Keys.SPLIT),
        root.get(Keys.PART_BYTES),
        root.get(Keys.CUT_BYTES),
        root.get(Keys.MAX_PARTS),
        root.get(Keys.MESSAGE_DELAY),
        root.get(Keys.BROADCAST),
        root.get(Keys.DETECTION_SENSOR),
        chat,
        disabled,
        Set.copyOf(root.get(Keys.RELAY_NODES)),
        new Places(
            root.get(Keys.WAYPOINTS), root.get(Keys.POSITIONS), root.get(Keys.POSITION_INTERVAL)),
        root.get(Keys.MESH_MAX_AGE),
        root.get(Keys.KEEP_SIGNED),
        root.get(Keys.ATTACHMENTS),
        root.get(Keys.ATTACHMENT_LINK),
        root.get(Keys.LOCATIONS));
  }

  static Prefix prefix(Section root) {
    PrefixTemplate toMesh = root.get(Keys.TO_MESH);
    boolean split = root.get(Keys.SPLIT);
    int room = root.get(split ? Keys.PART_BYTES : Keys.CUT_BYTES);
    if (toMesh.fixedBytes() + MIN_ROOM > room) {
      root.error(
          Keys.TO_MESH,
          " takes %d of the %d bytes of %s; shorten it to %d"
              .formatted(
                  toMesh.fixedBytes(),
                  room,
                  split ? "mesh.part-bytes" : "mesh.cut-bytes",
                  Math.max(0, room - MIN_ROOM)));
    }
    return new Prefix(root.get(Keys.TO_MATRIX), toMesh);
  }
}
