package org.longwire.radio.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;

/**
 * The air and everybody in it. Time is the clock's: things that are due happen whenever somebody
 * calls in, in the order of their times and stamped with them, so that a test turns the clock by
 * hand and never sleeps. Every method of the mesh, its peers and its nodes may be called from any
 * thread; the mesh is the one lock of them all.
 */
public final class SimulatedMesh {
  /** Why keep so many: a test of hours at full speed stays below it, and memory stays bounded. */
  private static final int MAX_TRANSMISSIONS = 100_000;

  /**
   * One packet that our attached node put on the air. The packet tells the rest: port, words or
   * place, channel, addressee, what it answers, and whether it went under a public key.
   *
   * @param attempt 1 for the first copy, 2 and 3 for retries
   */
  public record Transmission(Instant at, AirPacket packet, int attempt) {}

  private record Event(long at, long order, Runnable action) {}

  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Map<NodeId, SimulatedPeer> peers = new LinkedHashMap<>();
  private final List<SimulatedNode> nodes = new ArrayList<>();

  /** Our nodes as each other sees them. */
  private final Map<NodeId, SimulatedPeer> likenesses = new LinkedHashMap<>();

  private final List<Transmission> transmissions = new ArrayList<>();
  private Duration repeatDelay = Duration.ofMillis(1_200);
  private long now;
  private long eventCount;
  private boolean advancing;

  /**
   * @param nanoTime monotonic, in nanoseconds
   * @param clock the wall clock that nodes with a set clock tell
   */
  public SimulatedMesh(LongSupplier nanoTime, InstantSource clock, RandomGenerator random) {
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.random = random;
    this.now = nanoTime.getAsLong();
  }

  /** A mesh that lives by the system's clocks. */
  public static SimulatedMesh inRealTime(RandomGenerator random) {
    return new SimulatedMesh(System::nanoTime, InstantSource.system(), random);
  }

  /** Adds a node that is out there on the mesh. */
  public synchronized SimulatedPeer addPeer(NodeId id, String longName, String shortName) {
    SimulatedPeer peer = new SimulatedPeer(this, id, longName, shortName);
    peers.put(id, peer);
    return peer;
  }

  /** Adds the node that a client can be attached to. */
  public synchronized SimulatedNode addNode(NodeSettings settings) {
    advance();
    SimulatedNode node = new SimulatedNode(this, settings);
    nodes.add(node);
    SimulatedPeer likeness =
        new SimulatedPeer(this, settings.id, settings.longName, settings.shortName);
    likenesses.put(settings.id, likeness);
    return node;
  }

  public synchronized List<SimulatedPeer> peers() {
    return List.copyOf(peers.values());
  }

  public synchronized Optional<SimulatedPeer> peer(NodeId id) {
    return Optional.ofNullable(peers.get(id));
  }

  /** How long after a packet its repeat by a neighbour is overheard. */
  public synchronized void setRepeatDelay(Duration delay) {
    repeatDelay = delay;
  }

  /** The texts that a peer heard, each once, in the order of hearing. */
  public synchronized List<HeardText> heardBy(SimulatedPeer peer) {
    advance();
    return peer.heardSoFar();
  }

  /** Every packet of our nodes on the air, oldest first; retries are entries of their own. */
  public synchronized List<Transmission> transmissions() {
    advance();
    return List.copyOf(transmissions);
  }

  /** Lets everything happen that is due by now. */
  public synchronized void advance() {
    if (advancing) {
      // An event calls in: its own moment is the present.
      return;
    }
    advancing = true;
    try {
      long until = nanoTime.getAsLong();
      for (Event event = events.peek(); event != null; event = events.peek()) {
        if (event.at() - until > 0) {
          break;
        }
        events.poll();
        now = event.at();
        event.action().run();
      }
      now = until;
    } finally {
      advancing = false;
    }
  }

  /** How long until something is due, at least 0; empty if nothing is. */
  public synchronized Optional<Duration> untilNext() {
    Event event = events.peek();
    return event == null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, event.at() - nanoTime.getAsLong())));
  }

  /** Has something happen so long from now, on the thread that then lives the mesh's life. */
  public synchronized void later(Duration delay, Runnable action) {
    advance();
    schedule(delay, action);
  }

  void schedule(Duration delay, Runnable action) {
    scheduleAt(now + delay.toNanos(), action);
  }

  void scheduleAt(long nanos, Runnable action) {
    events.add(new Event(nanos, eventCount++, action));
    notifyAll();
  }

  /** The moment that is being lived through: of the running event, or the clock's. */
  long now() {
    return now;
  }

  Instant instant() {
    return clock.instant().minusNanos(nanoTime.getAsLong() - now);
  }

  PacketId newId() {
    int value = random.nextInt();
    return new PacketId(value == 0 ? 1 : value);
  }

  Duration repeatDelay() {
    return repeatDelay;
  }

  /** A peer's packet reaches everybody else who is listening. */
  void sendFromPeer(SimulatedPeer sender, AirPacket packet) {
    for (SimulatedPeer peer : List.copyOf(peers.values())) {
      if (peer != sender && peer.isListening()) {
        peer.hear(packet);
      }
    }
    for (SimulatedNode node : nodes) {
      node.hear(packet, sender);
    }
    notifyAll();
  }

  /**
   * Our node's packet reaches the peers and, if it is for everybody, our other nodes; returns the
   * peers who heard it.
   */
  List<SimulatedPeer> sendFromNode(AirPacket packet, int attempt) {
    if (transmissions.size() == MAX_TRANSMISSIONS) {
      transmissions.remove(0);
    }
    transmissions.add(new Transmission(instant(), packet, attempt));
    List<SimulatedPeer> listeners = new ArrayList<>();
    for (SimulatedPeer peer : peers.values()) {
      if (peer.isListening()) {
        peer.hear(packet);
        listeners.add(peer);
      }
    }
    if (packet.to().isBroadcast()) {
      nodes.stream()
          .filter(node -> !node.id().equals(packet.from()))
          .forEach(node -> node.hear(packet, likenesses.get(packet.from())));
    }
    notifyAll();
    return listeners;
  }
}
