package org.longwire.relay;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.CommitObserver;
import org.longwire.relay.store.StoreException;

/**
 * Says that a store cannot be written, from the first try that fails until a commit succeeds. Told
 * by one thread at a time.
 */
final class StoreWatch implements CommitObserver {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final StatusBoard status;
  private final String store;
  private final InstantSource clock;
  private final Runnable onReplaced;
  private volatile Optional<Outage> outage = Optional.empty();

  /** @param kind what sort of failure it is: its words may differ from try to try */
  private record Outage(Instant since, Class<? extends StoreException> kind) {}

  /**
   * @param store its name in the configuration
   * @param onReplaced run when a damaged file was replaced; must not block
   */
  StoreWatch(StatusBoard status, String store, InstantSource clock, Runnable onReplaced) {
    this.status = status;
    this.store = store;
    this.clock = clock;
    this.onReplaced = onReplaced;
  }

  /** The part of the status board that speaks of a store while it cannot be written. */
  static String part(String store) {
    return "store " + store;
  }

  @Override
  public void beforeCommit() {
    // Nothing to say yet.
  }

  @Override
  public void afterCommit() {
    if (outage.isPresent()) {
      outage = Optional.empty();
      status.settled(part(store), "it takes what it is told again");
    }
  }

  @Override
  public void failed(StoreException why) {
    Optional<Outage> before = outage;
    if (before.isPresent() && before.get().kind.equals(why.getClass())) {
      return;
    }
    Instant since = before.map(Outage::since).orElseGet(clock::instant);
    outage = Optional.of(new Outage(since, why.getClass()));
    status.tell(
        part(store),
        Health.WAITING,
        "it cannot be written since %s (%s); messages wait in the ledger, a week at most"
            .formatted(MINUTE.format(since), why.getMessage()));
  }

  @Override
  public void replaced() {
    onReplaced.run();
  }
}
