package org.longwire.relay.queue;

import org.longwire.radio.PacketId;

/** Is told what becomes of deliveries, on the thread that learned it. Must be quick. */
@FunctionalInterface
public interface FateWatcher {
  /**
   * A delivery has met its fate.
   *
   * @param reason for people; empty when it was delivered
   * @param remoteId under which the other side knows it; empty unless it was delivered
   */
  void settled(OutboxEntry entry, Fate fate, String reason, String remoteId);

  /** The radio said something of a packet, perhaps before or after its delivery was settled. */
  default void reported(PacketId packet, String word) {}
}
