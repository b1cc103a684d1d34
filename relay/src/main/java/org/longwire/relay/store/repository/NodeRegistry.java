package org.longwire.relay.store.repository;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.longwire.radio.NodeId;
import org.longwire.relay.store.StoreException;

/**
 * The truth about nodes. Reads answer at once, from the pending changes merged with the rows;
 * writes are gathered and go out in batches. Merging is monotone: a time never goes back, a known
 * field is never emptied. Any thread.
 */
public interface NodeRegistry {
  /** Takes note of a node; never blocks on the disk. */
  void seen(Node node);

  /** A node that is known under another number now, by its public key. */
  void renumbered(String meshnet, NodeId before, NodeId now);

  Answer<List<Node>> all(ReadScope scope) throws StoreException;

  /**
   * Nodes last heard within a window, strictly: one heard just that long ago is offline. There is
   * no other way to be offline: no packet of Meshtastic says that its node leaves.
   */
  Answer<List<Node>> online(ReadScope scope, Duration window) throws StoreException;

  Optional<Node> byNumber(String meshnet, NodeId id) throws StoreException;

  Optional<Node> byPublicKey(String publicKey) throws StoreException;

  long count() throws StoreException;

  /** @return whether it was known */
  boolean forget(String meshnet, NodeId id) throws StoreException;

  /** What happened to a node, the latest first. */
  List<NodeEvent> events(String meshnet, NodeId id, int limit) throws StoreException;

  /** Writes what is pending; durable on return. */
  void flush() throws StoreException;
}
