package org.longwire.relay.queue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.longwire.matrix.EventId;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.run.Worker;
import org.longwire.relay.store.CommitObserver;
import org.longwire.relay.store.CrashImages;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.StoreException;

/**
 * A ledger in a folder with a writing thread of its own. Its wall clock is set by the test; its
 * monotonic clock stands still, so that lazy writes go with the next durable one or a flush.
 */
final class LedgerFixture implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
  static final UserId BOT = new UserId("@relay:example.org");
  static final RoomId ROOM = new RoomId("!mesh:example.org");
  static final NodeId NODE = new NodeId(0xa1b2c3d4);
  static final Address ROOM_A = new Address.Room("#a:example.org");
  static final Address ROOM_B = new Address.Room("#b:example.org");
  static final Address MESH_0 =
      new Address.Mesh(RadioId.MAIN, new ChannelIndex(0), NodeId.BROADCAST);
  static final Address MESH_1 =
      new Address.Mesh(RadioId.MAIN, new ChannelIndex(1), NodeId.BROADCAST);
  static final Lanes MESH = Lanes.mesh(RadioId.MAIN);

  final Path file;
  final Clock clock;
  final Commits commits = new Commits();
  final Database database;
  final Ledger ledger;
  final SettableNanoTime nanoTime = new SettableNanoTime();
  final Fairness fairness = Fairness.toRooms(nanoTime);
  private final Worker writer;
  private final List<Throwable> bugs = new CopyOnWriteArrayList<>();

  LedgerFixture(Path file) throws StoreException {
    this(file, new Clock(), 1);
  }

  LedgerFixture(Path file, Clock clock, long seed) throws StoreException {
    this.file = file;
    this.clock = clock;
    this.database =
        Database.open(file, Options.ledger().withNanoTime(() -> 0).withObserver(commits));
    this.ledger = Ledger.open(database, clock, new Random(seed));
    this.writer = new Worker("store-writer", database.worker(), Duration.ofSeconds(10), bugs::add);
  }

  /** What a crash at this moment would leave, opened by another process. */
  LedgerFixture afterCrash(Path directory) throws StoreException {
    return new LedgerFixture(CrashImages.copy(file, directory), clock, 2);
  }

  static Arrival packet(int id, Address... to) {
    return arrival(new Origin.Packet(RadioId.MAIN, NODE, new PacketId(id)), "packet " + id, to);
  }

  static Arrival event(String id, Address... to) {
    return arrival(new Origin.Event(ROOM, new EventId("$" + id)), "event " + id, to);
  }

  static Arrival arrival(Origin origin, String text, Address... to) {
    List<Arrival.NewEntry> deliveries = java.util.stream.IntStream.range(0, to.length)
        .mapToObj(i -> delivery(to[i], text, i + 1, to.length))
        .toList();
    return arrival(origin, text, deliveries);
  }

  static Arrival arrival(Origin origin, String text, List<Arrival.NewEntry> deliveries) {
    return new Arrival(
        origin,
        START.minusSeconds(3),
        "Alice",
        "LongFast",
        text,
        Optional.empty(),
        deliveries,
        Optional.empty());
  }

  static Arrival.NewEntry delivery(Address to, String text, int part, int parts) {
    Payload payload = to instanceof Address.Mesh
        ? new Payload.MeshText(text, Optional.empty())
        : new Payload.RoomMessage(MessageContent.notice(text));
    return new Arrival.NewEntry(to, payload, START.plus(Duration.ofHours(2)), part, parts);
  }

  /** The words of what is due, and the entry in hand; empty text if nothing is. */
  String dueText(Lanes lanes) throws StoreException {
    return ledger
        .due(lanes, address -> true, fairness)
        .entry()
        .map(LedgerFixture::text)
        .orElse("");
  }

  OutboxEntry due(Lanes lanes) throws StoreException {
    return ledger.due(lanes, address -> true, fairness).entry().orElseThrow();
  }

  static String text(OutboxEntry entry) {
    return entry.payload() instanceof Payload.MeshText mesh
        ? mesh.text()
        : ((Payload.RoomMessage) entry.payload()).content().body();
  }

  TraceEntry trace(String query) throws StoreException {
    List<TraceEntry> found = traceAll(query);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " messages for " + query);
    }
    return found.get(0);
  }

  List<TraceEntry> traceAll(String query) throws StoreException {
    try (Trace trace = Trace.open(file)) {
      return trace.find(query, 100);
    }
  }

  void pragma(String pragma) throws Exception {
    database.write(tx -> tx.update("PRAGMA " + pragma));
  }

  void stopWriter() {
    writer.close();
  }

  @Override
  public void close() {
    writer.close();
    database.close();
    if (!bugs.isEmpty()) {
      throw new AssertionError(bugs.get(0));
    }
  }

  /** A wall clock that a test sets. */
  static final class Clock implements InstantSource {
    private volatile Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }

  /** Counts commits and runs what a test hangs in. */
  static final class Commits implements CommitObserver {
    final AtomicInteger count = new AtomicInteger();
    volatile Runnable before = () -> {};
    volatile Runnable after = () -> {};

    @Override
    public void beforeCommit() {
      before.run();
    }

    @Override
    public void afterCommit() {
      count.incrementAndGet();
      after.run();
    }
  }
}
