package org.longwire.relay.store.repository;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.longwire.radio.NodeId;

/**
 * A node as the registry knows it. Fields that nobody told are empty.
 *
 * @param meshnet the mesh network it was met on
 * @param publicKey the first one told, 64 hex digits; a different one later is an event, not a
 *     change
 * @param firstHeard {@link #NEVER} if nobody knows
 * @param lastHeard {@link #NEVER} if it was not heard
 * @param source who told of it last
 */
public record Node(
    String meshnet,
    NodeId id,
    Optional<String> longName,
    Optional<String> shortName,
    Optional<String> publicKey,
    OptionalInt hardware,
    OptionalInt role,
    OptionalInt hops,
    Instant firstHeard,
    Instant lastHeard,
    Instant updatedAt,
    Source source) {
  /** The time of what has not happened, before all other times. */
  public static final Instant NEVER = Instant.EPOCH;

  /** Who tells of a node. */
  public enum Source {
    PACKET,
    NODE_LIST,
    IMPORT,
    RELAY
  }
}
