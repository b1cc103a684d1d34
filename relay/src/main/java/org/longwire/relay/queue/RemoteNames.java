package org.longwire.relay.queue;

import java.util.Optional;
import org.longwire.relay.store.StoreException;

/** Tells under which id the other side knows a message. */
@FunctionalInterface
public interface RemoteNames {
  /**
   * The event id or packet id (eight hex digits) of a message at one address: its first part, if it
   * has been delivered there.
   */
  Optional<String> nameAt(Origin origin, Address address) throws StoreException;
}
