package org.longwire.matrix;

import java.util.Optional;

/**
 * What became of somebody's message beyond the bridge, for the few clients that show it
 * ({@code com.beeper.message_send_status}, matrix.md §6.2).
 *
 * @param reason why it failed
 * @param message the same for people
 * @param event the message it is about
 * @param network the name of what lies beyond the bridge
 */
public record SendStatus(
    Outcome outcome,
    Optional<Reason> reason,
    Optional<String> message,
    EventId event,
    String network) {

  /** How far the message came; the names are those on the wire. */
  public enum Outcome {
    PENDING,
    SUCCESS,
    FAIL_RETRIABLE,
    FAIL_PERMANENT
  }

  /** Why a message failed. */
  public enum Reason {
    NOT_HANDLED("m.event_not_handled"),
    TOO_OLD("m.event_too_old"),
    NETWORK_ERROR("m.foreign_network_error");

    private final String wire;

    Reason(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }
}
