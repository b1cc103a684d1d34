package org.longwire.relay;

import java.time.Instant;
import org.longwire.radio.LinkState;
import org.longwire.radio.RadioSession;

/** Polls a session whenever that would not wait: not while it rests between two attempts. */
final class SteppedRadio {
  private final HandClock clock;
  private final RadioSession session;
  private LinkState before = new LinkState.Connecting("nowhere yet");
  private Instant notBefore = Instant.MIN;

  SteppedRadio(HandClock clock, RadioSession session) {
    this.clock = clock;
    this.session = session;
  }

  RadioSession session() {
    return session;
  }

  void poll() throws InterruptedException {
    if (clock.instant().isBefore(notBefore)) {
      return;
    }
    session.poll();
    LinkState now = session.state();
    if (now != before && now instanceof LinkState.Lost lost) {
      notBefore = clock.instant().plus(lost.retryIn()).plusMillis(2);
    }
    before = now;
  }
}
