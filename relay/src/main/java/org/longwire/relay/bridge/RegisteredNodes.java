package org.longwire.relay.bridge;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.longwire.radio.NodeDescription;
import org.longwire.radio.NodeId;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.NodeRegistry;
import org.longwire.relay.store.repository.ReadScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the registry of nodes, and the directories from it, so that names survive a restart; and
 * tells what it knows.
 */
public final class RegisteredNodes implements NodeNews, KnownNodes {
  private static final Logger LOG = LoggerFactory.getLogger(RegisteredNodes.class);

  private final NodeRegistry registry;
  private final String meshnet;
  private final InstantSource clock;

  public RegisteredNodes(NodeRegistry registry, String meshnet, InstantSource clock) {
    this.registry = registry;
    this.meshnet = meshnet;
    this.clock = clock;
  }

  /**
   * Tells directories the names that are known, unless they know better; a store that cannot be
   * read leaves them to the radio.
   *
   * @return whether the store could be read
   */
  public boolean fill(Collection<NodeDirectory> directories) {
    try {
      List<Node> oldestFirst =
          new ArrayList<>(registry.all(new ReadScope.Meshnet(meshnet)).value());
      Collections.reverse(oldestFirst);
      for (Node node : oldestFirst) {
        if (node.meshnet().equals(meshnet)) {
          NodeDescription known = new NodeDescription(
              node.id(),
              node.longName(),
              node.shortName(),
              node.publicKey(),
              node.hardware(),
              node.role(),
              Optional.of(node.lastHeard()),
              OptionalDouble.empty());
          directories.forEach(directory -> directory.recall(known));
        }
      }
      return true;
    } catch (StoreException e) {
      LOG.warn("names of nodes are unknown until the radio tells them: {}", e.getMessage());
      return false;
    }
  }

  /**
   * The public key that each node showed first, of the one heard longest ago first. A store that
   * cannot be read knows none, and leaves it to the radio which is the first.
   */
  public Map<NodeId, String> firstKeys() {
    try {
      List<Node> oldestFirst = new ArrayList<>(known());
      Collections.reverse(oldestFirst);
      Map<NodeId, String> keys = new LinkedHashMap<>();
      oldestFirst.forEach(node -> node.publicKey().ifPresent(key -> keys.put(node.id(), key)));
      return keys;
    } catch (StoreException e) {
      LOG.warn("keys of nodes are unknown until the radio tells them: {}", e.getMessage());
      return Map.of();
    }
  }

  @Override
  public List<Node> known() throws StoreException {
    return registry.all(new ReadScope.Meshnet(meshnet)).value().stream()
        .filter(node -> node.meshnet().equals(meshnet))
        .toList();
  }

  @Override
  public void told(NodeDescription node) {
    Instant now = clock.instant();
    registry.seen(new Node(
        meshnet,
        node.id(),
        node.longName(),
        node.shortName(),
        node.publicKey(),
        node.hardware(),
        node.role(),
        OptionalInt.empty(),
        node.lastHeard().filter(t -> t.isBefore(now)).orElse(now),
        node.lastHeard().map(t -> t.isBefore(now) ? t : now).orElse(Instant.EPOCH),
        now,
        Node.Source.NODE_LIST));
  }

  @Override
  public void heard(NodeId node, Instant at, OptionalInt hops) {
    Instant now = clock.instant();
    Instant then = at.isBefore(now) ? at : now;
    registry.seen(new Node(
        meshnet,
        node,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        hops,
        then,
        then,
        now,
        Node.Source.PACKET));
  }

  @Override
  public void renumbered(NodeId before, NodeId now) {
    registry.renumbered(meshnet, before, now);
  }
}
