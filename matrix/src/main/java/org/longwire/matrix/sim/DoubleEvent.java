package org.longwire.matrix.sim;

import java.time.Instant;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;

/**
 * An event in a room.
 *
 * @param position its place in the server's one stream, from 1
 * @param previous what a state event replaced
 * @param redaction the event that took this one back
 */
record DoubleEvent(
    long position,
    EventId id,
    RoomId room,
    Draft draft,
    Instant at,
    Optional<DoubleEvent> previous,
    Optional<DoubleEvent> redaction) {

  /** An event before the server has placed it. */
  record Draft(
      UserId sender,
      String type,
      Optional<String> stateKey,
      DoubleJson content,
      Optional<Transaction> transaction) {
    static Draft message(UserId sender, String type, DoubleJson content) {
      return new Draft(sender, type, Optional.empty(), content, Optional.empty());
    }

    static Draft state(UserId sender, String type, String key, DoubleJson content) {
      return new Draft(sender, type, Optional.of(key), content, Optional.empty());
    }
  }

  /** Who asked for an event, and under which id of theirs. */
  record Transaction(Device device, String id) {}

  UserId sender() {
    return draft.sender();
  }

  String type() {
    return draft.type();
  }

  DoubleJson content() {
    return draft.content();
  }

  boolean isState(String type, String key) {
    return type().equals(type) && draft.stateKey().equals(Optional.of(key));
  }

  /** What is left of the event once {@code redaction} has taken it back. */
  DoubleEvent redactedBy(DoubleEvent redaction) {
    DoubleJson left = DoubleJson.object();
    if (type().equals("m.room.member")) {
      content().text("membership").ifPresent(membership -> left.put("membership", membership));
    }
    Draft stripped = new Draft(sender(), type(), draft.stateKey(), left, draft.transaction());
    return new DoubleEvent(position, id, room, stripped, at, previous, Optional.of(redaction));
  }

  /** The event as {@code /sync} shows it to a device. */
  DoubleJson shownTo(Device device) {
    DoubleJson unsigned = DoubleJson.object().put("age", 1);
    draft
        .transaction()
        .filter(transaction -> transaction.device().equals(device))
        .ifPresent(transaction -> unsigned.put("transaction_id", transaction.id()));
    previous.ifPresent(event -> unsigned.put("prev_content", event.content()));
    redaction.ifPresent(event -> unsigned
        .put("redacted_by", event.id().value())
        .put("redacted_because", event.shownTo(device)));
    DoubleJson shown = DoubleJson.object()
        .put("type", type())
        .put("event_id", id.value())
        .put("sender", sender().value())
        .put("origin_server_ts", at.toEpochMilli())
        .put("content", content())
        .put("unsigned", unsigned);
    draft.stateKey().ifPresent(key -> shown.put("state_key", key));
    if (type().equals("m.room.redaction")) {
      content().text("redacts").ifPresent(target -> shown.put("redacts", target));
    }
    return shown;
  }

  /** As {@link #shownTo}, for answers that are not grouped by room. */
  DoubleJson shownWithRoom(Device device) {
    return shownTo(device).put("room_id", room.value());
  }

  /** What an invited user may see of a room's state. */
  DoubleJson stripped() {
    return DoubleJson.object()
        .put("type", type())
        .put("sender", sender().value())
        .put("state_key", draft.stateKey().orElse(""))
        .put("content", content());
  }

  PostedEvent posted() {
    return new PostedEvent(
        id,
        room,
        sender(),
        type(),
        draft.stateKey(),
        content().text("body"),
        content().toString(),
        draft.transaction().map(Transaction::id),
        at);
  }
}
