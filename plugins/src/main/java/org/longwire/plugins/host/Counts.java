package org.longwire.plugins.host;

import java.util.Map;
import java.util.TreeMap;

/** What a plugin counts itself. Any thread. */
final class Counts {
  /** Names that are kept; more are counted together. */
  static final int NAMES = 50;

  private static final int NAME_LENGTH = 60;
  private static final String OTHERS = "others";

  private final Map<String, Long> counts = new TreeMap<>();

  synchronized void count(String what, long more) {
    String name =
        LentLog.clean(what.length() > NAME_LENGTH ? what.substring(0, NAME_LENGTH) : what);
    boolean hasPlace = counts.containsKey(name) || counts.size() < NAMES;
    counts.merge(hasPlace ? name : OTHERS, more, Long::sum);
  }

  synchronized Map<String, Long> all() {
    return Map.copyOf(counts);
  }
}
