package org.longwire.relay.store.sql;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.StoreSeal;

/** The table {@code seal}: one row for each ledger that tells this store, unless one has gone. */
final class SqlStoreSeal implements StoreSeal {
  /** A ledger that was away for longer is told everything again, which does no harm. */
  private static final Duration KEPT = Duration.ofDays(365);

  private static final String REMOVE = "DELETE FROM seal WHERE number = ?";
  private static final String REMOVE_OLD = "DELETE FROM seal WHERE number < ?";

  private final WritableStore store;
  private final TimeIds ids;
  private final InstantSource clock;
  private final String insert;

  SqlStoreSeal(WritableStore store, TimeIds ids, InstantSource clock) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.insert = store.dialect().insertOrIgnore("seal", List.of("number"));
  }

  @Override
  public CompletableFuture<Exchanged> exchange(long before) {
    Instant now = clock.instant();
    long seal = ids.next(now);
    return Writes.soon(store, tx -> {
      boolean known = tx.update(REMOVE, before) > 0;
      tx.update(REMOVE_OLD, TimeIds.first(now.minus(KEPT)));
      tx.update(insert, seal);
      return new Exchanged(known, seal);
    });
  }
}
