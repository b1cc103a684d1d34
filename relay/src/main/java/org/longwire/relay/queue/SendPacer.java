package org.longwire.relay.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.longwire.radio.Outgoing;
import org.longwire.radio.PortNum;

/**
 * How fast texts go to one radio at most. A node refuses a text that it reads less than two seconds
 * after the one before; the gap allows for the quarter of a second between its readings, and where
 * the node's word that it took a text is known, two seconds are counted from there. The gap widens
 * a little when the node refuses all the same, and narrows again with success. Any thread.
 */
public final class SendPacer {
  /**
   * From the node's word that it took a text to the next one. It read the text before it said so,
   * and reads the next after that is written, so two seconds are enough; the rest is for its clock.
   */
  static final Duration AFTER_TAKEN = Duration.ofMillis(2_050);

  /** What one refusal adds to the gap. */
  static final Duration STEP = Duration.ofMillis(100);

  /** Refusals add no more than this: beyond it, the gap is not what is wrong. */
  static final Duration MAX_EXTRA = Duration.ofSeconds(1);

  /** After so many texts without refusal the gap narrows by a step. */
  static final int CALM_TEXTS = 20;

  /** How often a node whose queue is nearly full is looked at again. */
  static final Duration CROWDED_WAIT = Duration.ofSeconds(1);

  /**
   * Between two packets of one of the ports that a node counts, texts apart: it refuses what comes
   * sooner, and does not say so (reference: meshtastic.md §4.1).
   */
  static final Duration PORT_GAP = Duration.ofMillis(10_500);

  /** Between two route requests; of these a node says that it refuses them. */
  static final Duration ROUTE_GAP = Duration.ofMillis(30_500);

  /** A node that tells of a nearly full queue for longer than this may never tell again. */
  static final Duration CROWDED_LIMIT = Duration.ofSeconds(30);

  /** The text that the sentence for status speaks of. */
  private static final int TYPICAL_TEXT_BYTES = 50;

  private final Duration gap;
  private final AirtimeBudget budget;
  private final LongSupplier nanoTime;

  private boolean hasSent;
  private long lastSent;
  private final Map<Integer, Long> lastOnPort = new HashMap<>();
  private boolean isTaken;
  private long lastTaken;
  private Duration extra = Duration.ZERO;
  private int calm;
  private boolean isCrowded;
  private long crowdedSince;

  /**
   * A pacer for one radio.
   *
   * @param gap the configured least time between two texts
   * @param budget the same radio's
   * @param nanoTime monotonic, the same as the budget's
   */
  public SendPacer(Duration gap, AirtimeBudget budget, LongSupplier nanoTime) {
    this.gap = gap;
    this.budget = budget;
    this.nanoTime = nanoTime;
  }

  /**
   * How long to wait before a packet may be sent; zero if it may go now. To be asked again after
   * waiting, as things may have changed.
   */
  public synchronized Duration waitBeforeSend(Outgoing packet) {
    Pace pace = budget.pace(packet.payloadBytes());
    Duration spacing = longer(gap.plus(extra).multipliedBy(pace.stretch()), pace.spacing());
    Duration left = hasSent ? spacing.minusNanos(nanoTime.getAsLong() - lastSent) : Duration.ZERO;
    Duration untilReady =
        isTaken ? AFTER_TAKEN.minusNanos(nanoTime.getAsLong() - lastTaken) : Duration.ZERO;
    return longer(longer(left, untilReady), longer(pace.hold(), untilPort(packet.port())));
  }

  private Duration untilPort(int port) {
    return lastOnPort.containsKey(port)
        ? longer(gapOf(port).minusNanos(nanoTime.getAsLong() - lastOnPort.get(port)), Duration.ZERO)
        : Duration.ZERO;
  }

  private static Duration gapOf(int port) {
    return switch (port) {
      case PortNum.POSITION, PortNum.WAYPOINT, PortNum.ALERT, PortNum.TELEMETRY -> PORT_GAP;
      case PortNum.TRACEROUTE -> ROUTE_GAP;
      default -> Duration.ZERO;
    };
  }

  /**
   * Whether a text should rather wait {@link #CROWDED_WAIT}, because the node's queue is nearly
   * full; not for ever, as what is known of the queue may be old.
   *
   * @param free places of the queue beyond those left for relaying; empty if not known
   */
  public synchronized boolean isCrowded(OptionalInt free) {
    if (free.isEmpty() || free.getAsInt() > 0) {
      isCrowded = false;
      return false;
    }
    long now = nanoTime.getAsLong();
    if (!isCrowded) {
      isCrowded = true;
      crowdedSince = now;
    }
    return now - crowdedSince < CROWDED_LIMIT.toNanos();
  }

  /** A packet was handed to the node just now. */
  public synchronized void sent(Outgoing packet) {
    budget.spent(packet.payloadBytes());
    sentOn(packet.port());
    startGap();
    calm++;
    if (calm >= CALM_TEXTS && !extra.isZero()) {
      extra = extra.minus(STEP);
      calm = 0;
    }
  }

  /** The node has said just now that it took the last text. */
  public synchronized void taken() {
    isTaken = true;
    lastTaken = nanoTime.getAsLong();
  }

  private void sentOn(int port) {
    if (!gapOf(port).isZero()) {
      lastOnPort.put(port, nanoTime.getAsLong());
    }
  }

  /** The node refused a route request as too soon; the next one waits a whole gap from now. */
  public synchronized void routeRefusedByRate() {
    sentOn(PortNum.TRACEROUTE);
  }

  /** The node refused a text as too soon; the next one waits a whole gap from now. */
  public synchronized void refusedByRate() {
    startGap();
    calm = 0;
    Duration wider = extra.plus(STEP);
    extra = wider.compareTo(MAX_EXTRA) > 0 ? MAX_EXTRA : wider;
  }

  /** Why no text may go at all for a while, for people; empty if it is only slow. */
  public synchronized Optional<String> hold() {
    Pace pace = budget.pace(TYPICAL_TEXT_BYTES);
    return pace.hold().isZero() ? Optional.empty() : pace.reason();
  }

  /** Why texts go slower than usual, for status; empty if they do not. */
  public synchronized Optional<String> sentence() {
    return budget.pace(TYPICAL_TEXT_BYTES).reason();
  }

  /**
   * Waits a whole gap from now, because a text may have gone just before: the node remembers it,
   * and a process that has only begun does not. A refusal now would spend an id, and a crash on top
   * of it would leave nobody who knows.
   */
  public synchronized void keepDistance() {
    startGap();
  }

  private void startGap() {
    hasSent = true;
    lastSent = nanoTime.getAsLong();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
