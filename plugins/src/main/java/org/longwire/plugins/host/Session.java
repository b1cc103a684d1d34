package org.longwire.plugins.host;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;

/**
 * A plugin on its thread: opened, started, called and stopped. Everything here but {@link #kill}
 * and {@link #leave} happens on that thread. Whatever the plugin throws ends here.
 */
final class Session {
  private final Seat seat;
  private final InstalledPlugin plugin;
  private final LentContext context;
  private volatile @Nullable Caller caller;
  private volatile PluginThreads.@Nullable Running running;
  private boolean isOpen;

  Session(Seat seat, InstalledPlugin plugin, LentContext context) {
    this.seat = seat;
    this.plugin = plugin;
    this.context = context;
  }

  void runsOn(PluginThreads.Running thread) {
    running = thread;
  }

  /** Has the call that is under way end, as far as that can be done. Any thread. */
  void kill() {
    Caller called = caller;
    PluginThreads.Running thread = running;
    if (called != null) {
      called.kill();
    } else if (thread != null) {
      thread.interrupt();
    }
  }

  /**
   * Lets go of the thread, whether or not it ends. Any thread but its own.
   *
   * @return whether it has ended
   */
  boolean leave() {
    context.thread().end();
    Caller left = caller;
    if (left != null) {
      left.close();
    }
    PluginThreads.Running thread = running;
    if (thread == null) {
      return true;
    }
    thread.close();
    return thread.hasEnded();
  }

  /** One piece of work: what the thread repeats. */
  void step() throws InterruptedException {
    seat.journal().sayOwed();
    Job job = seat.next(this, !isOpen);
    if (job.invocation() instanceof Invocation.Start) {
      open(job);
    } else if (job.invocation() instanceof Invocation.Stop) {
      stop(job);
    } else {
      run(job);
    }
  }

  private void open(Job job) {
    close();
    Ending ending = timed(job, call -> {
      Caller opened = plugin.opening().open(context);
      caller = opened;
      Declarations declared = opened.declare(plugin.policy().settings());
      seat.declared(this, declared);
      if (!declared.problems().isEmpty()) {
        throw new IllegalStateException(
            "its section of the configuration is wrong: " + String.join("; ", declared.problems()));
      }
      context.configure(new CheckedSettings(declared.settings(), plugin.policy().settings()));
      return lent(opened, job.invocation(), call);
    });
    if (ending.isDone()) {
      isOpen = true;
      seat.opened(this);
    } else {
      close();
      seat.notOpened(this, ending.sentence());
    }
  }

  private PluginResult lent(Caller opened, Invocation invocation, CallUnderWay call)
      throws Exception {
    context.thread().begin(call);
    try {
      return opened.call(invocation);
    } finally {
      context.thread().end();
    }
  }

  private void run(Job job) {
    Caller called = Objects.requireNonNull(caller);
    Ending ending = timed(job, call -> Sound.result(lent(called, job.invocation(), call)));
    isOpen = called.isReusable();
    if (ending.isLeft()) {
      return;
    }
    try {
      if (ending.result().isPresent()) {
        job.done(ending.result().get(), context.outbox()).ifPresent(f -> seat.fault(this, f));
      } else {
        job.undone(ending.sentence());
      }
    } catch (PluginException e) {
      seat.journal().sayOnce("could not send its answer", e);
      seat.journal().undone(job, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      seat.fault(this, Fault.thrown(job.invocation(), e));
    }
    ending.fault().ifPresent(fault -> seat.fault(this, fault));
  }

  private void stop(Job job) throws InterruptedException {
    Caller called = caller;
    if (isOpen && called != null) {
      timed(job, call -> lent(called, job.invocation(), call))
          .fault()
          .ifPresent(f -> seat.fault(this, f));
      flush();
    }
    close();
    seat.stopped(this);
  }

  private void flush() {
    try {
      seat.terms().services().flush();
    } catch (PluginException e) {
      seat.journal().sayOnce("could not write what it keeps", e);
    }
  }

  private void close() {
    Caller open = caller;
    caller = null;
    isOpen = false;
    if (open != null) {
      open.close();
    }
  }

  /** Has the plugin do something within its time, and takes whatever comes of it. */
  private Ending timed(Job job, Work work) {
    Invocation invocation = job.invocation();
    CallUnderWay call = seat.begin(this, job);
    PluginResult result = null;
    Throwable thrown = null;
    try {
      result = work.make(call);
    } catch (Throwable t) {
      thrown = t;
    }
    CallUnderWay.Ending how = seat.end(this, call);
    Thread.interrupted();
    if (how == CallUnderWay.Ending.LEFT) {
      return new Ending(Optional.empty(), Optional.empty(), "", true);
    }
    if (how == CallUnderWay.Ending.KILLED) {
      return Ending.bad(
          Fault.tooLong(invocation),
          "it took longer than %d s; try again later"
              .formatted(invocation.limit().toSeconds()));
    }
    if (thrown instanceof PluginException refusal) {
      return new Ending(
          Optional.empty(), Optional.empty(), String.valueOf(refusal.getMessage()), false);
    }
    return thrown == null
        ? new Ending(Optional.ofNullable(result), Optional.empty(), "", false)
        : Ending.bad(
            Fault.thrown(invocation, thrown),
            invocation instanceof Invocation.Start
                ? Fault.message(thrown)
                : "it has failed; the journal says how");
  }

  @FunctionalInterface
  private interface Work {
    PluginResult make(CallUnderWay call) throws Exception;
  }

  /**
   * How a call has ended.
   *
   * @param result there if it was done
   * @param sentence why it was not done
   * @param isLeft whether the thread has been given up meanwhile: all is said already
   */
  private record Ending(
      Optional<PluginResult> result, Optional<Fault> fault, String sentence, boolean isLeft) {
    static Ending bad(Fault fault, String sentence) {
      return new Ending(Optional.empty(), Optional.of(fault), sentence, false);
    }

    boolean isDone() {
      return result.isPresent();
    }
  }
}
