package org.longwire.matrix;

import java.util.List;
import java.util.Optional;

/**
 * A message to send. {@code m.mentions} is always sent, and always empty: nothing that we carry may
 * ping anybody.
 *
 * @param body plain words; lone surrogates are replaced when it is encoded
 * @param formattedBody HTML, already escaped by the composer
 * @param geoUri the place, {@code geo:latitude,longitude}; there for a location and for nothing
 *     else
 * @param extras custom keys beside the standard ones
 */
public record MessageContent(
    RoomEvent.Kind kind,
    String body,
    Optional<String> formattedBody,
    Relation relation,
    Optional<String> geoUri,
    List<ExtraField> extras) {
  public MessageContent {
    if ((kind == RoomEvent.Kind.LOCATION) != geoUri.isPresent()) {
      throw new IllegalArgumentException("a location has a place, and nothing else has one");
    }
    extras = List.copyOf(extras);
  }

  /** A bot's notice without further ado. */
  public static MessageContent notice(String body) {
    return new MessageContent(
        RoomEvent.Kind.NOTICE, body, Optional.empty(), Relation.NONE, Optional.empty(), List.of());
  }

  /** The same words in another relation to what was said before. */
  public MessageContent with(Relation other) {
    return new MessageContent(kind, body, formattedBody, other, geoUri, extras);
  }

  /** The same words with these custom keys instead. */
  public MessageContent withExtras(List<ExtraField> others) {
    return new MessageContent(kind, body, formattedBody, relation, geoUri, others);
  }
}
