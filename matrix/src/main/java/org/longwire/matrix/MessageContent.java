package org.longwire.matrix;

import java.util.List;
import java.util.Optional;

/**
 * A message to send. {@code m.mentions} is always sent, and always empty: nothing that we carry may
 * ping anybody.
 *
 * @param body plain words; lone surrogates are replaced when it is encoded
 * @param formattedBody HTML, already escaped by the composer
 * @param replyTo the event this answers
 * @param extras custom keys beside the standard ones
 */
public record MessageContent(
    RoomEvent.Kind kind,
    String body,
    Optional<String> formattedBody,
    Optional<EventId> replyTo,
    List<ExtraField> extras) {
  public MessageContent {
    extras = List.copyOf(extras);
  }

  /** A bot's notice without further ado. */
  public static MessageContent notice(String body) {
    return new MessageContent(
        RoomEvent.Kind.NOTICE, body, Optional.empty(), Optional.empty(), List.of());
  }
}
