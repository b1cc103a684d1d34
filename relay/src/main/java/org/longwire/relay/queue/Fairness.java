package org.longwire.relay.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What one sender remembers so that nobody takes its channel: how much each author has said lately,
 * and where the last look at too many lanes ended. An allowance is earned by resting: who has
 * something waiting earns nothing, or a flood would never be overdrawn where texts go slowly. In
 * memory only; a restart forgives. Used by one thread.
 */
public final class Fairness {
  /** Authors remembered; who is forgotten starts anew. */
  static final int MAX_REMEMBERED = 1_024;

  /** What an author may say at once, and how soon one more. */
  record Allowance(int atOnce, Duration perPiece) {}

  /** A long text in all its parts, or some short ones; then as much as half of a channel bears. */
  static final Allowance TO_MESH = new Allowance(8, Duration.ofSeconds(15));

  /** A lively talk; a homeserver takes some a second from all of us. */
  static final Allowance TO_ROOMS = new Allowance(20, Duration.ofSeconds(3));

  private final Allowance allowance;
  private final LongSupplier nanoTime;
  private final Map<Author, Balance> balances = new Recent();
  private long looks;
  private Optional<String> stoppedAt = Optional.empty();

  /** How much an author may still say, and when and at which look that was so. */
  private record Balance(double pieces, long at, long look) {}

  private Fairness(Allowance allowance, LongSupplier nanoTime) {
    this.allowance = allowance;
    this.nanoTime = nanoTime;
  }

  /** For what goes to a radio, in packets. */
  public static Fairness toMesh(LongSupplier nanoTime) {
    return new Fairness(TO_MESH, nanoTime);
  }

  /** For what goes to rooms, in events. */
  public static Fairness toRooms(LongSupplier nanoTime) {
    return new Fairness(TO_ROOMS, nanoTime);
  }

  /** One look has found that something by these authors waits. */
  void looked(Collection<Author> waiting) {
    looks++;
    waiting.forEach(
        author -> balances.computeIfPresent(author, (same, last) -> balance(earned(last))));
  }

  private double earned(Balance last) {
    if (last.look >= looks - 1) {
      return last.pieces;
    }
    double rest = nanoTime.getAsLong() - last.at;
    return Math.min(
        allowance.atOnce(), last.pieces + rest / allowance.perPiece().toNanos());
  }

  private Balance balance(double pieces) {
    return new Balance(pieces, nanoTime.getAsLong(), looks);
  }

  /** Something by an author was delivered. */
  void delivered(Author author) {
    if (author.isAccountable()) {
      Balance last = balances.get(author);
      double pieces = last == null ? allowance.atOnce() : last.pieces;
      balances.put(author, balance(Math.max(0, pieces - 1)));
    }
  }

  /** Whether an author who waits has said more than is fair, so that everybody else comes first. */
  boolean isOverdrawn(Author author) {
    Balance balance = balances.get(author);
    return balance != null && balance.pieces < 1;
  }

  /** Behind which lane to look on; empty to look at all. */
  Optional<String> stoppedAt() {
    return stoppedAt;
  }

  /** @param lane the last one looked at, if there may be more behind it */
  void stoppedAt(Optional<String> lane) {
    stoppedAt = lane;
  }

  /** Forgets what was used longest ago. */
  private static final class Recent extends LinkedHashMap<Author, Balance> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Author, Balance> eldest) {
      return size() > MAX_REMEMBERED;
    }
  }
}
