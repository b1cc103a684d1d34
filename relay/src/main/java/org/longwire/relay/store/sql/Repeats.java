package org.longwire.relay.store.sql;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.longwire.relay.store.repository.ArchivedMessage;

/**
 * Recognises messages that were given already. One whose packet and sender are known is the same as
 * another only by these; one of which less is known, as another program keeps it, also by its event
 * or by its packet id in its mesh network. Used by one thread.
 */
final class Repeats {
  /** How long a packet id stands for one packet: as long as in the ledger. */
  static final Duration WINDOW = Duration.ofHours(24);

  private final Map<Long, Instant> known = new HashMap<>();
  private final Set<Long> seen = new HashSet<>();

  /** Whether the message was not among those before; the one that knows more goes first. */
  boolean isNew(ArchivedMessage message) {
    Set<Long> names = new HashSet<>();
    message.event().map(Hashes::of).ifPresent(names::add);
    message.packet().map(packet -> Hashes.of(message.meshnet(), packet)).ifPresent(names::add);
    long identity = Hashes.identity(message, message.id());
    boolean isWellKnown = message.node().isPresent() && message.packet().isPresent();
    boolean isNew = isWellKnown || names.isEmpty()
        ? !isKnown(identity, message.at())
        : Collections.disjoint(seen, names);
    known.put(identity, message.at());
    seen.addAll(names);
    return isNew;
  }

  private boolean isKnown(long identity, Instant at) {
    Instant other = known.get(identity);
    return other != null && Duration.between(at, other).abs().compareTo(WINDOW) <= 0;
  }
}
