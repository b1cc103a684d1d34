package org.longwire.relay.store.repository;

import java.time.Instant;
import org.longwire.radio.NodeId;

/**
 * Something that happened to a node, kept for a while: a changed key is what an operator wants to
 * know.
 *
 * @param detail what changed, from what to what; a stranger's words
 */
public record NodeEvent(String meshnet, NodeId node, Instant at, Kind kind, String detail) {
  /** What happened. */
  public enum Kind {
    FIRST_SEEN,
    KEY_CHANGED,
    NAME_CHANGED,
    ROLE_CHANGED,
    HARDWARE_CHANGED,
    RENUMBERED,
    ONLINE,
    OFFLINE
  }
}
