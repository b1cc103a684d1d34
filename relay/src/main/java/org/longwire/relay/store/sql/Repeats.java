package org.longwire.relay.store.sql;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.longwire.relay.store.repository.ArchivedMessage;

/**
 * Recognises messages that were given already. One whose packet and sender are known is the same as
 * another only by these; one of which less is known, as another program keeps it, also by its event
 * or by its packet id in its mesh network. Used by one thread.
 */
final class Repeats {
  private final Set<Long> seen = new HashSet<>();

  /** Whether the message was not among those before; the one that knows more goes first. */
  boolean isNew(ArchivedMessage message) {
    Set<Long> names = new HashSet<>();
    message.event().map(Hashes::of).ifPresent(names::add);
    message.packet().map(packet -> Hashes.of(message.meshnet(), packet)).ifPresent(names::add);
    long identity = Hashes.identity(message, message.id());
    boolean isWellKnown = message.node().isPresent() && message.packet().isPresent();
    boolean isNew = isWellKnown || names.isEmpty()
        ? !seen.contains(identity)
        : Collections.disjoint(seen, names);
    seen.add(identity);
    seen.addAll(names);
    return isNew;
  }
}
