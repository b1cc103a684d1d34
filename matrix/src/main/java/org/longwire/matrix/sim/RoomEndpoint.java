package org.longwire.matrix.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomAlias;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;

/** Reads rooms: history, single events, state, aliases, profiles. */
final class RoomEndpoint {
  private static final List<String> RECEIPTS = List.of("m.read", "m.read.private", "m.fully_read");

  private final DoubleWorld world;
  private final DoubleAccounts accounts;

  RoomEndpoint(DoubleWorld world, DoubleAccounts accounts) {
    this.world = world;
    this.accounts = accounts;
  }

  /**
   * {@code GET /rooms/{room}/messages}. Like Synapse, a page that has events names an end even if
   * it reaches {@code to}; only the empty page after it does not.
   */
  DoubleJson messages(Call call) throws Refusal {
    boolean backwards = isBackwards(call);
    EventFilter filter = filter(call);
    long limit = Math.min(call.number("limit", 10), EventFilter.MAX_LIMIT);
    synchronized (world) {
      DoubleRoom room = call.roomIn(world);
      long visible = room.visibleTo(call.user());
      long from = position(call, "from").orElse(backwards ? world.position() : 0);
      Optional<Long> to = position(call, "to");
      List<DoubleEvent> all = backwards
          ? room.between(to.orElse(0L), Math.min(from, visible))
          : room.between(from, Math.min(to.orElse(Long.MAX_VALUE), visible));
      List<DoubleEvent> wanted =
          new ArrayList<>(all.stream().filter(filter::wants).toList());
      if (backwards) {
        Collections.reverse(wanted);
      }
      List<DoubleEvent> page = wanted.stream().limit(limit).toList();
      DoubleJson answer = DoubleJson.object()
          .put("start", world.token(from))
          .put("chunk", page.stream().map(e -> e.shownWithRoom(call.device())).toList());
      if (!page.isEmpty()) {
        long last = page.get(page.size() - 1).position();
        answer.put("end", world.token(backwards ? last - 1 : last));
      }
      return answer;
    }
  }

  private static boolean isBackwards(Call call) throws Refusal {
    String direction = call.query("dir").orElse("f");
    if (!direction.equals("b") && !direction.equals("f")) {
      throw Refusal.badRequest(
          "M_INVALID_PARAM", "Query parameter 'dir' must be one of ['b', 'f']");
    }
    return direction.equals("b");
  }

  private static EventFilter filter(Call call) throws Refusal {
    Optional<String> filter = call.query("filter");
    return filter.isEmpty()
        ? EventFilter.of(Optional.empty())
        : EventFilter.of(
            Optional.of(DoubleJson.parse(filter.get().getBytes(StandardCharsets.UTF_8))));
  }

  private Optional<Long> position(Call call, String name) throws Refusal {
    Optional<String> token = call.query(name);
    if (token.isEmpty()) {
      return Optional.empty();
    }
    Optional<Long> position = world.positionOf(token.get());
    if (position.isEmpty()) {
      throw Refusal.badRequest("M_UNKNOWN", "'" + name + "' parameter is invalid");
    }
    return position;
  }

  /** {@code GET /rooms/{room}/event/{event}}. */
  DoubleJson event(Call call) throws Refusal {
    synchronized (world) {
      DoubleRoom room = call.roomIn(world);
      long visible = room.visibleTo(call.user());
      return room.find(call.eventId(1))
          .filter(event -> event.position() <= visible)
          .orElseThrow(() -> Refusal.notFound("Event not found."))
          .shownWithRoom(call.device());
    }
  }

  /**
   * {@code GET /rooms/{room}/state/{type}/{key}}, the key perhaps absent: the content alone, or by
   * {@code format=event} all of it.
   */
  DoubleJson state(Call call) throws Refusal {
    String type = call.args().get(1);
    String key = call.args().size() > 2 ? call.args().get(2) : "";
    synchronized (world) {
      DoubleRoom room = call.roomIn(world);
      DoubleEvent found = room.stateAt(room.visibleTo(call.user())).stream()
          .filter(event -> event.isState(type, key))
          .findFirst()
          .orElseThrow(() -> Refusal.notFound("Event not found."));
      return call.query("format").equals(Optional.of("event"))
          ? found.shownWithRoom(call.device())
          : found.content();
    }
  }

  /** {@code GET /directory/room/{alias}}; needs no token. */
  DoubleJson alias(Call call) throws Refusal {
    RoomId room = resolve(call.args().get(0));
    return DoubleJson.object()
        .put("room_id", room.value())
        .putTexts("servers", List.of(world.serverName()));
  }

  RoomId resolve(String alias) throws Refusal {
    RoomAlias name;
    try {
      name = new RoomAlias(alias);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("M_INVALID_PARAM", "Room alias invalid");
    }
    return world
        .resolve(name)
        .orElseThrow(() -> Refusal.notFound("Room alias %s not found".formatted(alias)));
  }

  /** {@code GET /profile/{user}/displayname} and {@code GET /profile/{user}}. */
  DoubleJson profile(Call call) throws Refusal {
    UserId user = Call.userId(call.args().get(0));
    if (!accounts.exists(user)) {
      throw Refusal.notFound("Profile was not found");
    }
    DoubleJson profile = DoubleJson.object();
    accounts.displayName(user).ifPresent(name -> profile.put("displayname", name));
    return profile;
  }

  /** {@code POST /rooms/{room}/receipt/{type}/{event}}; one for an unknown event has no effect. */
  DoubleJson receipt(Call call) throws Refusal {
    String type = call.args().get(1);
    EventId event = call.eventId(2);
    if (!RECEIPTS.contains(type)) {
      throw Refusal.badRequest("M_UNKNOWN", "Receipt type must be one of " + RECEIPTS);
    }
    call.json();
    synchronized (world) {
      Optional<DoubleRoom> room =
          world.room(call.roomId()).filter(known -> known.find(event).isPresent());
      if (room.isPresent()) {
        room.get().requireJoined(call.user());
        if (type.equals("m.read")) {
          room.get().read(call.user(), event);
        }
      }
      return DoubleJson.object();
    }
  }

  /** What is taken without effect. */
  DoubleJson taken(Call call) throws Refusal {
    call.roomIn(world).requireJoined(call.user());
    return DoubleJson.object();
  }
}
