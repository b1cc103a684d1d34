package org.longwire.plugins.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.longwire.plugins.host.FaultRecord.Verdict;
import org.longwire.plugins.host.PluginState.Condition;

/**
 * A plugin's place at the host, from its start to its end: what waits for it, what it is doing and
 * since when, and how it is. Any thread. Nothing foreign and nothing slow is called under its lock,
 * for which the bridge waits.
 */
final class Seat {
  /** For a call that is under way when the plugin is to stop. */
  static final Duration HURRY = Duration.ofSeconds(2);

  private final InstalledPlugin plugin;
  private final HostParts parts;
  private final Watch watch;
  private final Runnable changed;
  private final Journal journal;
  private final LentContext.Terms terms;
  private final WaitingCalls waiting = new WaitingCalls();
  private final List<Session> ended = new ArrayList<>();
  private final Health health;
  private volatile Timetable timetable = Timetable.none();
  private @Nullable Session session;
  private @Nullable CallUnderWay underWay;
  private boolean isParked;

  /** @param changed told when the offers or states are others; not under the lock */
  Seat(InstalledPlugin plugin, HostParts parts, Watch watch, Runnable changed) {
    this.plugin = plugin;
    this.parts = parts;
    this.watch = watch;
    this.changed = changed;
    PluginServices services = parts.services().apply(plugin.id());
    this.journal = new Journal(plugin.id(), services);
    this.terms = LentContext.Terms.of(plugin, services, parts, () -> ownFault(Fault.flood()));
    this.health = Health.of(plugin);
  }

  InstalledPlugin plugin() {
    return plugin;
  }

  Journal journal() {
    return journal;
  }

  LentContext.Terms terms() {
    return terms;
  }

  /** Has the plugin run, if it may. */
  void start() {
    synchronized (this) {
      if (health.condition() != Condition.IDLE || !plugin.policy().enabled()) {
        return;
      }
      health.become(Condition.ACTIVE, "");
    }
    sit();
  }

  /** Gives the plugin a thread of its own, if it is to have one. */
  private void sit() {
    Session fresh = new Session(this, plugin, new LentContext(terms));
    synchronized (this) {
      if (session != null || !health.isCallable()) {
        return;
      }
      session = fresh;
    }
    try {
      fresh.runsOn(parts.threads().start("plugin-" + plugin.id(), fresh::step));
    } catch (OutOfMemoryError e) {
      synchronized (this) {
        session = null;
        health.become(Condition.BROKEN, "has no thread, as the system gives no more; restart");
      }
    }
  }

  /** What the declarations say, once they are known and while the plugin has not been given up. */
  Optional<Declarations> active() {
    return health.active();
  }

  /** What it has declared last, or is known to declare. */
  Optional<Declarations> known() {
    return health.known();
  }

  synchronized PluginState state(String note) {
    return health.state(plugin, note, waiting, terms.counts());
  }

  /** Has something wait for the plugin, if there is room. */
  synchronized boolean offer(Job job) {
    if (!health.isCallable()) {
      return false;
    }
    notifyAll();
    return waiting.add(job);
  }

  /** The same, only if the plugin would take it at once. */
  synchronized boolean offerIfIdle(Job job) {
    return isIdle() && offer(job);
  }

  /** Whether its thread waits for a call, and would make it at once. */
  synchronized boolean isIdle() {
    return isParked && waiting.isEmpty();
  }

  /** Whether it does nothing, nor has anything to do. */
  synchronized boolean isAtRest() {
    return session == null || isIdle() && !health.isStopping();
  }

  // What the plugin's thread does.

  /**
   * The next work of that session, when there is some.
   *
   * @throws InterruptedException if its thread is to end
   */
  synchronized Job next(Session by, boolean isToBeOpened) throws InterruptedException {
    try {
      while (session == by) {
        isParked = !isToBeOpened;
        if (health.isStopping()) {
          return Job.STOPPING;
        }
        if (health.isActive() && isToBeOpened) {
          return Job.OPENING;
        }
        if (health.isActive() && !waiting.isEmpty()) {
          return waiting.poll().orElseThrow();
        }
        wait();
      }
      throw new InterruptedException("this thread is no more the plugin's");
    } finally {
      isParked &= session != by;
    }
  }

  CallUnderWay begin(Session by, Job job) {
    CallUnderWay call = new CallUnderWay(job, parts.nanos(), watch);
    synchronized (this) {
      if (session == by) {
        waiting.make();
        underWay = call;
      }
    }
    return call;
  }

  CallUnderWay.Ending end(Session by, CallUnderWay call) {
    CallUnderWay.Ending ending = call.finish();
    synchronized (this) {
      if (session != by || underWay == null) {
        return CallUnderWay.Ending.LEFT;
      }
      underWay = null;
      return ending;
    }
  }

  void declared(Session by, Declarations found) {
    Timetable fresh = new Timetable(found.schedules(), parts.now());
    synchronized (this) {
      if (session == by) {
        health.declared(found);
        timetable = fresh;
      }
    }
  }

  void opened(Session by) {
    synchronized (this) {
      if (session == by) {
        health.open();
      }
    }
    watch.wake();
    changed.run();
  }

  /** A plugin that cannot be had stays out; one that could be had before has a fault. */
  void notOpened(Session by, String why) {
    String line = "could not be started: " + why;
    boolean isAgain;
    synchronized (this) {
      if (session != by || health.isStopping()) {
        return;
      }
      isAgain = health.wasOpen();
      if (!isAgain) {
        health.become(Condition.BROKEN, line);
        retire();
      }
    }
    if (isAgain) {
      ownFault(new Fault(line));
    } else {
      journal.say(line);
      changed.run();
    }
  }

  void stopped(Session by) {
    synchronized (this) {
      if (session == by) {
        session = null;
        ended.add(by);
      }
      notifyAll();
    }
    watch.wake();
  }

  void fault(Session by, Fault fault) {
    synchronized (this) {
      if (session != by) {
        return;
      }
    }
    ownFault(fault);
  }

  /** On the plugin's thread, which may write to the ledger. */
  private void ownFault(Fault fault) {
    fault(fault, false);
    journal.sayOwed();
  }

  private void fault(Fault fault, boolean isGrave) {
    List<Job> dropped = List.of();
    Verdict verdict;
    String sentence;
    synchronized (this) {
      verdict = health.fault(fault, isGrave, parts.nanos().getAsLong());
      sentence = health.sentence();
      if (verdict != Verdict.GO_ON) {
        dropped = waiting.drain();
      }
      if (verdict == Verdict.SWITCH_OFF) {
        retire();
      }
    }
    journal.sayOnce(fault.kind());
    if (verdict != Verdict.GO_ON) {
      journal.say(sentence);
      dropped.forEach(job -> journal.owe(job, "it rests after faults; try again later"));
      watch.wake();
      changed.run();
    }
  }

  /** Under the lock: the thread stops the plugin next. */
  private void retire() {
    health.retire();
    timetable = Timetable.none();
    notifyAll();
  }

  // What the watch does.

  /** Sees to what is due; what there is to say of it waits for {@link #sayOwed}. */
  void look() {
    List<Session> over;
    boolean hasRested;
    synchronized (this) {
      over = List.copyOf(ended);
      ended.clear();
      hasRested = health.endRest(parts.nanos().getAsLong());
      if (hasRested) {
        notifyAll();
      }
    }
    tellTime();
    over.forEach(Session::leave);
    endCall();
    if (hasRested) {
      sit();
      changed.run();
    }
  }

  /** Tells those who wait, unless the plugin has a thread that does it. */
  void sayOwed() {
    if (!hasThread()) {
      journal.sayOwed();
    }
  }

  private synchronized boolean hasThread() {
    return session != null;
  }

  /** Ends a call that takes too long, and if that does not help, gives up its thread. */
  private void endCall() {
    Session hanging;
    CallUnderWay call;
    boolean isLost;
    synchronized (this) {
      hanging = session;
      call = underWay;
      if (hanging == null || call == null || !call.isOver()) {
        return;
      }
      isLost = call.isKilled();
      if (isLost) {
        session = null;
        underWay = null;
        notifyAll();
      }
    }
    if (isLost) {
      giveUp(hanging, call.job());
    } else {
      call.kill(hanging::kill);
    }
  }

  private void giveUp(Session hanging, Job job) {
    boolean hasEnded = hanging.leave();
    if (!hasEnded) {
      synchronized (this) {
        health.leaveThreadBehind();
      }
    }
    Fault fault = hasEnded ? Fault.tooLong(job.invocation()) : Fault.leftBehind(job.invocation());
    fault(fault, !hasEnded);
    journal.owe(job, "it does not come to an end; try again later");
    sit();
  }

  /** Has the plugin told what time it is; what it misses is not made up for. */
  private void tellTime() {
    for (String name : timetable.due(parts.now())) {
      Invocation call = new Invocation.ScheduleCall(name);
      synchronized (this) {
        if (health.wasOpen() && !waiting.holds(call)) {
          offer(new Job.Plain(call));
        }
      }
    }
  }

  /** In what time there is something to see to again. */
  Duration untilNext() {
    Duration toSchedule = timetable.untilNext(parts.now());
    synchronized (this) {
      Duration toLimit = underWay == null ? Watch.NEVER : underWay.left();
      return Stream.of(health.restLeft(parts.nanos().getAsLong()), toLimit, toSchedule)
          .min(Duration::compareTo)
          .orElseThrow();
    }
  }

  /** Has the plugin stop: nothing more is called but {@code stop}. */
  void stop() {
    List<Job> dropped;
    synchronized (this) {
      retire();
      health.become(Condition.IDLE, "");
      dropped = waiting.drain();
    }
    hasten(HURRY);
    dropped.forEach(job -> journal.undone(job, "it is being stopped; try again later"));
  }

  /** Gives the call that is under way no more time than that. */
  synchronized void hasten(Duration time) {
    if (underWay != null) {
      underWay.hasten(time);
    }
  }

  /** Waits for the end of the plugin. */
  synchronized boolean awaitEnd(Deadline until) throws InterruptedException {
    boolean isInTime = true;
    while (session != null && isInTime) {
      isInTime = until.await(this);
    }
    return session == null;
  }
}
