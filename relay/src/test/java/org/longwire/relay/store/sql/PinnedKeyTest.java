package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.longwire.radio.NodeDescription;
import org.longwire.radio.NodeId;
import org.longwire.relay.bridge.RegisteredNodes;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.repository.NodeEvent;
import org.longwire.relay.store.repository.NodeRegistry;

/** What the registry makes of a node that tells another key. */
class PinnedKeyTest extends NodeContract {
  private static final NodeId NODE = new NodeId(1);
  private static final String KEY = "a".repeat(64);
  private static final String OTHER = "b".repeat(64);

  @Override
  Backend fresh() throws Exception {
    return new Backend(() -> Database.open(Database.MEMORY, Options.store()), false);
  }

  private static NodeDescription keyed(String key) {
    return new NodeDescription(
        NODE,
        Optional.empty(),
        Optional.empty(),
        Optional.of(key),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalDouble.empty());
  }

  @Test
  void theFirstKeyStaysAndTheOtherOneIsAnEvent() throws Exception {
    NodeRegistry registry = backend.nodes();
    RegisteredNodes nodes = new RegisteredNodes(registry, "Forx", backend.clock);
    nodes.told(keyed(KEY));
    nodes.told(keyed(OTHER));
    nodes.told(keyed(OTHER));
    assertEquals(Map.of(NODE, KEY), nodes.firstKeys());
    assertEquals(
        List.of(KEY + " -> " + OTHER),
        registry.events("Forx", NODE, 10).stream()
            .filter(event -> event.kind() == NodeEvent.Kind.KEY_CHANGED)
            .map(NodeEvent::detail)
            .toList());
  }
}
