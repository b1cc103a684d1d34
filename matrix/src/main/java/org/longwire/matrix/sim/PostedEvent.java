package org.longwire.matrix.sim;

import java.time.Instant;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;

/**
 * An event as the double keeps it, for those who look on.
 *
 * @param body the content's {@code body}, if it has one
 * @param content the content as JSON text; {@code {}} once redacted
 * @param transaction the id its sender gave it, if it came over HTTP
 */
public record PostedEvent(
    EventId id,
    RoomId room,
    UserId sender,
    String type,
    Optional<String> stateKey,
    Optional<String> body,
    String content,
    Optional<String> transaction,
    Instant at) {
  /** A text of the content, by its way from the top: {@code text("m.relates_to", "key")}. */
  public Optional<String> text(String... path) {
    return DoubleJson.parsed(content).text(path);
  }

  /** The event that this one is an edit of, a reaction to, in the thread of, or takes back. */
  public Optional<EventId> target() {
    return text("m.relates_to", "event_id").or(() -> text("redacts")).flatMap(PostedEvent::id);
  }

  /** The event that this one answers, be it only for clients without threads. */
  public Optional<EventId> replyTo() {
    return text("m.relates_to", "m.in_reply_to", "event_id").flatMap(PostedEvent::id);
  }

  /** Users may write anything where an id belongs. */
  private static Optional<EventId> id(String text) {
    try {
      return Optional.of(new EventId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
