package org.longwire.relay.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much one asker is answered: every answer is a message of ours, or takes airtime. Safe for use
 * by any thread.
 */
final class Patience {
  static final int ANSWERS = 6;
  static final Duration SPELL = Duration.ofMinutes(1);
  private static final int MAX_KNOWN = 500;

  private final InstantSource clock;
  private final Map<String, Spell> spells = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Spell> eldest) {
      return size() > MAX_KNOWN;
    }
  };

  private record Spell(Instant until, int answers) {}

  Patience(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether to answer; counts the question. */
  synchronized boolean answers(String asker) {
    Instant now = clock.instant();
    Spell spell = spells.get(asker);
    boolean fresh = spell == null || !now.isBefore(spell.until());
    Spell next = fresh
        ? new Spell(now.plus(SPELL), 1)
        : new Spell(spell.until(), Math.min(spell.answers(), ANSWERS) + 1);
    spells.put(asker, next);
    return next.answers() <= ANSWERS;
  }
}
