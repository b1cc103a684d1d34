package org.longwire.radio.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What waits for a client. When it is full, a text drives the oldest entry out and anything else is
 * dropped (reference: meshtastic.md §4.10).
 */
final class PhoneQueue {
  private record Waiting(byte[] message) {}

  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final int size;

  PhoneQueue(int size) {
    this.size = size;
  }

  void add(byte[] message, boolean text) {
    if (waiting.size() == size) {
      if (!text) {
        return;
      }
      waiting.removeFirst();
    }
    waiting.addLast(new Waiting(message));
  }

  Optional<byte[]> next() {
    return Optional.ofNullable(waiting.pollFirst()).map(Waiting::message);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void clear() {
    waiting.clear();
  }
}
