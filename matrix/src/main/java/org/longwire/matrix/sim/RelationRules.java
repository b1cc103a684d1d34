package org.longwire.matrix.sim;

import java.util.List;
import java.util.Optional;
import org.longwire.matrix.UserId;

/** What a homeserver asks of an event that says to be related to another (reference: §2.5–2.6). */
final class RelationRules {
  private static final String RELATES = "m.relates_to";
  private static final int MAX_KEY = 500;

  private RelationRules() {}

  /** Refuses a relation to nothing, the same reaction twice, and a thread below a relation. */
  static void require(DoubleRoom room, UserId sender, String type, DoubleJson content)
      throws Refusal {
    Optional<String> kind = content.text(RELATES, "rel_type");
    Optional<String> target = content.text(RELATES, "event_id");
    if (kind.isEmpty() || target.isEmpty()) {
      return;
    }
    List<DoubleEvent> all = room.between(0, Long.MAX_VALUE);
    DoubleEvent parent = all.stream()
        .filter(event -> event.id().value().equals(target.get()))
        .findFirst()
        .orElseThrow(() -> Refusal.badRequest("M_UNKNOWN", "Can't send relation to unknown event"));
    if (kind.get().equals("m.annotation")) {
      requireKey(content);
      requireNew(all, sender, type, content);
    } else if (kind.get().equals("m.thread")
        && parent.content().text(RELATES, "rel_type").isPresent()) {
      throw Refusal.badRequest("M_UNKNOWN", "Cannot start threads from an event with a relation");
    }
  }

  private static void requireKey(DoubleJson content) throws Refusal {
    Optional<String> key = content.text(RELATES, "key");
    if (key.isEmpty()) {
      throw Refusal.badRequest("M_UNKNOWN", "Missing aggregation key");
    }
    if (key.get().codePointCount(0, key.get().length()) > MAX_KEY) {
      throw Refusal.badRequest("M_UNKNOWN", "Aggregation key is too long");
    }
  }

  /** A reaction that was taken back has no content any more, and may be sent again. */
  private static void requireNew(
      List<DoubleEvent> all, UserId sender, String type, DoubleJson content) throws Refusal {
    boolean repeated = all.stream()
        .filter(event -> event.sender().equals(sender) && event.type().equals(type))
        .anyMatch(event -> isSame(event.content(), content));
    if (repeated) {
      throw Refusal.badRequest("M_DUPLICATE_ANNOTATION", "Can't send same reaction twice");
    }
  }

  private static boolean isSame(DoubleJson one, DoubleJson other) {
    return List.of("rel_type", "event_id", "key").stream()
        .allMatch(name -> one.text(RELATES, name).equals(other.text(RELATES, name)));
  }
}
