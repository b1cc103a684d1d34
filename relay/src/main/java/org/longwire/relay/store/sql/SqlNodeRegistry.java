package org.longwire.relay.store.sql;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.longwire.radio.NodeId;
import org.longwire.relay.store.Dialect;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.Answer;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.NodeEvent;
import org.longwire.relay.store.repository.NodeRegistry;
import org.longwire.relay.store.repository.ReadScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry in the tables {@code node} and {@code node_event}. The rows are read once and kept
 * in memory together with what was told since; of a database that others write too they are read
 * again after a while.
 */
final class SqlNodeRegistry implements NodeRegistry {
  /** Nodes that wait to be written; with the store away, new ones beyond them are not noted. */
  static final int MAX_PENDING = 10_000;

  /** How old the rows of a shared database may be: as old as another relay's own delay. */
  static final Duration SHARED_MAX_AGE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(SqlNodeRegistry.class);

  private final ScopedReads sources;
  private final WritableStore store;
  private final InstantSource clock;
  private final NodeRows rows;
  private final MmrelayReads mmrelays;
  private final WriteBehind<NodeKey, NodeChanges> behind;

  private final ReentrantLock lock = new ReentrantLock();
  private NodeView view = new NodeView();
  private Optional<Instant> loadedAt = Optional.empty();
  private boolean toldFull;

  /** What was told since the rows began to be read. */
  private NodeView since = new NodeView();

  private boolean reading;

  /** New numbers whose rows are not written yet. */
  private final Map<NodeKey, NodeId> moving = new LinkedHashMap<>();

  /** Held while the rows are read, so that one thread reads for all. */
  private final ReentrantLock loading = new ReentrantLock();

  SqlNodeRegistry(
      ScopedReads sources, TimeIds ids, InstantSource clock, Optional<Duration> presence) {
    this.sources = sources;
    this.store = sources.own();
    this.clock = clock;
    this.rows = new NodeRows(store.dialect(), ids, clock, presence);
    this.mmrelays = new MmrelayReads(sources.meshnet());
    this.behind = new WriteBehind<>(
        store,
        new WriteBehind.Form<>(
            (news, later) -> news.then(later, presence),
            news -> NodeChanges.BYTES,
            rows::write,
            // Bounded by number.
            Integer.MAX_VALUE));
  }

  @Override
  public void seen(Node told) {
    Node node = NodeMerge.fitting(told);
    NodeKey key = NodeKey.of(node);
    boolean news;
    lock.lock();
    try {
      Optional<Node> known = view.of(key);
      if (known.isEmpty() && behind.size() >= MAX_PENDING) {
        if (!toldFull) {
          toldFull = true;
          LOG.warn("{} nodes wait to be written; new ones are not noted until then", MAX_PENDING);
        }
        return;
      }
      // A radio tells its whole list at each connection.
      if (known.filter(k -> NodeMerge.isKnown(k, node)).isPresent()) {
        return;
      }
      if (known.isEmpty() && view.size() >= NodeRows.MAX_NODES) {
        // Numbers can be forged at will: without room made for them, honest ones found none.
        view.removeLongestUnheard();
      }
      news = known.map(k -> NodeMerge.isNews(k, node)).orElse(true);
      view.merge(node);
      if (reading) {
        since.merge(node);
      }
    } finally {
      lock.unlock();
    }
    behind.put(key, NodeChanges.of(node), news);
  }

  @Override
  public void renumbered(String meshnet, NodeId before, NodeId now) {
    NodeKey old = new NodeKey(meshnet, before);
    NodeKey key = new NodeKey(meshnet, now);
    Optional<NodeChanges> pending;
    lock.lock();
    try {
      Optional<Node> gone = view.of(old);
      Optional<Node> here = view.of(key);
      if (before.equals(now)
          || (gone.isPresent()
              && here.filter(n -> NodeMerge.keysDiffer(n, gone.get())).isPresent())) {
        LOG.warn("{} does not become {}: they told different keys", before, now);
        return;
      }
      view.move(old, now);
      since.move(old, now);
      moving.put(old, now);
      pending = behind.of(old);
      behind.forget(old);
    } finally {
      lock.unlock();
    }
    Writes.lazy(store, tx -> rows.renumber(tx, old, now))
        .whenComplete((done, failure) -> moved(old, now, failure));
    pending.ifPresent(
        news -> behind.put(key, NodeChanges.of(NodeMerge.renumbered(news.node(), now)), true));
  }

  private void moved(NodeKey old, NodeId now, @Nullable Throwable failure) {
    lock.lock();
    try {
      moving.remove(old, now);
    } finally {
      lock.unlock();
    }
    if (failure != null) {
      LOG.warn("{} was not renumbered to {}: {}", old.id(), now, failure.getMessage());
    }
  }

  @Override
  public Answer<List<Node>> all(ReadScope scope) throws StoreException {
    return asked(scope, NodeView::all);
  }

  @Override
  public Answer<List<Node>> online(ReadScope scope, Duration window) throws StoreException {
    Instant since = clock.instant().minus(window);
    return asked(scope, nodes -> nodes.heardAfter(since));
  }

  private Answer<List<Node>> asked(ReadScope scope, Function<NodeView, List<Node>> question)
      throws StoreException {
    if (sources.isOwnAlone(scope)) {
      return new Answer<>(inView(question), List.of(sources.ownName()), List.of());
    }
    Answer<List<List<Node>>> read =
        sources.each(scope, (Dialect dialect) -> rows.all(), mmrelays.nodes());
    NodeView merged = new NodeView();
    read.value().stream().flatMap(List::stream).forEach(merged::merge);
    if (read.sources().contains(sources.ownName())) {
      behind.all().values().forEach(news -> merged.merge(news.node()));
    }
    return new Answer<>(question.apply(merged), read.sources(), read.missing());
  }

  @Override
  public Optional<Node> byNumber(String meshnet, NodeId id) throws StoreException {
    return inView(nodes -> nodes.of(new NodeKey(meshnet, id)));
  }

  @Override
  public Optional<Node> byPublicKey(String publicKey) throws StoreException {
    return inView(NodeView::all).stream()
        .filter(node -> node.publicKey().filter(publicKey::equalsIgnoreCase).isPresent())
        .findFirst();
  }

  @Override
  public long count() throws StoreException {
    int known = inView(NodeView::size);
    return known < NodeRows.MAX_NODES ? known : Math.max(known, store.read(rows::count));
  }

  @Override
  public boolean forget(String meshnet, NodeId id) throws StoreException {
    NodeKey key = new NodeKey(meshnet, id);
    boolean known;
    lock.lock();
    try {
      known = view.remove(key) != null | since.remove(key) != null;
      behind.forget(key);
    } finally {
      lock.unlock();
    }
    return Writes.durable(store, tx -> rows.forget(tx, key)) > 0 || known;
  }

  @Override
  public List<NodeEvent> events(String meshnet, NodeId id, int limit) throws StoreException {
    // What changes against the rows is known when they are written.
    flush();
    int bounded = Math.max(0, Math.min(limit, NodeRows.MAX_EVENTS_OF_NODE));
    return store.read(tx -> rows.events(tx, new NodeKey(meshnet, id), bounded));
  }

  @Override
  public void flush() throws StoreException {
    behind.flush();
  }

  private <T> T inView(Function<NodeView, T> question) throws StoreException {
    load();
    lock.lock();
    try {
      return question.apply(view);
    } finally {
      lock.unlock();
    }
  }

  /** Reads the rows unless they are in memory and young enough. */
  private void load() throws StoreException {
    if (isFresh()) {
      return;
    }
    loading.lock();
    try {
      if (!isFresh()) {
        reload();
      }
    } finally {
      loading.unlock();
    }
  }

  private boolean isFresh() {
    lock.lock();
    try {
      return loadedAt.isPresent()
          && (store.dialect().equals(Dialect.SQLITE)
              || clock.instant().isBefore(loadedAt.get().plus(SHARED_MAX_AGE)));
    } finally {
      lock.unlock();
    }
  }

  /** Whatever is written while we read was either told before, or since. */
  private void reload() throws StoreException {
    Map<NodeKey, NodeChanges> before;
    lock.lock();
    try {
      reading = true;
      before = behind.all();
    } finally {
      lock.unlock();
    }
    try {
      show(store.read(rows.all()), before);
    } finally {
      lock.lock();
      try {
        since = new NodeView();
        reading = false;
      } finally {
        lock.unlock();
      }
    }
  }

  private void show(List<Node> found, Map<NodeKey, NodeChanges> before) {
    lock.lock();
    try {
      NodeView fresh = new NodeView();
      found.forEach(fresh::merge);
      before.values().forEach(news -> fresh.merge(news.node()));
      since.all().forEach(fresh::merge);
      moving.forEach(fresh::move);
      view = fresh;
      loadedAt = Optional.of(clock.instant());
    } finally {
      lock.unlock();
    }
  }
}
