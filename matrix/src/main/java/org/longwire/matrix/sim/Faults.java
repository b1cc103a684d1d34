package org.longwire.matrix.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.longwire.matrix.UserId;

/**
 * What is to go wrong at the double. Switches may be thrown from any thread and at any time; a
 * count counts requests of the kind it is aimed at, from the next one on.
 */
public final class Faults {
  /** A count that does not end before {@link #heal}. */
  public static final int FOREVER = Integer.MAX_VALUE;

  private static final Set<RequestKind> ANY = Set.of(RequestKind.values());

  private final List<Script> scripts = new ArrayList<>();
  private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
  private final TokenBuckets buckets;
  private boolean amnesia;
  private int timelineCap = EventFilter.MAX_LIMIT;

  /** What becomes of a send or of an answer, besides the refusals. */
  enum Fate {
    CRASH_BEFORE_STORING,
    CRASH_BEFORE_REPLY,
    DROP_REPLY,
    REPEAT_SYNC_PAGE
  }

  /** What becomes of the answer on its way. */
  enum Spoiling {
    NONE,
    TRUNCATE,
    CUT
  }

  private static final class Script {
    private final Set<RequestKind> kinds;
    private final Optional<Failure> failure;
    private final Duration delay;
    private final Spoiling spoiling;
    private int left;

    Script(Set<RequestKind> kinds, int count, Optional<Failure> failure, Duration delay) {
      this(kinds, count, failure, delay, Spoiling.NONE);
    }

    Script(
        Set<RequestKind> kinds,
        int count,
        Optional<Failure> failure,
        Duration delay,
        Spoiling spoiling) {
      this.kinds = kinds;
      this.left = count;
      this.failure = failure;
      this.delay = delay;
      this.spoiling = spoiling;
    }
  }

  /** What the scripts have in store for one request. */
  record Sentence(Optional<Failure> failure, Duration delay, Spoiling spoiling) {}

  Faults(LongSupplier nanoTime) {
    buckets = new TokenBuckets(nanoTime);
  }

  /** The next requests of any kind get this answer. */
  public void failNext(int count, Failure failure) {
    add(new Script(ANY, count, Optional.of(failure), Duration.ZERO));
  }

  /** The next requests of a kind get this answer. Failures of one kind queue up. */
  public void failNext(RequestKind kind, int count, Failure failure) {
    add(new Script(Set.of(kind), count, Optional.of(failure), Duration.ZERO));
  }

  /** The next requests of a kind are held so long before they are looked at. */
  public void slowNext(RequestKind kind, int count, Duration delay) {
    add(new Script(Set.of(kind), count, Optional.empty(), delay));
  }

  /** The next answers to a kind of request are half a JSON text, in a whole HTTP answer. */
  public void truncateNext(RequestKind kind, int count) {
    add(new Script(Set.of(kind), count, Optional.empty(), Duration.ZERO, Spoiling.TRUNCATE));
  }

  /** The next answers to a kind of request break off in mid-body with their connection. */
  public void cutNext(RequestKind kind, int count) {
    add(new Script(Set.of(kind), count, Optional.empty(), Duration.ZERO, Spoiling.CUT));
  }

  /** The next sends are accepted and kept, and their sender never hears of it. */
  public void dropReplies(int sends) {
    set(Fate.DROP_REPLY, sends);
  }

  /** The next send is accepted and kept; then the server is down, without a reply. */
  public void crashBeforeReply() {
    set(Fate.CRASH_BEFORE_REPLY, 1);
  }

  /** At the next send the server goes down before it has kept anything. */
  public void crashBeforeStoring() {
    set(Fate.CRASH_BEFORE_STORING, 1);
  }

  /** The next sync with a bookmark gets the page that its device got last, once more. */
  public void repeatNextSyncPage() {
    set(Fate.REPEAT_SYNC_PAGE, 1);
  }

  /** A restart forgets which transactions were answered, as some servers do. */
  public synchronized void amnesia(boolean on) {
    amnesia = on;
  }

  /** Timelines hold at most so many events, whatever the client asks for. */
  public synchronized void limitTimelines(int events) {
    timelineCap = events;
  }

  /** Every user may send so often; Synapse's default is 0.2 per second and a burst of 10. */
  public void rateLimit(double perSecond, int burst) {
    buckets.limit(perSecond, burst);
  }

  /** A user whom {@link #rateLimit} does not bind. */
  public void exemptFromRateLimit(UserId user) {
    buckets.exempt(user);
  }

  /** Nothing goes wrong from now on. */
  public synchronized void heal() {
    scripts.clear();
    fates.clear();
    amnesia = false;
    timelineCap = EventFilter.MAX_LIMIT;
    buckets.limit(0, 0);
  }

  private synchronized void add(Script script) {
    if (script.left > 0) {
      scripts.add(script);
    }
  }

  private synchronized void set(Fate fate, int count) {
    fates.put(fate, count);
  }

  /** Passes the sentence on a request and counts it: at most one refusal, all its delays. */
  synchronized Sentence judge(RequestKind kind) {
    Optional<Failure> failure = Optional.empty();
    Duration delay = Duration.ZERO;
    Spoiling spoiling = Spoiling.NONE;
    Iterator<Script> all = scripts.iterator();
    while (all.hasNext()) {
      Script script = all.next();
      boolean second = script.failure.isPresent() && failure.isPresent();
      if (!script.kinds.contains(kind) || second) {
        continue;
      }
      failure = script.failure.isPresent() ? script.failure : failure;
      delay = delay.plus(script.delay);
      spoiling = script.spoiling == Spoiling.NONE ? spoiling : script.spoiling;
      if (script.left != FOREVER && --script.left == 0) {
        all.remove();
      }
    }
    return new Sentence(failure, delay, spoiling);
  }

  /** Whether this fate is due now; if so, it is counted. */
  synchronized boolean strikes(Fate fate) {
    int left = fates.getOrDefault(fate, 0);
    if (left > 0 && left != FOREVER) {
      fates.put(fate, left - 1);
    }
    return left > 0;
  }

  synchronized boolean isForgetful() {
    return amnesia;
  }

  synchronized int timelineCap() {
    return timelineCap;
  }

  TokenBuckets buckets() {
    return buckets;
  }
}
