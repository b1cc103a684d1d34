package org.longwire.matrix;

import java.util.Optional;

/**
 * What a message has to do with earlier ones, as read and as sent (matrix.md §2.6).
 *
 * @param replyTo the event it really answers; the mere fallback of a thread is none
 * @param thread the root of the thread it stands in
 */
public record Relation(Optional<EventId> replyTo, Optional<EventId> thread) {
  /** A message that stands for itself. */
  public static final Relation NONE = new Relation(Optional.empty(), Optional.empty());

  public static Relation reply(EventId to) {
    return new Relation(Optional.of(to), Optional.empty());
  }

  /** An answer to {@code last} inside the thread that began with {@code root}. */
  public static Relation inThread(EventId root, EventId last) {
    return new Relation(Optional.of(last), Optional.of(root));
  }

  /** What somebody without threads would call the message answered. */
  public Optional<EventId> answered() {
    return replyTo.or(() -> thread);
  }
}
