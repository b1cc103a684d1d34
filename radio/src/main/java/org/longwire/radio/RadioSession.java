package org.longwire.radio;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session with one node over whatever link its port opens, for ever: connects, asks for the
 * configuration, keeps alive, reconnects. See DESIGN.md of this module.
 */
public final class RadioSession implements Radio {
  /** A session that stood so long was a good one: the next attempt comes after a second again. */
  private static final long GOOD_SESSION_MS = 60_000;

  /** Ports whose packets firmware puts under no node's key (reference: meshtastic.md §4.7). */
  private static final Set<Integer> NEVER_UNDER_KEY =
      Set.of(PortNum.POSITION, PortNum.NODEINFO, PortNum.ROUTING, PortNum.TRACEROUTE);

  private static final Logger LOG = LoggerFactory.getLogger(RadioSession.class);

  /** What a connection shares with the session. */
  record Parts(
      RadioLink.Port port,
      SessionClock clock,
      RandomGenerator random,
      Reception reception,
      SentPackets sent,
      PacketCodec codec) {}

  /**
   * What a session takes from outside.
   *
   * @param nanoTime monotonic, as {@link System#nanoTime()}
   * @param textPorts port numbers besides the usual ones whose packets are reported as texts, if
   *     they are UTF-8 and the port has no other meaning for us
   * @param firstKeys the public key that each node showed first, 64 hex digits, as far as it is
   *     known: direct messages go under no other
   */
  public record Means(
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random,
      Set<Integer> textPorts,
      Map<NodeId, String> firstKeys) {}

  private final Parts parts;
  private final Backoff backoff;
  private final Wakeable wakeable;
  private volatile Optional<Connection> connection = Optional.empty();
  private volatile boolean isClosed;
  private long attemptAt;
  private String lastReason = "";

  /**
   * A session that connects at the first {@link #poll()}.
   *
   * @param listener called on the polling thread; must not block
   */
  public static RadioSession open(RadioLink.Port port, MeshListener listener, Means means) {
    Wakeable wakeable = new Wakeable();
    SessionClock clock = new SessionClock(means.clock(), means.nanoTime(), wakeable);
    return new RadioSession(port, listener, clock, means, wakeable);
  }

  RadioSession(
      RadioLink.Port port,
      MeshListener listener,
      SessionClock clock,
      Means means,
      Wakeable wakeable) {
    SentPackets sent = new SentPackets();
    NodeTable nodes = new NodeTable(means.firstKeys());
    this.parts = new Parts(
        port,
        clock,
        means.random(),
        new Reception(listener, sent, nodes, port.name()),
        sent,
        new PacketCodec(clock::instant, means.textPorts()));
    this.backoff = new Backoff(means.random());
    this.wakeable = wakeable;
  }

  @Override
  public void poll() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("asked to stop");
    }
    if (isClosed) {
      return;
    }
    parts.reception().expire(parts.clock().millis());
    if (connection.isEmpty()) {
      connect();
      return;
    }
    try {
      connection.get().step();
    } catch (RadioException failure) {
      lose(failure);
    }
  }

  private void connect() throws InterruptedException {
    long now = parts.clock().millis();
    if (now < attemptAt) {
      long until = Math.min(attemptAt, parts.sent().dueAt());
      parts.clock().pause(Math.max(1, until - now));
      return;
    }
    try {
      Connection fresh = new Connection(parts.port().open(), parts);
      connection = Optional.of(fresh);
      if (isClosed) {
        fresh.close();
        return;
      }
      fresh.begin();
    } catch (RadioException failure) {
      lose(failure);
    }
  }

  private void lose(RadioException failure) {
    if (isClosed) {
      return;
    }
    long now = parts.clock().millis();
    if (connection.isPresent()) {
      long readyAt = connection.get().readyAt();
      if (readyAt != SessionClock.NEVER) {
        lastReason = "";
        if (now - readyAt >= GOOD_SESSION_MS) {
          backoff.reset();
        }
      }
      connection.get().close();
      connection = Optional.empty();
    }
    Duration wait = backoff.next();
    attemptAt = now + wait.toMillis();
    String reason = String.valueOf(failure.getMessage());
    if (!reason.equals(lastReason)) {
      // For people the listener says it; see Lost.
      LOG.debug("{}", reason);
      lastReason = reason;
    }
    parts.reception().lost(reason, wait);
  }

  /**
   * {@inheritDoc} A report may arrive before this returns.
   *
   * @throws IllegalArgumentException if the payload is over {@link OutgoingText#MAX_BYTES}: the
   *     node would drop it without a word
   */
  @Override
  public void send(Outgoing packet) throws RadioException {
    int bytes = packet.payloadBytes();
    if (bytes > OutgoingText.MAX_BYTES) {
      throw new IllegalArgumentException(
          "a packet holds " + OutgoingText.MAX_BYTES + " bytes, not " + bytes);
    }
    Optional<Connection> link = connection;
    if (link.isEmpty() || !(state() instanceof LinkState.Ready ready)) {
      throw new RadioException.NotReady("the radio is not ready: " + state().sentence());
    }
    NodeIdentity own = ready.identity();
    Optional<String> key = parts.reception().keyOf(packet.to());
    long now = parts.clock().millis();
    Optional<Refusal> refusal = refusal(packet, key);
    if (refusal.isPresent()) {
      parts.sent().refused(packet, refusal.get(), now);
      return;
    }
    parts.sent().add(packet, own.lora(), now);
    try {
      link.get()
          .write(
              packet.isUnderKey()
                  ? parts.codec().direct(packet, key.orElseThrow(), own)
                  : parts.codec().onChannel(packet, own));
    } catch (RadioException failure) {
      parts.sent().remove(packet.id());
      link.get().breakOff(failure);
      throw failure;
    }
  }

  /** Why a packet must not be written: it could only go under a key that others have. */
  private static Optional<Refusal> refusal(Outgoing packet, Optional<String> key) {
    if (!packet.isUnderKey()) {
      return Optional.empty();
    }
    if (NEVER_UNDER_KEY.contains(packet.port())) {
      return Optional.of(Refusal.PKI_FAILED);
    }
    return key.isEmpty() ? Optional.of(Refusal.NO_KEY_FOR_PEER) : Optional.empty();
  }

  @Override
  public void ask() throws RadioException {
    Optional<Connection> link = connection;
    if (link.isEmpty() || !(state() instanceof LinkState.Ready)) {
      throw new RadioException.NotReady("the radio is not ready: " + state().sentence());
    }
    parts.sent().asking();
    try {
      link.get().write(parts.codec().heartbeat());
    } catch (RadioException failure) {
      link.get().breakOff(failure);
      throw failure;
    }
  }

  @Override
  public LinkState state() {
    return parts.reception().state();
  }

  @Override
  public OptionalInt queueFree() {
    return parts.reception().queueFree();
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    connection.ifPresent(Connection::close);
    wakeable.wake();
  }

  /** Waits for an attempt's time, until the session is closed. */
  static final class Wakeable implements SessionClock.Pause {
    private boolean isAwake;

    @Override
    public synchronized void sleep(long millis) throws InterruptedException {
      if (!isAwake) {
        wait(Math.max(1, millis));
      }
    }

    synchronized void wake() {
      isAwake = true;
      notifyAll();
    }
  }
}
