package org.longwire.relay.peer;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Optional;

/**
 * An event as people see it in a {@link RoomClient}.
 *
 * @param event its id
 * @param name the sender's display name in this room
 * @param kind the message type, or the event's type where it is no message
 * @param body the plain words, the latest edit's where there is one; empty if removed
 * @param thread the first event of the thread that it is part of
 * @param readBy whose read receipt is at this very event
 */
record ShownEvent(
    String event,
    String sender,
    String name,
    String kind,
    String body,
    Optional<String> html,
    Optional<Reply> reply,
    Optional<String> thread,
    List<Reaction> reactions,
    boolean edited,
    boolean redacted,
    List<String> readBy) {

  /**
   * What an event answers.
   *
   * @param body the words that the client shows as the answered ones, if it knows the event
   */
  record Reply(String event, Optional<String> body) {
    private static Reply of(Config json) {
      return new Reply(json.getString("event"), optional(json, "body"));
    }
  }

  /** One emoji under an event, counted by the SDK; the senders by their ids. */
  record Reaction(String key, int count, List<String> senders) {
    private static Reaction of(Config json) {
      return new Reaction(
          json.getString("key"), json.getInt("count"), json.getStringList("senders"));
    }
  }

  static ShownEvent of(Config json) {
    return new ShownEvent(
        json.getString("event"),
        json.getString("sender"),
        json.getString("name"),
        json.getString("kind"),
        json.getString("body"),
        optional(json, "html"),
        json.hasPath("reply") ? Optional.of(Reply.of(json.getConfig("reply"))) : Optional.empty(),
        optional(json, "thread"),
        json.getConfigList("reactions").stream().map(Reaction::of).toList(),
        json.getBoolean("edited"),
        json.getBoolean("redacted"),
        json.getStringList("readBy"));
  }

  private static Optional<String> optional(Config json, String key) {
    return json.hasPath(key) ? Optional.of(json.getString(key)) : Optional.empty();
  }
}
