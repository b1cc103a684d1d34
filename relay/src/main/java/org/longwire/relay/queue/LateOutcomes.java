package org.longwire.relay.queue;

import java.time.Instant;
import java.util.Optional;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.StoreException;

/**
 * What becomes known of packets after they counted as delivered: the node's second thoughts, and
 * what the mesh says of them. Safe for use by many threads.
 */
public final class LateOutcomes {
  private final Ledger ledger;
  private final Books books;
  private final Watchers watchers;

  /** What it is written into. */
  record Books(Outbox outbox, Bookmarks bookmarks, Marks marks) {}

  LateOutcomes(Ledger ledger, Books books, Watchers watchers) {
    this.ledger = ledger;
    this.books = books;
    this.watchers = watchers;
  }

  /**
   * Puts a packet that was marked delivered back to its place, under a new packet id, because its
   * refusal came late.
   *
   * @return empty if there is no such packet, or it has expired meanwhile
   */
  public Optional<OutboxEntry> reopen(
      RadioId radio, PacketId packet, Instant notBefore, String reason)
      throws StoreException, InterruptedException {
    books.marks.retry();
    Optional<OutboxEntry> reopened = books.bookmarks.writeAlong(
        tx -> {
          Optional<Outbox.SentPacket> sent = Outbox.sentPacket(tx, radio, packet);
          if (sent.isEmpty() || sent.get().fate() != Fate.DELIVERED) {
            return Optional.empty();
          }
          OutboxEntry entry = sent.get().entry();
          Outbox.Deferred deferred = ledger.deferral(entry, notBefore, reason, false);
          return entry.expiresAt().isAfter(ledger.now())
              ? Optional.of(books.outbox.renew(tx, entry, deferred))
              : Optional.empty();
        },
        Optional::isPresent);
    reopened.ifPresent(entry -> books.marks.uncover(entry.id()));
    ledger.unparked();
    return reopened;
  }

  /** A packet that was marked delivered was refused for good after all. */
  public void refused(RadioId radio, PacketId packet, String reason)
      throws StoreException, InterruptedException {
    books.marks.retry();
    Outbox.Settled settled = Outbox.Settled.refused(ledger.now(), reason);
    Optional<OutboxEntry> refused = books.bookmarks.writeAlong(
        tx -> {
          Optional<OutboxEntry> entry = Outbox.sentPacket(tx, radio, packet)
              .filter(sent -> sent.fate() == Fate.DELIVERED)
              .map(Outbox.SentPacket::entry);
          if (entry.isPresent()) {
            Outbox.settle(tx, entry.get(), settled);
          }
          return entry;
        },
        Optional::isPresent);
    refused.ifPresent(entry -> watchers.settled(entry, settled.fate(), reason, ""));
  }

  /** Adds what the radio reported to the history of a packet, for {@code trace}. */
  public void reported(RadioId radio, PacketId packet, DeliveryState state) {
    watchers.reported(radio, packet, state);
    Instant at = ledger.now();
    books.marks.note(tx -> {
      Optional<Outbox.SentPacket> sent = Outbox.sentPacket(tx, radio, packet);
      return sent.isEmpty() ? 0 : Outbox.remember(tx, sent.get().entry().id(), at, state.word());
    });
  }
}
