package org.longwire.matrix.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.longwire.matrix.RoomAlias;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;

/** Changes rooms: who is in them, their state, their successors. */
final class MembershipEndpoint {
  private final DoubleWorld world;
  private final RoomActions actions;
  private final RoomEndpoint reading;
  private final TokenBuckets buckets;

  MembershipEndpoint(
      DoubleWorld world, RoomActions actions, RoomEndpoint reading, TokenBuckets buckets) {
    this.world = world;
    this.actions = actions;
    this.reading = reading;
    this.buckets = buckets;
  }

  /** Runs an action for a living request. */
  private interface Action {
    void run() throws Refusal;
  }

  private DoubleJson done(Call call, Action action) throws Refusal {
    synchronized (world) {
      if (world.life() != call.life()) {
        throw new Dropped();
      }
      action.run();
      return DoubleJson.object();
    }
  }

  /**
   * As {@link #done}, for what counts as a message to the rate limit, unless it changes nothing.
   */
  private DoubleJson counted(Call call, Action action) throws Refusal {
    return done(call, () -> {
      buckets.requireToken(call.user());
      long before = world.position();
      action.run();
      if (world.position() > before) {
        buckets.take(call.user());
      }
    });
  }

  DoubleJson join(Call call) throws Refusal {
    call.jsonIfAny();
    String wish = call.args().get(0);
    if (!wish.startsWith("#") && !wish.startsWith("!")) {
      throw Refusal.badRequest("M_UNKNOWN", wish + " was not legal room ID or room alias");
    }
    RoomId id = wish.startsWith("#") ? reading.resolve(wish) : call.roomId();
    DoubleRoom room = world
        .room(id)
        .orElseThrow(() -> new Refusal(
            404,
            "M_UNKNOWN",
            "Can't join remote room because no servers that are in the room have"
                + " been provided."));
    return counted(call, () -> actions.join(room, call.user()))
        .put("room_id", room.id().value());
  }

  DoubleJson leave(Call call) throws Refusal {
    call.jsonIfAny();
    DoubleRoom room = actions.known(call.roomId());
    return counted(call, () -> actions.leave(room, call.user()));
  }

  DoubleJson joinedRooms(Call call) {
    List<String> rooms = world.rooms().stream()
        .filter(room -> room.isJoined(call.user()))
        .map(room -> room.id().value())
        .toList();
    return DoubleJson.object().putTexts("joined_rooms", rooms);
  }

  DoubleJson invite(Call call) throws Refusal {
    UserId user = target(call);
    return counted(call, () -> actions.invite(call.roomIn(world), call.user(), user));
  }

  DoubleJson kick(Call call) throws Refusal {
    UserId user = target(call);
    Optional<String> reason = call.json().text("reason");
    return counted(call, () -> actions.kick(call.roomIn(world), call.user(), user, reason));
  }

  DoubleJson ban(Call call) throws Refusal {
    UserId user = target(call);
    Optional<String> reason = call.json().text("reason");
    return counted(call, () -> actions.ban(call.roomIn(world), call.user(), user, reason));
  }

  DoubleJson unban(Call call) throws Refusal {
    UserId user = target(call);
    return counted(call, () -> actions.unban(call.roomIn(world), call.user(), user));
  }

  private static UserId target(Call call) throws Refusal {
    Optional<String> user = call.json().text("user_id");
    if (user.isEmpty()) {
      throw Refusal.badRequest("M_MISSING_PARAM", "Missing params: ['user_id']");
    }
    return Call.userId(user.get());
  }

  /**
   * {@code POST /createRoom}: of its wishes those that a bridge or its users have. It counts as one
   * message to the rate limit.
   */
  DoubleJson createRoom(Call call) throws Refusal {
    DoubleJson wish = call.json();
    buckets.requireToken(call.user());
    buckets.take(call.user());
    List<RoomAlias> aliases = wish
        .text("room_alias_name")
        .map(local -> new RoomAlias("#" + local + ":" + world.serverName()))
        .stream()
        .toList();
    if (aliases.stream().anyMatch(alias -> world.resolve(alias).isPresent())) {
      throw Refusal.badRequest("M_ROOM_IN_USE", "Room alias already taken");
    }
    RoomActions.Guests guests = new RoomActions.Guests(invitees(wish), wish.isTrue("is_direct"));
    RoomActions.Plan plan = new RoomActions.Plan(
        wish.text("name"),
        wish.text("topic"),
        aliases,
        wish.text("preset").equals(Optional.of("public_chat")),
        !wish.text("room_version").equals(Optional.of("12")),
        wish.child("creation_content").orElseGet(DoubleJson::object));
    synchronized (world) {
      DoubleRoom room = actions.create(call.user(), plan, guests);
      OptionalLong inviting = wish.number("power_level_content_override", "invite");
      if (inviting.isPresent()) {
        DoubleJson levels = room.power().content().copy().put("invite", inviting.getAsLong());
        actions.put(room, call.user(), "m.room.power_levels", levels);
      }
      return DoubleJson.object().put("room_id", room.id().value());
    }
  }

  private static List<UserId> invitees(DoubleJson wish) throws Refusal {
    List<UserId> users = new ArrayList<>();
    for (String id : wish.texts("invite").orElse(List.of())) {
      try {
        users.add(new UserId(id));
      } catch (IllegalArgumentException e) {
        throw Refusal.badRequest("M_UNKNOWN", "Invalid user_id: " + id);
      }
    }
    return users;
  }

  DoubleJson upgrade(Call call) throws Refusal {
    synchronized (world) {
      DoubleRoom next = actions.upgrade(call.roomIn(world), call.user());
      return DoubleJson.object().put("replacement_room", next.id().value());
    }
  }

  /** {@code PUT /rooms/{room}/state/{type}/{key}}. */
  DoubleJson putState(Call call) throws Refusal {
    String type = call.args().get(1);
    String key = call.args().size() > 2 ? call.args().get(2) : "";
    DoubleJson content = call.json();
    content.requireSendable();
    synchronized (world) {
      DoubleRoom room = call.roomIn(world);
      room.requireJoined(call.user());
      room.power().requireSend(call.user(), type, true);
      buckets.requireToken(call.user());
      DoubleEvent event = room.add(DoubleEvent.Draft.state(call.user(), type, key, content));
      buckets.take(call.user());
      return DoubleJson.object().put("event_id", event.id().value());
    }
  }

  DoubleJson rename(Call call) throws Refusal {
    if (!call.args().get(0).equals(call.user().value())) {
      throw Refusal.badRequest("M_FORBIDDEN", "Cannot set another user's displayname");
    }
    String name = call.json().text("displayname").orElse("");
    return done(call, () -> actions.rename(call.user(), name));
  }
}
