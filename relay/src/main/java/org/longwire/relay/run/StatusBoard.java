package org.longwire.relay.run;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each part of the relay has to say of itself, one sentence each: what {@code status} shows. A
 * sentence goes to the journal when it changes, and only then. Safe for use by any thread.
 */
public final class StatusBoard {
  private static final Logger LOG = LoggerFactory.getLogger("longwire");

  private final InstantSource clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private volatile Runnable news = () -> {};

  public StatusBoard(InstantSource clock) {
    this.clock = clock;
  }

  /** How a part is. */
  public enum Health {
    OK,
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

  /** Takes note of how a part is; logs it if that is news. */
  public void tell(String part, Health health, String sentence) {
    synchronized (this) {
      Entry before = entries.get(part);
      if (before != null && before.health() == health && before.sentence().equals(sentence)) {
        return;
      }
      entries.put(part, new Entry(health, sentence, clock.instant()));
    }
    news.run();
    switch (health) {
      case OK -> LOG.info("{}: {}", part, sentence);
      case WAITING -> LOG.warn("{}: {}", part, sentence);
      default -> LOG.error("{}: {}", part, sentence);
    }
  }

  /** Has something run after each change, on the thread that told it; it must not block. */
  public void onNews(Runnable listener) {
    news = listener;
    listener.run();
  }

  /** All parts, in the order of their first word. */
  public synchronized Map<String, Entry> entries() {
    return new LinkedHashMap<>(entries);
  }
}
