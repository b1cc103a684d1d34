package org.longwire.relay.queue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.longwire.radio.Airtime;
import org.longwire.radio.LoraSettings;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeIdentity;

/**
 * How much of the air one radio may still use (reference: meshtastic.md §5.3, §5.4). Airtime is
 * counted over the last hour in bins of a minute, as the node itself counts it, and corrected by
 * what the node tells, because it also repeats for others. Where the region sets a limit, texts are
 * spaced wider from half of it on, the wider the nearer, and held at {@link #HOLD_PERCENT}, because
 * at the limit the node refuses everything. Where it sets none, courtesy only slows. A crowded
 * channel holds everything anywhere. Any thread.
 */
public final class AirtimeBudget {
  /** From this share of the limit on, texts are spaced wider. */
  static final int SLOW_PERCENT = 50;

  /** At this share of the limit, texts are held. */
  static final int HOLD_PERCENT = 85;

  /** What counts as the limit where the region sets none: the node's own polite modules' share. */
  static final double COURTESY_SHARE = 0.25;

  /** The widest spacing under a limit; a text waits no longer than this unless it is held. */
  static final Duration WIDEST = Duration.ofSeconds(120);

  /** The widest spacing without a limit. */
  static final Duration WIDEST_BY_COURTESY = Duration.ofSeconds(30);

  /** How long after a refusal for airtime, or before a held text is looked at again. */
  static final Duration PAUSE = Duration.ofSeconds(60);

  /** How soon a text that a crowded channel holds is looked at again. */
  static final Duration CROWDED_PAUSE = Duration.ofSeconds(15);

  /**
   * The node tells its measure every minute; one older than this says nothing about the channel.
   */
  static final Duration FRESH = Duration.ofMinutes(5);

  /** Per cent of a minute from which the channel counts as busy: the node's modules fall silent. */
  static final int BUSY_PERCENT = 25;

  /** Per cent of a minute above which only texts are sent by any node, and by us nothing. */
  static final int CROWDED_PERCENT = 40;

  /** A text longer on air than this waits out its forerunner, lest it lie in the node's queue. */
  static final long SLOW_TEXT_MS = 2_000;

  /** Regions allow 1 % at the least; this guards the division against a share of nothing. */
  private static final double LEAST_SHARE = 0.001;

  /** Without the measure of the minute: a reason that changes is written to the card each time. */
  private static final String CROWDED =
      "texts wait: the channel is busy more than %d %% of the time; they go on when it is quieter"
          .formatted(CROWDED_PERCENT);

  private static final int BINS = 60;
  private static final long BIN_NANOS = Duration.ofMinutes(1).toNanos();
  private static final double HOUR_MS = 3_600_000;

  private final LongSupplier nanoTime;
  private final long startedAt;
  private final long[] bins = new long[BINS];
  private long presentBin;
  private long lastTextMs;
  private LoraSettings lora = LoraSettings.LONG_FAST;
  private Airtime.Kind kind = Airtime.Kind.BROADCAST;

  private double toldMs;
  private long toldAt;
  private long spentSinceTold;
  private double channelPercent;
  private long channelToldAt;
  private boolean refused;
  private long refusedAt;

  /**
   * An unused budget.
   *
   * @param nanoTime monotonic
   */
  public AirtimeBudget(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
    this.toldAt = startedAt;
    this.channelToldAt = startedAt;
  }

  /**
   * The radio as told by a handshake: its settings, until then {@link LoraSettings#LONG_FAST}, and
   * its firmware, which decides whether it signs what it sends.
   */
  public synchronized void configured(NodeIdentity identity) {
    lora = identity.lora();
    kind = Airtime.Kind.ofBroadcastBy(identity.firmware());
  }

  /** The node's own measure, which replaces ours where it is higher. */
  public synchronized void told(MeshEvent.AirtimeTold event) {
    long now = nanoTime.getAsLong();
    event.airUtilisationTx().ifPresent(percent -> {
      toldMs = percent / 100 * HOUR_MS;
      toldAt = now;
      spentSinceTold = 0;
    });
    event.channelUtilisation().ifPresent(percent -> {
      channelPercent = percent;
      channelToldAt = now;
    });
  }

  /** A packet of whatever kind was handed to the node. */
  public synchronized void spent(int payloadBytes) {
    turnBins();
    lastTextMs = Airtime.textMillis(payloadBytes, kind, lora);
    bins[(int) (presentBin % BINS)] += lastTextMs;
    spentSinceTold += lastTextMs;
  }

  /** The node refused a text because the hour is used up: nothing goes for {@link #PAUSE}. */
  public synchronized void refusedByDutyCycle() {
    refused = true;
    refusedAt = nanoTime.getAsLong();
  }

  /** The share of the limit that is used, in whole per cent; may exceed 100. */
  public synchronized int usedPercent() {
    return (int) Math.round(used() * 100);
  }

  synchronized Pace pace(int payloadBytes) {
    double busy = channelPercent();
    int stretch = busy > BUSY_PERCENT ? 2 : 1;
    Duration afterRefusal = afterRefusal();
    if (!afterRefusal.isZero()) {
      return new Pace(Duration.ZERO, stretch, afterRefusal, Optional.of(refusal(afterRefusal)));
    }
    double used = used();
    if (isLimited() && used >= HOLD_PERCENT / 100.0) {
      return new Pace(Duration.ZERO, stretch, PAUSE, Optional.of(held()));
    }
    if (busy > CROWDED_PERCENT) {
      return new Pace(Duration.ZERO, stretch, CROWDED_PAUSE, Optional.of(CROWDED));
    }
    Duration spacing = spacing(payloadBytes, used);
    return new Pace(spacing, stretch, Duration.ZERO, slowness(spacing, stretch));
  }

  /**
   * At half of the limit the rate that half of the limit sustains, and ever slower towards the
   * point of holding, so that it is hardly ever reached by our own texts.
   */
  private Duration spacing(int payloadBytes, double used) {
    Duration forerunner = Duration.ofMillis(lastTextMs > SLOW_TEXT_MS ? lastTextMs : 0);
    double left = HOLD_PERCENT / 100.0 - used;
    double slowZone = (HOLD_PERCENT - SLOW_PERCENT) / 100.0;
    if (left > slowZone) {
      return forerunner;
    }
    Duration widest = isLimited() ? WIDEST : WIDEST_BY_COURTESY;
    double sustained =
        Airtime.textMillis(payloadBytes, kind, lora) / (share() * SLOW_PERCENT / 100);
    double millis = left <= 0 ? widest.toMillis() : sustained * slowZone / left;
    Duration spacing = Duration.ofMillis((long) Math.min(millis, widest.toMillis()));
    return spacing.compareTo(forerunner) > 0 ? spacing : forerunner;
  }

  /** How busy the channel is, as far as that was told lately. */
  private double channelPercent() {
    boolean isFresh = nanoTime.getAsLong() - channelToldAt <= FRESH.toNanos();
    return isFresh ? channelPercent : 0;
  }

  private Duration afterRefusal() {
    long since = nanoTime.getAsLong() - refusedAt;
    refused = refused && since < PAUSE.toNanos();
    return refused ? PAUSE.minusNanos(since) : Duration.ZERO;
  }

  private double used() {
    turnBins();
    double age = (nanoTime.getAsLong() - toldAt) / (double) (BINS * BIN_NANOS);
    // What the node counted leaves its hour bit by bit; evenly is the best guess.
    double told = toldMs * Math.max(0, 1 - age);
    long own = Arrays.stream(bins).sum();
    return Math.max(told + Math.min(spentSinceTold, own), own) / (share() * HOUR_MS);
  }

  private void turnBins() {
    long now = (nanoTime.getAsLong() - startedAt) / BIN_NANOS;
    for (long bin = Math.max(presentBin, now - BINS) + 1; bin <= now; bin++) {
      bins[(int) (bin % BINS)] = 0;
    }
    presentBin = now;
  }

  private boolean isLimited() {
    return lora.dutyCycle() < 1;
  }

  private double share() {
    return isLimited() ? Math.max(lora.dutyCycle(), LEAST_SHARE) : COURTESY_SHARE;
  }

  private static String refusal(Duration wait) {
    return ("texts wait: the radio refused one because the airtime of this hour is used up;"
            + " next attempt in %d s")
        .formatted(Math.max(1, wait.toSeconds()));
  }

  private String held() {
    return ("texts wait: %d %% of the airtime that the region allows in an hour is used;"
            + " they go on below %d %%")
        .formatted(usedPercent(), HOLD_PERCENT);
  }

  private Optional<String> slowness(Duration spacing, int stretch) {
    if (used() >= SLOW_PERCENT / 100.0) {
      String whose = isLimited() ? "the region allows" : "courtesy allows";
      return Optional.of(
          "texts go slowly, one in %d s: %d %% of the airtime that %s in an hour is used"
              .formatted(Math.max(1, spacing.toSeconds()), usedPercent(), whose));
    }
    if (stretch > 1) {
      return Optional.of("texts go slowly: the channel is busy %d %% of the time"
          .formatted(Math.round(channelPercent)));
    }
    return Optional.empty();
  }
}
