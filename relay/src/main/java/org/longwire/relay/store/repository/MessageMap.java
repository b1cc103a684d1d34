package org.longwire.relay.store.repository;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.longwire.matrix.EventId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.StoreException;

/**
 * Which packet is which event: what replies, reactions and removals are found by. Remembering the
 * same link again changes nothing. Any thread.
 */
public interface MessageMap {
  /** Remembers a link; the future completes after the commit, which may be seconds away. */
  CompletableFuture<Void> remember(MessageLink link);

  /** The links of a packet of a radio, the latest first; what is pending is included. */
  List<MessageLink> byPacket(RadioId radio, PacketId packet) throws StoreException;

  /** The links of an event, in the order of parts; what is pending is included. */
  List<MessageLink> byEvent(EventId event) throws StoreException;

  long count() throws StoreException;

  /**
   * Forgets links that are older, and beyond that the oldest until so many are left; a bounded
   * batch at a time.
   *
   * @return how many were forgotten; call again while it is not 0
   */
  int trim(Instant olderThan, long keep) throws StoreException;
}
