package org.longwire.relay.queue;

/** Is told when a delivery has met its fate, on the thread that settled it. Must be quick. */
@FunctionalInterface
public interface FateWatcher {
  /**
   * Is told of one.
   *
   * @param reason for people; empty when it was delivered
   * @param remoteId under which the other side knows it; empty unless it was delivered
   */
  void settled(OutboxEntry entry, Fate fate, String reason, String remoteId);
}
