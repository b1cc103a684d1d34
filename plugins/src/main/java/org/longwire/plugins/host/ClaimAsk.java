package org.longwire.plugins.host;

import java.util.Optional;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Sending;

/**
 * The question whether a message is a plugin's own: the bridge waits for the answer, and no longer
 * than the window is open. Whoever comes first decides, the plugin or the end of the window.
 */
final class ClaimAsk implements Job {
  private final Occasion occasion;
  private final Deadline deadline;
  private final Deadline patience;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    CLAIMED,
    RELAYED
  }

  /**
   * @param deadline until when the bridge waits
   * @param patience after which the plugin is to blame for being late
   */
  ClaimAsk(Occasion occasion, Deadline deadline, Deadline patience) {
    this.occasion = occasion;
    this.deadline = deadline;
    this.patience = patience;
  }

  @Override
  public Invocation invocation() {
    return occasion.invocation();
  }

  /** Waits for the answer; without one in time the message is to be relayed. */
  synchronized boolean isClaimed() {
    try {
      boolean isInTime = true;
      while (state == State.OPEN && isInTime) {
        isInTime = deadline.await(this);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (state == State.OPEN) {
      state = State.RELAYED;
    }
    return state == State.CLAIMED;
  }

  /**
   * A claim counts only when its answer is in the queue: what cannot be answered is relayed, and so
   * is what the queue took too slowly, beside its answer.
   */
  @Override
  public Optional<Fault> done(PluginResult result, Outbox outbox) throws PluginException {
    Optional<Sending> reply = Job.Observation.reply(occasion, result);
    boolean isClaim =
        result instanceof PluginResult.Handled || result instanceof PluginResult.Replied;
    boolean isInTime = !deadline.isOver();
    Optional<Fault> lateness =
        isInTime || !patience.isOver() ? Optional.empty() : Optional.of(Fault.late());
    try {
      if (reply.isPresent()) {
        outbox.send(reply.get());
      }
      settle(isClaim ? State.CLAIMED : State.RELAYED);
    } catch (PluginException e) {
      settle(State.RELAYED);
      if (isInTime) {
        throw e;
      }
    }
    return lateness;
  }

  @Override
  public void undone(String why) {
    settle(State.RELAYED);
  }

  private synchronized void settle(State answer) {
    if (state == State.OPEN) {
      state = deadline.isOver() ? State.RELAYED : answer;
    }
    notifyAll();
  }
}
