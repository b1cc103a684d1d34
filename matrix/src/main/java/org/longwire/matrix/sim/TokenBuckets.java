package org.longwire.matrix.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.longwire.matrix.UserId;

/** A limit on how often each user may send. Thread-safe. */
final class TokenBuckets {
  private static final double NANOS = 1e9;
  private final LongSupplier nanoTime;
  private final Map<UserId, Bucket> buckets = new HashMap<>();
  private final Set<UserId> exempt = new HashSet<>();
  private double perSecond;
  private int burst;

  private record Bucket(double tokens, long at) {}

  TokenBuckets(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Sets the limit; a rate of 0 means none. */
  synchronized void limit(double perSecond, int burst) {
    this.perSecond = perSecond;
    this.burst = burst;
    buckets.clear();
  }

  synchronized void exempt(UserId user) {
    exempt.add(user);
  }

  /** Refuses who has to wait; takes nothing. */
  synchronized void requireToken(UserId user) throws Refusal {
    double tokens = level(user);
    if (isLimited(user) && tokens < 1) {
      throw Refusal.limited((long) Math.ceil((1 - tokens) / perSecond * 1000));
    }
  }

  synchronized void take(UserId user) {
    if (isLimited(user)) {
      buckets.put(user, new Bucket(level(user) - 1, nanoTime.getAsLong()));
    }
  }

  private boolean isLimited(UserId user) {
    return perSecond > 0 && !exempt.contains(user);
  }

  private double level(UserId user) {
    long now = nanoTime.getAsLong();
    Bucket bucket = buckets.getOrDefault(user, new Bucket(burst, now));
    return Math.min(burst, bucket.tokens() + (now - bucket.at()) / NANOS * perSecond);
  }
}
