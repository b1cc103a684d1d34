package org.longwire.relay.bridge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.longwire.radio.NodeDescription;
import org.longwire.radio.NodeId;

/**
 * What nodes call themselves, in memory. Any thread may ask and tell. When it is full, the node
 * that was not asked or told about for longest is forgotten.
 */
public final class NodeDirectory {
  /** Node ids are forged easily; a mesh of honest ones has some hundreds. */
  public static final int MAX_NODES = 4_096;

  private final Map<NodeId, Told> nodes = new LinkedHashMap<>(64, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<NodeId, Told> eldest) {
      return size() > MAX_NODES;
    }
  };

  /** Learns a node's names. A name that is not told this time is kept. */
  public synchronized void seen(NodeDescription node) {
    Told told = new Told(cleaned(node.longName()), cleaned(node.shortName()));
    nodes.merge(node.id(), told, Told::updatedBy);
  }

  /** Learns names from before the start: what a node has told since is newer. */
  public synchronized void recall(NodeDescription node) {
    if (nodes.size() < MAX_NODES || nodes.containsKey(node.id())) {
      Told told = new Told(cleaned(node.longName()), cleaned(node.shortName()));
      nodes.merge(node.id(), told, (newer, older) -> older.updatedBy(newer));
    }
  }

  /** A node has a new number; the names it had stay with it unless it has told new ones. */
  public synchronized void renumbered(NodeId before, NodeId now) {
    Told old = nodes.remove(before);
    if (old != null) {
      nodes.merge(now, old, (newer, older) -> older.updatedBy(newer));
    }
  }

  /** A node's names, cleaned; those that Meshtastic gives to nameless nodes if it told none. */
  public synchronized Names names(NodeId node) {
    Told told = nodes.getOrDefault(node, Told.NOTHING);
    return new Names(
        told.longName().orElseGet(() -> "Meshtastic " + node.tail()),
        told.shortName().orElseGet(node::tail));
  }

  private static Optional<String> cleaned(Optional<String> raw) {
    return raw.map(name -> PlainText.name(name, "")).filter(name -> !name.isEmpty());
  }

  /** A node's names, one line each, never empty. */
  public record Names(String longName, String shortName) {}

  private record Told(Optional<String> longName, Optional<String> shortName) {
    static final Told NOTHING = new Told(Optional.empty(), Optional.empty());

    Told updatedBy(Told newer) {
      return new Told(newer.longName.or(() -> longName), newer.shortName.or(() -> shortName));
    }
  }
}
