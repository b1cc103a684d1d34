package org.longwire.relay.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.radio.NodeId;
import org.longwire.relay.store.Dialect;
import org.longwire.relay.store.Transaction;
import org.longwire.relay.store.Work;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.NodeEvent;
import org.longwire.relay.store.repository.NodeEvent.Kind;

/** The tables {@code node} and {@code node_event}, within a transaction. */
final class NodeRows {
  /** Nodes that are kept and shown, the latest heard; a mesh has hundreds, a forger any number. */
  static final int MAX_NODES = 20_000;

  /** A node that nobody has told of for so long is forgotten; who comes back is met anew. */
  static final Duration KEPT = Duration.ofDays(365);

  /** New nodes between two looks for those that are too many or too old. */
  static final int NEW_BETWEEN_TRIMS = 256;

  static final Duration EVENTS_KEPT = Duration.ofDays(30);
  static final int MAX_EVENTS = 10_000;

  /** Of one node, so that a restless one does not push the others out. */
  static final int MAX_EVENTS_OF_NODE = 200;

  private static final List<String> KEY = List.of("meshnet", "num");
  private static final List<String> OTHERS = List.of(
      "long_name",
      "short_name",
      "public_key",
      "hardware",
      "role",
      "hops",
      "first_heard",
      "last_heard",
      "updated_at",
      "source");
  private static final String SELECT =
      "SELECT meshnet, num, " + String.join(", ", OTHERS) + " FROM node";
  private static final String ALL = SELECT + " ORDER BY last_heard DESC LIMIT " + MAX_NODES;
  private static final String ONE = SELECT + " WHERE meshnet = ? AND num = ?";
  private static final String DELETE = "DELETE FROM node WHERE meshnet = ? AND num = ?";
  private static final String DELETE_EVENTS =
      "DELETE FROM node_event WHERE meshnet = ? AND num = ?";
  private static final String BEYOND =
      "SELECT last_heard FROM node ORDER BY last_heard DESC LIMIT 1 OFFSET " + MAX_NODES;
  private static final String SURPLUS = "SELECT meshnet, num FROM node WHERE last_heard <= ?"
      + " OR (last_heard < ? AND updated_at < ?) ORDER BY last_heard LIMIT " + Trimming.BATCH;
  private static final String COUNT = "SELECT count(*) FROM node";

  private static final String OF_NODE = "FROM node_event WHERE meshnet = ? AND num = ?";
  private static final String EVENTS =
      "SELECT id, kind, detail " + OF_NODE + " ORDER BY id DESC LIMIT ?";
  private static final String LAST_KEY_CHANGE =
      "SELECT detail " + OF_NODE + " AND kind = 'KEY_CHANGED' ORDER BY id DESC LIMIT 1";
  private static final String OLDEST_KEPT =
      "SELECT id " + OF_NODE + " ORDER BY id DESC LIMIT 1 OFFSET " + MAX_EVENTS_OF_NODE;
  private static final String DELETE_OLD = "DELETE " + OF_NODE + " AND id <= ?";

  private final RowGuard guard = new RowGuard("node");
  private final Trimming trimming = new Trimming("node_event");
  private final TimeIds ids;
  private final InstantSource clock;
  private final Optional<Duration> presence;
  private final String upsert;
  private final String insertEvent;

  /** New nodes since the start; counted by the thread that writes. */
  private int met;

  NodeRows(Dialect dialect, TimeIds ids, InstantSource clock, Optional<Duration> presence) {
    this.ids = ids;
    this.clock = clock;
    this.presence = presence;
    this.upsert = dialect.upsert("node", KEY, OTHERS);
    this.insertEvent =
        dialect.insertOrIgnore("node_event", List.of("id", "meshnet", "num", "kind", "detail"));
  }

  /** All nodes, the latest heard first. */
  Work<List<Node>> all() {
    return tx -> guard.list(tx, ALL, NodeRows::node);
  }

  long count(Transaction tx) throws SQLException {
    return tx.first(COUNT, row -> row.getLong(1)).orElse(0L);
  }

  /** Merges what was told into the row and keeps what changed. */
  void write(Transaction tx, NodeKey key, NodeChanges news) throws SQLException {
    Optional<Node> row = find(tx, key);
    List<NodeEvent> events = new ArrayList<>();
    if (row.isPresent()) {
      events.addAll(NodeMerge.events(row.get(), news.node(), presence));
    } else {
      events.add(NodeMerge.firstSeen(news.node()));
      if (Math.floorMod(met++, NEW_BETWEEN_TRIMS) == 0) {
        trim(tx);
      }
    }
    events.addAll(news.events());
    put(tx, row.map(known -> NodeMerge.merged(known, news.node())).orElse(news.node()));
    keep(tx, key, events);
  }

  /** Makes two rows one, under the new number. What told another key is not the same node. */
  boolean renumber(Transaction tx, NodeKey before, NodeId now) throws SQLException {
    Optional<Node> old = find(tx, before);
    NodeKey key = new NodeKey(before.meshnet(), now);
    Optional<Node> row = find(tx, key);
    if (old.isEmpty()
        || row.filter(node -> NodeMerge.keysDiffer(node, old.get())).isPresent()) {
      return false;
    }
    Node moved = NodeMerge.renumbered(old.get(), now);
    put(tx, row.map(node -> NodeMerge.merged(moved, node)).orElse(moved));
    delete(tx, before);
    keep(
        tx,
        key,
        List.of(new NodeEvent(
            key.meshnet(), now, clock.instant(), Kind.RENUMBERED, before.id() + " -> " + now)));
    return true;
  }

  /** Removes some of the nodes beyond {@link #MAX_NODES}, the longest unheard, and the old ones. */
  private void trim(Transaction tx) throws SQLException {
    long beyond = tx.first(BEYOND, row -> row.getLong(1)).orElse(-1L);
    Instant old = clock.instant().minus(KEPT);
    List<NodeKey> surplus = guard.list(
        tx,
        SURPLUS,
        row -> new NodeKey(Columns.required(row, 1), new NodeId((int) row.getLong(2))),
        beyond,
        old,
        old);
    for (NodeKey key : surplus) {
      forget(tx, key);
    }
  }

  /** Removes a node and what happened to it. */
  int forget(Transaction tx, NodeKey key) throws SQLException {
    tx.update(DELETE_EVENTS, key.meshnet(), key.id().unsigned());
    return delete(tx, key);
  }

  private int delete(Transaction tx, NodeKey key) throws SQLException {
    return tx.update(DELETE, key.meshnet(), key.id().unsigned());
  }

  List<NodeEvent> events(Transaction tx, NodeKey key, int limit) throws SQLException {
    return guard.list(
        tx,
        EVENTS,
        row -> new NodeEvent(
            key.meshnet(),
            key.id(),
            TimeIds.timeOf(row.getLong(1)),
            Kind.valueOf(Columns.required(row, 2)),
            Columns.required(row, 3)),
        key.meshnet(),
        key.id().unsigned(),
        limit);
  }

  private Optional<Node> find(Transaction tx, NodeKey key) throws SQLException {
    return guard.first(tx, ONE, NodeRows::node, key.meshnet(), key.id().unsigned());
  }

  private void put(Transaction tx, Node node) throws SQLException {
    tx.update(
        upsert,
        node.meshnet(),
        node.id().unsigned(),
        node.longName(),
        node.shortName(),
        node.publicKey(),
        Columns.boxed(node.hardware()),
        Columns.boxed(node.role()),
        Columns.boxed(node.hops()),
        node.firstHeard(),
        node.lastHeard(),
        node.updatedAt(),
        node.source());
  }

  private void keep(Transaction tx, NodeKey key, List<NodeEvent> events) throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    long num = key.id().unsigned();
    for (NodeEvent event : events) {
      if (event.kind() == Kind.KEY_CHANGED && isToldAlready(tx, key, event)) {
        continue;
      }
      tx.update(
          insertEvent, ids.next(event.at()), key.meshnet(), num, event.kind(), event.detail());
    }
    Optional<Long> surplus = tx.first(OLDEST_KEPT, row -> row.getLong(1), key.meshnet(), num);
    if (surplus.isPresent()) {
      tx.update(DELETE_OLD, key.meshnet(), num, surplus.get());
    }
    trimming.olderThan(tx, clock.instant().minus(EVENTS_KEPT));
    trimming.beyond(tx, MAX_EVENTS);
  }

  /** A node that keeps saying the wrong key is one event, not one a minute. */
  private static boolean isToldAlready(Transaction tx, NodeKey key, NodeEvent event)
      throws SQLException {
    return tx.first(
            LAST_KEY_CHANGE, row -> row.getString(1), key.meshnet(), key.id().unsigned())
        .filter(event.detail()::equals)
        .isPresent();
  }

  private static Node node(ResultSet row) throws SQLException {
    return new Node(
        Columns.required(row, 1),
        new NodeId((int) row.getLong(2)),
        Columns.text(row, 3),
        Columns.text(row, 4),
        Columns.text(row, 5),
        Columns.integer(row, 6),
        Columns.integer(row, 7),
        Columns.integer(row, 8),
        Instant.ofEpochMilli(row.getLong(9)),
        Instant.ofEpochMilli(row.getLong(10)),
        Instant.ofEpochMilli(row.getLong(11)),
        Node.Source.valueOf(Columns.required(row, 12)));
  }
}
