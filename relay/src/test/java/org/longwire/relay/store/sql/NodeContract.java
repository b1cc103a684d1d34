package org.longwire.relay.store.sql;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.longwire.radio.NodeId;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.Node.Source;

/** What the contracts of nodes tell a registry. */
abstract class NodeContract extends RepositoryContract {
  static final String KEY_A = "a".repeat(64);
  static final String KEY_B = "b".repeat(64);

  final Instant now() {
    return backend.clock.instant();
  }

  /** What a test tells of a node; what it does not name is not told. */
  final Node node(int number, String name, String key) {
    return new Node(
        "Forx",
        new NodeId(number),
        Optional.of(name).filter(n -> !n.isEmpty()),
        Optional.empty(),
        Optional.of(key).filter(k -> !k.isEmpty()),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.of(1),
        now(),
        now(),
        now(),
        Source.PACKET);
  }
}
