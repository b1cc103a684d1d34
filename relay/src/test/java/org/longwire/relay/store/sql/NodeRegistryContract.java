package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.longwire.radio.NodeId;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.Node.Source;
import org.longwire.relay.store.repository.NodeEvent;
import org.longwire.relay.store.repository.NodeEvent.Kind;
import org.longwire.relay.store.repository.NodeRegistry;
import org.longwire.relay.store.repository.ReadScope;

abstract class NodeRegistryContract extends NodeContract {
  private static final Duration WINDOW = Duration.ofHours(2);

  private static List<Kind> kinds(List<NodeEvent> events) {
    return events.stream().map(NodeEvent::kind).toList();
  }

  @Test
  void aNodeIsKnownAtOnceAndAfterTheWriteAndAfterARestart() throws Exception {
    NodeRegistry nodes = backend.nodes();
    Node told = new Node(
        "Forx",
        new NodeId(0xfffffff1),
        Optional.of("Längster Name 📻"),
        Optional.of("L📻"),
        Optional.of(KEY_A),
        OptionalInt.of(43),
        OptionalInt.of(2),
        OptionalInt.of(3),
        now().minusSeconds(10),
        now(),
        now(),
        Source.NODE_LIST);
    nodes.seen(told);
    assertEquals(Optional.of(told), nodes.byNumber("Forx", told.id()));
    assertEquals(1, nodes.count());
    nodes.flush();
    assertEquals(Optional.of(told), nodes.byNumber("Forx", told.id()));
    assertEquals(Optional.of(told), nodes.byPublicKey(KEY_A));
    assertEquals(1, nodes.count());
    backend.reopen();
    assertEquals(List.of(told), backend.nodes().all(ReadScope.ANY).value());
    assertTrue(backend.nodes().byNumber("Elsewhere", told.id()).isEmpty());
  }

  @Test
  void whatIsKnownIsNeverEmptiedAndTimesOnlyWiden() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(1, "Alice", KEY_A));
    Instant first = now();
    nodes.flush();
    backend.clock.pass(Duration.ofHours(-3));
    nodes.seen(node(1, "Old name", ""));
    nodes.flush();
    backend.clock.pass(Duration.ofHours(4));
    nodes.seen(node(1, "", ""));
    Instant last = now();
    for (int i = 0; i < 2; i++) {
      Node found = nodes.byNumber("Forx", new NodeId(1)).orElseThrow();
      assertEquals(Optional.of("Alice"), found.longName());
      assertEquals(Optional.of(KEY_A), found.publicKey());
      assertEquals(first.minus(Duration.ofHours(3)), found.firstHeard());
      assertEquals(last, found.lastHeard());
      nodes.flush();
    }
  }

  @Test
  void onlineIsStrictlyWithinTheWindow() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(1, "just out", ""));
    backend.clock.pass(Duration.ofMillis(1));
    nodes.seen(node(2, "just in", ""));
    nodes.flush();
    backend.clock.pass(WINDOW.minusMillis(1));
    nodes.seen(node(3, "pending", ""));
    assertEquals(
        List.of(new NodeId(3), new NodeId(2)),
        nodes.online(ReadScope.ANY, WINDOW).value().stream().map(Node::id).toList());
    assertEquals(3, nodes.all(ReadScope.ANY).value().size());
  }

  @Test
  void theLatestHeardIsFirstHoweverOftenTheyAreHeard() throws Exception {
    NodeRegistry nodes = backend.nodes();
    for (int number : List.of(1, 2, 3, 2, 1, 4)) {
      backend.clock.pass(Duration.ofSeconds(10));
      nodes.seen(node(number, "", ""));
    }
    nodes.renumbered("Forx", new NodeId(2), new NodeId(5));
    List<NodeId> order = List.of(new NodeId(4), new NodeId(1), new NodeId(5), new NodeId(3));
    assertEquals(order, ids(nodes.all(ReadScope.ANY).value()));
    assertEquals(
        order.subList(0, 2),
        ids(nodes.online(ReadScope.ANY, Duration.ofSeconds(20)).value()));
    nodes.flush();
    backend.reopen();
    assertEquals(order, ids(backend.nodes().all(ReadScope.ANY).value()));
  }

  private static List<NodeId> ids(List<Node> nodes) {
    return nodes.stream().map(Node::id).toList();
  }

  @Test
  void aChangedKeyIsAnEventAndNotAChange() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(1, "Alice", KEY_A));
    nodes.flush();
    for (int i = 0; i < 5; i++) {
      backend.clock.pass(Duration.ofMinutes(1));
      nodes.seen(node(1, "Alice", KEY_B));
      nodes.flush();
    }
    assertEquals(
        Optional.of(KEY_A), nodes.byNumber("Forx", new NodeId(1)).orElseThrow().publicKey());
    List<NodeEvent> events = nodes.events("Forx", new NodeId(1), 10);
    assertEquals(List.of(Kind.KEY_CHANGED, Kind.FIRST_SEEN), kinds(events));
    assertEquals(KEY_A + " -> " + KEY_B, events.get(0).detail());
  }

  @Test
  void aKeyThatChangesBetweenTwoWritesIsNotMissed() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(1, "Alice", KEY_A));
    nodes.seen(node(1, "Mallory", KEY_B));
    assertEquals(
        List.of(Kind.FIRST_SEEN, Kind.KEY_CHANGED, Kind.NAME_CHANGED),
        kinds(nodes.events("Forx", new NodeId(1), 10)).stream().sorted().toList());
  }

  @Test
  void namesRolesAndHardwareLeaveATrail() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(1, "Alice", ""));
    nodes.flush();
    backend.clock.pass(Duration.ofSeconds(1));
    Node plain = node(1, "Alicia", "");
    nodes.seen(new Node(
        "Forx",
        plain.id(),
        plain.longName(),
        Optional.of("AL"),
        Optional.empty(),
        OptionalInt.of(1),
        OptionalInt.of(1),
        OptionalInt.empty(),
        now(),
        now(),
        now(),
        Source.PACKET));
    nodes.flush();
    backend.clock.pass(Duration.ofSeconds(1));
    nodes.seen(new Node(
        "Forx",
        plain.id(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.of(9),
        OptionalInt.of(2),
        OptionalInt.empty(),
        now(),
        now(),
        now(),
        Source.PACKET));
    List<NodeEvent> events = nodes.events("Forx", plain.id(), 10);
    assertEquals(
        List.of(Kind.FIRST_SEEN, Kind.NAME_CHANGED, Kind.ROLE_CHANGED, Kind.HARDWARE_CHANGED),
        kinds(events).stream().sorted().toList());
    assertTrue(events.stream().anyMatch(e -> e.detail().equals("Alice -> Alicia (AL)")));
    assertTrue(events.stream().anyMatch(e -> e.detail().equals("1 -> 9")));
    assertEquals(2, nodes.events("Forx", plain.id(), 2).size());
  }

  @Test
  void comingsAndGoingsAreKeptWhereWanted() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(1, "Alice", ""));
    nodes.flush();
    backend.clock.pass(WINDOW.plusSeconds(1));
    nodes.seen(node(1, "Alice", ""));
    assertEquals(
        List.of(Kind.ONLINE, Kind.OFFLINE, Kind.FIRST_SEEN),
        kinds(nodes.events("Forx", new NodeId(1), 10)));
  }

  @Test
  void aRenumberedNodeIsOneNode() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(1, "Alice", KEY_A));
    nodes.flush();
    Instant first = now();
    backend.clock.pass(Duration.ofMinutes(1));
    nodes.seen(node(2, "", KEY_A));
    nodes.renumbered("Forx", new NodeId(1), new NodeId(2));
    for (int i = 0; i < 2; i++) {
      assertEquals(1, nodes.all(ReadScope.ANY).value().size());
      Node found = nodes.byNumber("Forx", new NodeId(2)).orElseThrow();
      assertEquals(Optional.of("Alice"), found.longName());
      assertEquals(first, found.firstHeard());
      assertEquals(now(), found.lastHeard());
      backend.commit();
      nodes.flush();
    }
    backend.reopen();
    assertEquals(
        List.of(new NodeId(2)),
        backend.nodes().all(ReadScope.ANY).value().stream().map(Node::id).toList());
    assertTrue(kinds(backend.nodes().events("Forx", new NodeId(2), 10)).contains(Kind.RENUMBERED));
  }

  @Test
  void aNodeWithAnotherKeyIsAnotherNode() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(1, "Alice", KEY_A));
    nodes.seen(node(2, "Mallory", KEY_B));
    nodes.flush();
    nodes.renumbered("Forx", new NodeId(1), new NodeId(2));
    backend.commit();
    assertEquals(2, nodes.count());
    backend.reopen();
    assertEquals(2, backend.nodes().count());
  }

  @Test
  void aForgottenNodeIsGoneWithWhatWasPending() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(1, "Alice", ""));
    nodes.flush();
    nodes.seen(node(1, "Alicia", ""));
    nodes.seen(node(2, "Bob", ""));
    assertTrue(nodes.forget("Forx", new NodeId(1)));
    assertTrue(nodes.forget("Forx", new NodeId(2)));
    assertFalse(nodes.forget("Forx", new NodeId(1)));
    nodes.flush();
    backend.reopen();
    assertEquals(0, backend.nodes().count());
  }

  @Test
  void strangersTextsAreCutAndSenselessKeysLeftOut() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(1, "📻".repeat(400), "no key at all"));
    nodes.flush();
    backend.reopen();
    Node found = backend.nodes().byNumber("Forx", new NodeId(1)).orElseThrow();
    assertEquals("📻".repeat(Columns.NAME_LIMIT), found.longName().orElseThrow());
    assertTrue(found.publicKey().isEmpty());
  }

  @Test
  void aRowThatMakesNoSenseHidesNoOther() throws Exception {
    NodeRegistry nodes = backend.nodes();
    nodes.seen(node(1, "Alice", ""));
    nodes.seen(node(2, "Bob", ""));
    nodes.flush();
    backend.store().write(tx -> tx.update("UPDATE node SET source = 'NOBODY' WHERE num = 1"));
    backend.reopen();
    assertEquals(
        List.of(new NodeId(2)),
        backend.nodes().all(ReadScope.ANY).value().stream().map(Node::id).toList());
  }

  /** A radio tells its whole list at each connection. */
  @Test
  void aTellingThatSaysNothingNewIsNotWritten() throws Exception {
    NodeRegistry nodes = backend.nodes();
    Node told = node(1, "Alice", KEY_A);
    nodes.seen(told);
    nodes.flush();
    backend.reopen();
    nodes = backend.nodes();
    assertEquals(1, nodes.count());
    backend.clock.pass(Duration.ofMinutes(10));
    nodes.seen(new Node(
        told.meshnet(),
        told.id(),
        told.longName(),
        Optional.empty(),
        told.publicKey(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        told.lastHeard(),
        Instant.EPOCH,
        now(),
        Source.NODE_LIST));
    nodes.flush();
    assertEquals(Optional.of(told), nodes.byNumber("Forx", told.id()));
    backend.reopen();
    assertEquals(List.of(told), backend.nodes().all(ReadScope.ANY).value());
  }
}
