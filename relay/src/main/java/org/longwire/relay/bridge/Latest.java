package org.longwire.relay.bridge;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of the last {@link #MAX} keys that came; it forgets its oldest entry when it is full. */
final class Latest<K, V> extends LinkedHashMap<K, V> {
  static final int MAX = 500;

  private static final long serialVersionUID = 1L;

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > MAX;
  }
}
