package org.longwire.relay.bridge;

import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.SendStatus;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Courtesies;
import org.longwire.relay.queue.Origin;

/**
 * The statuses of messages, told where they are wanted and only when they change. In one thread.
 */
final class AuthorStatuses {
  private final RelayConfig config;
  private final Courtesies courtesies;
  private final Map<Origin.Event, SendStatus.Outcome> told = new Latest<>();

  AuthorStatuses(RelayConfig config, Courtesies courtesies) {
    this.config = config;
    this.courtesies = courtesies;
  }

  void succeeded(Origin.Event event) {
    tell(event, SendStatus.Outcome.SUCCESS, Optional.empty(), Optional.empty());
  }

  /** It failed for good. */
  void failed(Origin.Event event, SendStatus.Reason reason, String words) {
    tell(event, SendStatus.Outcome.FAIL_PERMANENT, Optional.of(reason), Optional.of(words));
  }

  /** It is late, and may yet arrive. */
  void late(Origin.Event event, String words) {
    tell(
        event,
        SendStatus.Outcome.FAIL_RETRIABLE,
        Optional.of(SendStatus.Reason.NETWORK_ERROR),
        Optional.of(words));
  }

  private void tell(
      Origin.Event event,
      SendStatus.Outcome outcome,
      Optional<SendStatus.Reason> reason,
      Optional<String> words) {
    if (config.interactions().sendStatus() && told.put(event, outcome) != outcome) {
      courtesies.tell(
          event, new SendStatus(outcome, reason, words, event.id(), config.meshnetName()));
    }
  }
}
