package org.longwire.relay.queue;

/** Is told when a delivery has met its fate, on the thread that settled it. Must be quick. */
@FunctionalInterface
public interface FateWatcher {
  /** @param reason for people; empty when it was delivered */
  void settled(OutboxEntry entry, Fate fate, String reason);
}
