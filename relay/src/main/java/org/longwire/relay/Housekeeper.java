package org.longwire.relay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.run.Care;
import org.longwire.relay.run.Duty;
import org.longwire.relay.run.Pause;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.run.SystemdNotifier;
import org.longwire.relay.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how things are, and throws away what is past its time. Ready means that the radio
 * and the homeserver have been tried once: an unplugged radio must not hold up the boot. Rounds go
 * by the monotonic clock, because systemd's watchdog does.
 */
final class Housekeeper implements Duty {
  /** Between two rounds, unless the watchdog asks for shorter ones. */
  static final Duration ROUND = Duration.ofSeconds(60);

  static final Duration PURGE_ROUND = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger("longwire");

  private final Ledger ledger;
  private final StatusBoard status;
  private final SystemdNotifier notifier;
  private final Pause news;
  private final List<Care> cares;
  private final Set<String> expected;
  private final BooleanSupplier well;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Duration round;
  private boolean ready;
  private String told = "";
  private long nextRound;
  private long nextPurge;
  private long nextTidy;

  /** @param cares looked after in this order */
  record Means(
      Ledger ledger, StatusBoard status, SystemdNotifier notifier, Pause news, List<Care> cares) {
    Means {
      cares = List.copyOf(cares);
    }
  }

  /**
   * @param expected the parts that must have spoken once before we are ready
   * @param well whether every thread makes progress
   * @param clock what expires goes by it
   * @param nanoTime monotonic; the first round is at once
   */
  Housekeeper(
      Means means,
      Set<String> expected,
      BooleanSupplier well,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.ledger = means.ledger();
    this.status = means.status();
    this.notifier = means.notifier();
    this.news = means.news();
    this.cares = means.cares();
    this.expected = expected;
    this.well = well;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.round = notifier
        .watchdogInterval()
        .filter(interval -> interval.compareTo(ROUND) < 0)
        .orElse(ROUND);
    this.nextRound = nanoTime.getAsLong();
    this.nextPurge = nextRound;
    this.nextTidy = nextRound;
  }

  @Override
  public void step() throws InterruptedException {
    news.pause(untilNextRound());
    Map<String, StatusBoard.Entry> entries = status.entries();
    if (!ready && expected.stream().allMatch(part -> wasTried(entries, part))) {
      ready = true;
      told = sentence(entries);
      notifier.ready(told);
      LOG.info("ready");
    }
    tellStatus(entries);
    passOnNews();
    if (!untilNextRound().isZero()) {
      return;
    }
    nextRound = nanoTime.getAsLong() + round.toNanos();
    if (well.getAsBoolean()) {
      notifier.watchdog();
    } else {
      LOG.error("a thread makes no progress; the watchdog is not fed");
    }
    for (Care care : cares) {
      care.round();
    }
    tidy();
  }

  private Duration untilNextRound() {
    return Duration.ofNanos(Math.max(0, nextRound - nanoTime.getAsLong()));
  }

  private static boolean wasTried(Map<String, StatusBoard.Entry> entries, String part) {
    StatusBoard.Entry entry = entries.get(part);
    return entry != null && entry.health() != Health.TRYING;
  }

  private void tellStatus(Map<String, StatusBoard.Entry> entries) {
    String present = sentence(entries);
    if (ready && !present.equals(told)) {
      told = present;
      notifier.status(present);
    }
  }

  private static String sentence(Map<String, StatusBoard.Entry> entries) {
    String sentence = entries.entrySet().stream()
        .filter(e -> e.getValue().health() != Health.OK)
        .map(e -> e.getKey() + ": " + e.getValue().sentence())
        .collect(Collectors.joining("; "));
    return sentence.isEmpty() ? "all is well" : sentence;
  }

  private void tidy() throws InterruptedException {
    Instant now = clock.instant();
    try {
      while (ledger.expireDue(now) >= Ledger.EXPIRY_BATCH) {
        continue;
      }
      if (nextPurge - nanoTime.getAsLong() <= 0) {
        while (ledger.purge(now, Ledger.RETENTION) > 0) {
          continue;
        }
        nextPurge = nanoTime.getAsLong() + PURGE_ROUND.toNanos();
      }
    } catch (StoreException e) {
      status.tell(StoreHealth.PART, Health.FAILED, e.getMessage());
    }
  }

  private void passOnNews() throws InterruptedException {
    for (Care care : cares) {
      care.news();
    }
    if (ready && nextTidy - nanoTime.getAsLong() <= 0) {
      nextTidy = nanoTime.getAsLong() + PURGE_ROUND.toNanos();
      for (Care care : cares) {
        care.tidy(clock.instant());
      }
    }
  }
}
