package org.longwire.matrix.sim;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.longwire.matrix.EventId;

/** Takes events from clients, once per device and path. */
final class SendEndpoint {
  /** The most that an event may measure on its way between servers. */
  private static final int MAX_EVENT_BYTES = 65_536;
  /** About what a server adds to the content: ids, references, hashes, signature. */
  private static final int ENVELOPE_BYTES = 750;

  private static final String REDACTION = "m.room.redaction";

  private final DoubleWorld world;
  private final RoomActions actions;
  private final TokenBuckets buckets;
  private final List<Consumer<PostedEvent>> listeners = new CopyOnWriteArrayList<>();

  SendEndpoint(DoubleWorld world, RoomActions actions, TokenBuckets buckets) {
    this.world = world;
    this.actions = actions;
    this.buckets = buckets;
  }

  void onSend(Consumer<PostedEvent> listener) {
    listeners.add(listener);
  }

  private interface Storing {
    DoubleEvent store() throws Refusal;
  }

  /** {@code PUT /rooms/{room}/send/{type}/{transaction}}. */
  DoubleJson send(Call call) throws Refusal {
    String type = call.args().get(1);
    return once(call, () -> {
      DoubleJson content = call.json();
      buckets.requireToken(call.user());
      requireValid(type, content);
      DoubleRoom room = call.roomIn(world);
      room.requireJoined(call.user());
      room.power().requireSend(call.user(), type, false);
      RelationRules.require(room, call.user(), type, content);
      return store(room, draft(call, type, content, 2));
    });
  }

  private DoubleEvent store(DoubleRoom room, DoubleEvent.Draft draft) throws Refusal {
    buckets.take(draft.sender());
    Optional<String> redacts = draft.content().text("redacts");
    if (draft.type().equals(REDACTION) && redacts.isPresent()) {
      return actions.redact(room, new EventId(redacts.get()), draft);
    }
    return room.add(draft);
  }

  /** {@code PUT /rooms/{room}/redact/{event}/{transaction}}. */
  DoubleJson redact(Call call) throws Refusal {
    EventId target = call.eventId(1);
    return once(call, () -> {
      DoubleJson content = RoomActions.redactionOf(target, call.json().text("reason"));
      buckets.requireToken(call.user());
      content.requireSendable();
      DoubleRoom room = call.roomIn(world);
      room.requireJoined(call.user());
      room.power().requireSend(call.user(), REDACTION, false);
      DoubleEvent redaction = actions.redact(room, target, draft(call, REDACTION, content, 2));
      buckets.take(call.user());
      return redaction;
    });
  }

  private static DoubleEvent.Draft draft(
      Call call, String type, DoubleJson content, int transactionArg) {
    String id = call.args().get(transactionArg);
    return new DoubleEvent.Draft(
        call.user(),
        type,
        Optional.empty(),
        content,
        Optional.of(new DoubleEvent.Transaction(call.device(), id)));
  }

  /** A repeated request gets the first answer, whatever it says now. */
  private DoubleJson once(Call call, Storing storing) throws Refusal {
    DoubleEvent event;
    synchronized (world) {
      Optional<EventId> first = world.answered(call.device(), call.path());
      if (first.isPresent()) {
        return DoubleJson.object().put("event_id", first.get().value());
      }
      if (world.life() != call.life()) {
        throw new Dropped();
      }
      event = storing.store();
      world.remember(call.device(), call.path(), event.id());
    }
    listeners.forEach(listener -> listener.accept(event.posted()));
    return DoubleJson.object().put("event_id", event.id().value());
  }

  private static void requireValid(String type, DoubleJson content) throws Refusal {
    if (type.equals("m.room.message")) {
      requireText(content, "body");
      requireText(content, "msgtype");
    }
    content.requireSendable();
    if (content.bytes() + ENVELOPE_BYTES > MAX_EVENT_BYTES) {
      throw new Refusal(413, "M_TOO_LARGE", "event too large");
    }
  }

  private static void requireText(DoubleJson content, String key) throws Refusal {
    if (!content.has(key)) {
      throw Refusal.badRequest("M_UNKNOWN", "'" + key + "' not in content");
    }
    if (content.text(key).isEmpty()) {
      throw Refusal.badRequest("M_UNKNOWN", "'" + key + "' not a string type");
    }
  }
}
