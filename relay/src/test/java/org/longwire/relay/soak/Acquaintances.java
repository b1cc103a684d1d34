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
public final class Acquaintances implements Traffic {
  /** Nodes that are heard in a turn. */
  static final int EACH = 5;

  private static final int ASKED_EVERY = 10;

  private final NodeRegistry nodes;
  private final InstantSource clock;
  private final int count;
  private final Map<NodeId, Instant> heard = new ConcurrentHashMap<>();

  /** @param count how many there are */
  Acquaintances(NodeRegistry nodes, InstantSource clock, int count) {
    this.nodes = nodes;
    this.clock = clock;
    this.count = count;
  }

  @Override
  public void turn(long number) throws Exception {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    for (int i = 0; i < EACH; i++) {
      NodeId id = new NodeId((int) ((number * EACH + i) % count) + 1);
      heard.put(id, now);
      nodes.seen(node(id, "Node " + number / 500, now));
    }
    if (number % ASKED_EVERY == 0) {
      nodes.online(ReadScope.ANY, Duration.ofHours(2));
    }
  }

  /** A node as a packet tells of it. */
  public static Node node(NodeId id, String name, Instant now) {
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
