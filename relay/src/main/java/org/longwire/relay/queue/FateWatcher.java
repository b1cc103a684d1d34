package org.longwire.relay.queue;

import java.util.List;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;

/** Is told what becomes of messages, on the thread that learned it. Must be quick. */
@FunctionalInterface
public interface FateWatcher {
  /** Messages are durable by now, in order; some may have been known before. */
  default void accepted(List<Arrival> arrivals) {}

  /**
   * A delivery has met its fate.
   *
   * @param reason for people; empty when it was delivered
   * @param remoteId under which the other side knows it; empty unless it was delivered
   */
  void settled(OutboxEntry entry, Fate fate, String reason, String remoteId);

  /** A radio said something of a packet, perhaps before or after its delivery was settled. */
  default void reported(RadioId radio, PacketId packet, DeliveryState state) {}

  /**
   * Texts for a radio are held for more than some seconds, because the air is used up or crowded.
   * Told once, until they are {@link #freed}; and seldom, where they are held and freed by turns.
   *
   * @param reason one sentence for people
   */
  default void held(RadioId radio, String reason) {}

  /** Texts for a radio that were {@link #held} go again. */
  default void freed(RadioId radio) {}
}
