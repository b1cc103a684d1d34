package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.radio.NodeId;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.NodeEvent;
import org.longwire.relay.store.repository.NodeEvent.Kind;
import org.longwire.relay.store.repository.NodeRegistry;
import org.longwire.relay.store.repository.ReadScope;

/** How many nodes and events are kept, and for how long. */
abstract class NodeRetentionContract extends NodeContract {
  @Test
  void theTrailOfOneNodeIsBoundedAndOldEventsGo() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(2, "Quiet", ""));
    for (int i = 0; i < NodeRows.MAX_EVENTS_OF_NODE + 20; i++) {
      backend.clock.pass(Duration.ofSeconds(1));
      nodes.seen(node(1, "name " + i, ""));
      nodes.flush();
    }
    assertEquals(
        NodeRows.MAX_EVENTS_OF_NODE, nodes.events("Forx", new NodeId(1), 1_000).size());
    assertEquals(1, nodes.events("Forx", new NodeId(2), 10).size());
    backend.clock.pass(NodeRows.EVENTS_KEPT);
    nodes.seen(node(1, "much later", ""));
    List<NodeEvent> left = nodes.events("Forx", new NodeId(1), 1_000);
    assertTrue(left.stream().noneMatch(e -> e.kind() == Kind.FIRST_SEEN), left.toString());
    assertEquals(List.of(), nodes.events("Forx", new NodeId(2), 10));
  }

  /** So many rows with rising times, the last of them heard now. */
  private void fill(int count) throws Exception {
    List<String> digits = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      digits.add("SELECT " + i + " AS d");
    }
    String ten = "(" + String.join(" UNION ALL ", digits) + ")";
    backend
        .store()
        .write(tx -> tx.update(
            "INSERT INTO node (meshnet, num, first_heard, last_heard, updated_at, source)"
                + " SELECT 'Forx', 1000 + n, ? + n, ? + n, ? + n, 'PACKET' FROM (SELECT a.d + 10 * b.d"
                + " + 100 * c.d + 1000 * d.d + 10000 * e.d AS n FROM " + ten + " a, " + ten + " b, "
                + ten + " c, " + ten + " d, " + ten + " e) AS numbers WHERE n < ?",
            now().toEpochMilli() - count,
            now().toEpochMilli() - count,
            now().toEpochMilli() - count,
            count));
  }

  @Test
  void amongAnyNumberOfForgedNodesAnHonestOneIsNotedAndTheLongestUnheardMakeRoom()
      throws Exception {
    fill(NodeRows.MAX_NODES + 100);
    NodeRegistry nodes = backend.nodes();
    nodes.all(ReadScope.ANY);
    nodes.seen(node(7, "Honest", KEY_A));
    assertTrue(nodes.byNumber("Forx", new NodeId(7)).isPresent());
    nodes.flush();
    assertTrue(nodes.count() <= NodeRows.MAX_NODES + NodeRows.NEW_BETWEEN_TRIMS);
    backend.reopen();
    NodeRegistry again = backend.nodes();
    assertTrue(again.byNumber("Forx", new NodeId(7)).isPresent());
    assertTrue(again.byNumber("Forx", new NodeId(1_000)).isEmpty());
    assertEquals(
        List.of(1L),
        backend
            .store()
            .read(tx ->
                tx.list("SELECT count(*) FROM node WHERE num < 1100", row -> row.getLong(1))));
  }

  @Test
  void whatNobodyHasToldOfForAYearIsForgottenWithItsEvents() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(1, "Old", ""));
    nodes.flush();
    backend.reopen();
    backend.clock.pass(NodeRows.KEPT.plusMillis(1));
    NodeRegistry later = backend.nodes();
    later.seen(node(2, "New", ""));
    later.flush();
    assertEquals(
        List.of(new NodeId(2)),
        backend.nodes().all(ReadScope.ANY).value().stream().map(Node::id).toList());
    assertEquals(List.of(), later.events("Forx", new NodeId(1), 10));
  }

  @Test
  void aForgottenNodesEventsAreGoneWithIt() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(1, "Alice", ""));
    nodes.seen(node(2, "Bob", ""));
    nodes.flush();
    nodes.forget("Forx", new NodeId(1));
    assertEquals(List.of(), nodes.events("Forx", new NodeId(1), 10));
    assertEquals(1, nodes.events("Forx", new NodeId(2), 10).size());
  }
}
