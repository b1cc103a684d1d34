package org.longwire.relay.bridge;

import java.util.List;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.Node;

/** The nodes of our mesh, as they are remembered. Any thread. */
public interface KnownNodes {
  /** All of them, the one heard last first; their names are strangers' words. */
  List<Node> known() throws StoreException;
}
