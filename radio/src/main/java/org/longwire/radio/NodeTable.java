package org.longwire.radio;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Which public key each node showed first. A key is pinned: another one under the same number is
 * told to the operator and not believed. The memory is this process's; the durable one is the
 * caller's, who gives what it holds at the start. Safe for several threads: the reader learns, the
 * sender asks.
 */
final class NodeTable {
  /** So many nodes are remembered; the one that was silent longest makes room. */
  static final int LIMIT = 5_000;

  private final Map<NodeId, String> keys = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, NodeId> owners = new LinkedHashMap<>();
  private final Map<NodeId, String> refused = new LinkedHashMap<>();

  /** @param known the key that each node showed first, in 64 hex digits */
  NodeTable(Map<NodeId, String> known) {
    known.forEach(this::keep);
  }

  /**
   * What a description amounts to.
   *
   * @param own the attached node, which may change its key but not lend it
   */
  synchronized List<MeshEvent> tell(NodeDescription node, NodeId own) {
    List<MeshEvent> events = new ArrayList<>();
    if (node.publicKey().isPresent()) {
      String key = node.publicKey().get();
      renumbered(node.id(), key, own).ifPresent(events::add);
      pin(node.id(), key, own).ifPresent(events::add);
    }
    events.add(new MeshEvent.NodeSeen(node));
    return events;
  }

  /** The key that a node showed first, in 64 hex digits. */
  synchronized Optional<String> keyOf(NodeId node) {
    return Optional.ofNullable(keys.get(node));
  }

  /**
   * Firmware 2.8 makes the number from the key, so only that number can be the key's new home. Keys
   * are public: anything else is somebody who shows another's key.
   */
  private Optional<MeshEvent> renumbered(NodeId now, String key, NodeId own) {
    NodeId before = owners.get(key);
    NodeId home = numberOf(key);
    if (before == null || before.equals(now) || before.equals(own) || before.equals(home)) {
      return Optional.empty();
    }
    if (!now.equals(home)) {
      return Optional.empty();
    }
    keys.remove(before);
    refused.remove(before);
    owners.put(key, now);
    return Optional.of(new MeshEvent.NodeRenumbered(before, now));
  }

  private Optional<MeshEvent> pin(NodeId id, String key, NodeId own) {
    String pinned = keys.get(id);
    if (pinned == null || id.equals(own)) {
      if (pinned != null && !pinned.equals(key)) {
        owners.remove(pinned, id);
      }
      keep(id, key);
      return Optional.empty();
    }
    if (pinned.equals(key) || key.equals(refused.put(id, key))) {
      return Optional.empty();
    }
    return Optional.of(new MeshEvent.NodeNotice(
        "node %s now shows another public key; the first one stays in force until it is forgotten,"
                .formatted(id)
            + " which is right only if you have made sure that it is the same device",
        Optional.empty()));
  }

  private void keep(NodeId id, String key) {
    keys.put(id, key);
    owners.putIfAbsent(key, id);
    if (keys.size() <= LIMIT) {
      return;
    }
    Map.Entry<NodeId, String> eldest = keys.entrySet().iterator().next();
    keys.remove(eldest.getKey());
    refused.remove(eldest.getKey());
    owners.remove(eldest.getValue(), eldest.getKey());
  }

  /** The number that firmware 2.8 gives to the holder of a key (meshtastic.md §4.16). */
  static NodeId numberOf(String key) {
    CRC32 sum = new CRC32();
    sum.update(HexFormat.of().parseHex(key));
    return new NodeId((int) sum.getValue());
  }
}
