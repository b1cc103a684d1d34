package org.longwire.plugins.builtin;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers for a while what was seen; of too much, what was seen last. */
final class LatelySeen {
  private static final int MAX = 1_000;

  private final Duration memory;
  private final Map<String, Instant> seen = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
      return size() > MAX;
    }
  };

  LatelySeen(Duration memory) {
    this.memory = memory;
  }

  boolean contains(String what, Instant now) {
    Instant at = seen.get(what);
    return at != null && at.plus(memory).isAfter(now);
  }

  void add(String what, Instant now) {
    seen.remove(what);
    seen.put(what, now);
  }
}
