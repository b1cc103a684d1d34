package org.longwire.plugins.host;

import java.time.Duration;
import java.util.Optional;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.host.FaultRecord.Verdict;
import org.longwire.plugins.host.PluginState.Condition;

/**
 * How a plugin is, what it offers while it is here, and what its faults make of it. Its user guards
 * it; {@link #active} and {@link #known} alone are for any thread, and wait for nobody.
 */
final class Health {
  private final FaultRecord record = new FaultRecord();
  private volatile Optional<Declarations> declarations = Optional.empty();
  private volatile Optional<Declarations> active = Optional.empty();
  private boolean wasOpen;
  private boolean isStopping;
  private Condition condition = Condition.IDLE;
  private String sentence = "";
  private long restEnd;
  private long faults;
  private int leftBehind;

  /** That of a plugin before its start. */
  static Health of(InstalledPlugin plugin) {
    Health health = new Health();
    health.declarations = plugin.declared();
    plugin
        .problem()
        .ifPresent(problem ->
            health.become(plugin.policy().enabled() ? Condition.BROKEN : Condition.IDLE, problem));
    return health;
  }

  Condition condition() {
    return condition;
  }

  /** What the declarations say, once it has been open and while it has not been given up. */
  Optional<Declarations> active() {
    return active;
  }

  /** What it has declared last, or is known to declare. */
  Optional<Declarations> known() {
    return declarations;
  }

  void declared(Declarations found) {
    declarations = Optional.of(found);
    publish();
  }

  void open() {
    wasOpen = true;
    publish();
  }

  /** Whether it could be had once. */
  boolean wasOpen() {
    return wasOpen;
  }

  /** Nothing is to be called but {@code stop} any more. */
  void retire() {
    isStopping = true;
    publish();
  }

  boolean isStopping() {
    return isStopping;
  }

  private void publish() {
    active =
        (isActive() || isResting()) && wasOpen && !isStopping ? declarations : Optional.empty();
  }

  /** Whether it may be called. */
  boolean isCallable() {
    return isActive() && !isStopping;
  }

  PluginState state(InstalledPlugin plugin, String note, WaitingCalls calls, Counts counts) {
    boolean isStarting = isActive() && !wasOpen;
    String said = sentence();
    return new PluginState(
        plugin.id(),
        plugin.version(),
        plugin.origin(),
        declarations.map(Declarations::description).orElse(""),
        isStarting ? Condition.STARTING : condition,
        said.isEmpty() && isActive() ? note : said,
        calls.made(),
        faults,
        calls.missed(),
        counts.all());
  }

  boolean isActive() {
    return condition == Condition.ACTIVE;
  }

  boolean isResting() {
    return condition == Condition.RESTING;
  }

  /** What there is to say; empty if it is well. */
  String sentence() {
    return sentence.isEmpty() && leftBehind > 0
        ? "left %d threads behind, which only a restart of the relay ends".formatted(leftBehind)
        : sentence;
  }

  void become(Condition next, String why) {
    condition = next;
    sentence = why;
    publish();
  }

  void leaveThreadBehind() {
    leftBehind++;
  }

  /**
   * Counts a fault.
   *
   * @param isGrave whether it cannot go on at once
   * @param now in nanoseconds
   */
  Verdict fault(Fault fault, boolean isGrave, long now) {
    faults++;
    if (condition != Condition.ACTIVE) {
      return Verdict.GO_ON;
    }
    Verdict verdict = isGrave ? record.graveFault(now) : record.fault(now);
    if (verdict == Verdict.REST) {
      restEnd = now + Limits.REST.toNanos();
      become(
          Condition.RESTING,
          "rests for %d minutes after faults; the last: it %s"
              .formatted(Limits.REST.toMinutes(), fault.kind()));
    } else if (verdict == Verdict.SWITCH_OFF) {
      become(
          Condition.SWITCHED_OFF,
          "was switched off after %d rests, reload it when it is mended; the last fault: it %s"
              .formatted(Limits.RESTS, fault.kind()));
    }
    return verdict;
  }

  /** Whether it has rested enough; it is active again then. */
  boolean endRest(long now) {
    if (!isResting() || now - restEnd < 0) {
      return false;
    }
    become(Condition.ACTIVE, "");
    return true;
  }

  /** How long it rests yet. */
  Duration restLeft(long now) {
    return isResting() ? Duration.ofNanos(restEnd - now) : Watch.NEVER;
  }
}
