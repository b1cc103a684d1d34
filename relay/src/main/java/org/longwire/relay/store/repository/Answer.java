package org.longwire.relay.store.repository;

import java.util.List;

/**
 * What was read, and from where.
 *
 * @param sources those that answered
 * @param missing those that did not, in time or at all; a caller shows that the answer is partial
 */
public record Answer<T>(T value, List<String> sources, List<String> missing) {
  public Answer {
    sources = List.copyOf(sources);
    missing = List.copyOf(missing);
  }

  public boolean isPartial() {
    return !missing.isEmpty();
  }
}
