package org.longwire.relay.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each part of the relay has to say of itself, one sentence each: what {@code status} shows. A
 * sentence goes to the journal when it changes, and only then. Safe for use by any thread.
 */
public final class StatusBoard {
  /** Lines of one part in one {@link #SPELL}; a part that flaps would wear out the journal. */
  static final int LINES_PER_SPELL = 9;

  static final Duration SPELL = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger("longwire");

  private final InstantSource clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Spell> spells = new HashMap<>();
  private volatile Runnable news = () -> {};

  public StatusBoard(InstantSource clock) {
    this.clock = clock;
  }

  /** How a part is. */
  public enum Health {
    OK,
    /** The first attempt is under way, and nothing is known yet. */
    TRYING,
    /** Not there yet, or back soon by itself. */
    WAITING,
    /** Somebody has to do something. */
    FAILED
  }

  /**
   * What a part said last.
   *
   * @param since when it began to say so
   */
  public record Entry(Health health, String sentence, Instant since) {}

  /** How much of a part went to the journal lately. */
  private record Spell(Instant began, int lines) {}

  /**
   * Takes note of how a part is; logs it if that is news. That a part is being tried is only worth
   * a word until it is known how it is.
   */
  public void tell(String part, Health health, String sentence) {
    int lines;
    synchronized (this) {
      Entry before = entries.get(part);
      if (before != null
          && (health == Health.TRYING
              || before.health() == health && before.sentence().equals(sentence))) {
        return;
      }
      entries.put(part, new Entry(health, sentence, clock.instant()));
      lines = countLine(part);
    }
    announce(part, health, sentence, lines);
  }

  /** A part that had something to complain of has not any more, and so nothing to say. */
  public void settled(String part, String sentence) {
    int lines;
    synchronized (this) {
      if (entries.remove(part) == null) {
        return;
      }
      lines = countLine(part);
    }
    announce(part, Health.OK, sentence, lines);
  }

  /** Outside the lock: neither the journal nor a listener may hold up other parts. */
  private void announce(String part, Health health, String sentence, int lines) {
    if (lines <= LINES_PER_SPELL) {
      log(part, health, sentence);
    }
    if (lines == LINES_PER_SPELL) {
      LOG.warn("{}: changes too often to be told each time; see `longwire status`", part);
    }
    news.run();
  }

  private int countLine(String part) {
    Instant now = clock.instant();
    Spell spell = spells.get(part);
    boolean fresh = spell == null || !now.isBefore(spell.began().plus(SPELL));
    Spell next = fresh ? new Spell(now, 1) : new Spell(spell.began(), spell.lines() + 1);
    spells.put(part, next);
    return next.lines();
  }

  private static void log(String part, Health health, String sentence) {
    switch (health) {
      case OK, TRYING -> LOG.info("{}: {}", part, sentence);
      case WAITING -> LOG.warn("{}: {}", part, sentence);
      default -> LOG.error("{}: {}", part, sentence);
    }
  }

  /** Has something run after each change, on the thread that told it; it must not block. */
  public void onNews(Runnable listener) {
    news = listener;
    listener.run();
  }

  /** All parts, in the order in which they first spoke; one that settled begins anew. */
  public synchronized Map<String, Entry> entries() {
    return new LinkedHashMap<>(entries);
  }
}
