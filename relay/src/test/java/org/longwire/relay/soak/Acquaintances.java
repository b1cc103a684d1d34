package org.longwire.relay.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.longwire.radio.NodeId;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.NodeRegistry;
import org.longwire.relay.store.repository.ReadScope;

/** Nodes that are heard again and again, some under a new name. */
final class Acquaintances implements Traffic {
  private static final int NODES = 300;
  private static final int EACH = 5;

  private final NodeRegistry nodes;
  private final InstantSource clock;
  private final Map<NodeId, Instant> heard = new ConcurrentHashMap<>();

  Acquaintances(NodeRegistry nodes, InstantSource clock) {
    this.nodes = nodes;
    this.clock = clock;
  }

  @Override
  public void turn(long number) throws Exception {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    for (int i = 0; i < EACH; i++) {
      NodeId id = new NodeId((int) ((number * EACH + i) % NODES) + 1);
      heard.put(id, now);
      nodes.seen(node(id, "Node " + number / 500, now));
    }
    nodes.online(ReadScope.ANY, Duration.ofHours(2));
  }

  private static Node node(NodeId id, String name, Instant now) {
    return new Node(
        "Forx",
        id,
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.of(1),
        now,
        now,
        now,
        Node.Source.PACKET);
  }

  void verify() throws Exception {
    nodes.flush();
    assertEquals(heard.size(), nodes.count());
    for (Map.Entry<NodeId, Instant> one : heard.entrySet()) {
      assertEquals(
          one.getValue(), nodes.byNumber("Forx", one.getKey()).orElseThrow().lastHeard());
    }
  }
}
