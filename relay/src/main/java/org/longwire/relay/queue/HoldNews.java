package org.longwire.relay.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.longwire.relay.config.RadioId;

/**
 * Tells watchers once that texts for a radio are held, and once that they go again, however often a
 * text was tried in between. Used by one thread.
 */
final class HoldNews {
  /** Near a limit texts are held and go by turns; who was told knows that for so long. */
  static final Duration QUIET = Duration.ofMinutes(15);

  private final RadioId radio;
  private Optional<String> reason = Optional.empty();
  private boolean isTold;
  private Instant quietUntil = Instant.MIN;

  HoldNews(RadioId radio) {
    this.radio = radio;
  }

  void held(String sentence) {
    reason = Optional.of(sentence);
  }

  /** A text went. */
  void freed() {
    reason = Optional.empty();
  }

  void tell(FateWatcher watcher, Instant now) {
    if (reason.isPresent() && !isTold && !now.isBefore(quietUntil)) {
      watcher.held(radio, reason.get());
      isTold = true;
      quietUntil = now.plus(QUIET);
    } else if (reason.isEmpty() && isTold) {
      watcher.freed(radio);
      isTold = false;
    }
  }
}
