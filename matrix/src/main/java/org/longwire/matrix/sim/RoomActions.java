package org.longwire.matrix.sim;

import java.util.List;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomAlias;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;

/** What users do to rooms other than talk, with the rules that a homeserver applies. */
final class RoomActions {
  private static final String MEMBER = "m.room.member";
  static final DoubleJson MEGOLM = DoubleJson.object().put("algorithm", "m.megolm.v1.aes-sha2");

  /** The state that an upgrade carries over besides what every new room has. */
  private static final List<String> CARRIED =
      List.of("m.room.join_rules", "m.room.name", "m.room.encryption");

  private final DoubleWorld world;
  private final DoubleAccounts accounts;

  private volatile boolean encrypting;

  RoomActions(DoubleWorld world, DoubleAccounts accounts) {
    this.world = world;
    this.accounts = accounts;
  }

  /**
   * How a room is to be made.
   *
   * @param open whether anybody may join, else by invitation only
   * @param withServerName whether its id names the server, as until room version 11
   * @param creation what its first event says beside the version
   */
  record Plan(
      Optional<String> name,
      Optional<String> topic,
      List<RoomAlias> aliases,
      boolean open,
      boolean withServerName,
      DoubleJson creation) {}

  /**
   * Who is asked into a new room.
   *
   * @param direct whether it is a direct chat to them
   */
  record Guests(List<UserId> users, boolean direct) {
    static final Guests NONE = new Guests(List.of(), false);
  }

  /** From now on every new room is encrypted. */
  void encryptNewRooms() {
    encrypting = true;
  }

  DoubleRoom create(UserId creator, Plan plan, Guests guests) {
    synchronized (world) {
      DoubleRoom room = found(creator, plan.creation(), plan.withServerName(), !plan.open());
      plan.aliases().forEach(alias -> world.point(alias, room.id()));
      if (!plan.aliases().isEmpty()) {
        put(room, creator, "m.room.canonical_alias", canonical(plan.aliases().get(0)));
      }
      String rule = plan.open() ? "public" : "invite";
      put(room, creator, "m.room.join_rules", DoubleJson.object().put("join_rule", rule));
      put(room, creator, "m.room.history_visibility", sharedHistory());
      plan.name()
          .ifPresent(
              name -> put(room, creator, "m.room.name", DoubleJson.object().put("name", name)));
      plan.topic()
          .ifPresent(
              topic -> put(room, creator, "m.room.topic", DoubleJson.object().put("topic", topic)));
      if (encrypting) {
        put(room, creator, "m.room.encryption", MEGOLM);
      }
      for (UserId guest : guests.users()) {
        DoubleJson content = membership(guest, "invite", Optional.empty());
        if (guests.direct()) {
          content.put("is_direct", true);
        }
        room.add(DoubleEvent.Draft.state(creator, MEMBER, guest.value(), content));
      }
      return room;
    }
  }

  private DoubleRoom found(
      UserId creator, DoubleJson creation, boolean withServerName, boolean anybodyInvites) {
    DoubleRoom room = world.addRoom(withServerName);
    String version = withServerName ? "11" : "12";
    put(room, creator, "m.room.create", creation.copy().put("room_version", version));
    setMembership(room, creator, creator, "join", Optional.empty());
    // Where the creator stands above all levels, none may name them.
    List<UserId> admins = withServerName ? List.of(creator) : List.of();
    long invite = anybodyInvites ? 0 : PowerLevels.MODERATOR;
    put(room, creator, "m.room.power_levels", PowerLevels.ofNewRoom(admins, invite));
    return room;
  }

  private static DoubleJson canonical(RoomAlias alias) {
    return DoubleJson.object().put("alias", alias.value());
  }

  private static DoubleJson sharedHistory() {
    return DoubleJson.object().put("history_visibility", "shared");
  }

  DoubleEvent put(DoubleRoom room, UserId by, String type, DoubleJson content) {
    return room.add(DoubleEvent.Draft.state(by, type, "", content));
  }

  private void setMembership(
      DoubleRoom room, UserId by, UserId user, String membership, Optional<String> reason) {
    DoubleJson content = membership(user, membership, reason);
    room.add(DoubleEvent.Draft.state(by, MEMBER, user.value(), content));
  }

  private DoubleJson membership(UserId user, String membership, Optional<String> reason) {
    DoubleJson content = DoubleJson.object().put("membership", membership);
    if (membership.equals("join") || membership.equals("invite")) {
      accounts.displayName(user).ifPresent(name -> content.put("displayname", name));
    }
    reason.ifPresent(words -> content.put("reason", words));
    return content;
  }

  void join(DoubleRoom room, UserId user) throws Refusal {
    synchronized (world) {
      String now = room.membership(user);
      if (now.equals("join")) {
        return;
      }
      if (now.equals("ban")) {
        throw new Refusal(403, "M_BAD_STATE", "Cannot join user who was banned");
      }
      if (!room.isPublic() && !now.equals("invite")) {
        throw Refusal.forbidden("You are not invited to this room.");
      }
      setMembership(room, user, user, "join", Optional.empty());
    }
  }

  void leave(DoubleRoom room, UserId user) throws Refusal {
    synchronized (world) {
      String now = room.membership(user);
      if (now.equals("join") || now.equals("invite")) {
        setMembership(room, user, user, "leave", Optional.empty());
      } else if (room.state(MEMBER, user.value()).isEmpty()) {
        throw Refusal.forbidden("%s not in room %s.".formatted(user, room.id()));
      }
    }
  }

  void invite(DoubleRoom room, UserId by, UserId user) throws Refusal {
    synchronized (world) {
      requireMay(room, by, "invite", "You don't have permission to invite users");
      if (room.isJoined(user)) {
        throw Refusal.forbidden(user + " is already in the room.");
      }
      if (room.membership(user).equals("ban")) {
        throw new Refusal(403, "M_BAD_STATE", "Cannot invite user who was banned");
      }
      setMembership(room, by, user, "invite", Optional.empty());
    }
  }

  void kick(DoubleRoom room, UserId by, UserId user, Optional<String> reason) throws Refusal {
    synchronized (world) {
      requireMay(room, by, "kick", "You cannot kick user " + user + ".");
      String now = room.membership(user);
      if (!now.equals("join") && !now.equals("invite")) {
        throw Refusal.forbidden("The target user is not in the room");
      }
      setMembership(room, by, user, "leave", reason);
    }
  }

  void ban(DoubleRoom room, UserId by, UserId user, Optional<String> reason) throws Refusal {
    synchronized (world) {
      requireMay(room, by, "ban", "You don't have permission to ban");
      setMembership(room, by, user, "ban", reason);
    }
  }

  void unban(DoubleRoom room, UserId by, UserId user) throws Refusal {
    synchronized (world) {
      requireMay(room, by, "ban", "You don't have permission to unban");
      setMembership(room, by, user, "leave", Optional.empty());
    }
  }

  private static void requireMay(DoubleRoom room, UserId by, String action, String sentence)
      throws Refusal {
    room.requireJoined(by);
    if (!room.power().may(by, action)) {
      throw Refusal.forbidden(sentence);
    }
  }

  /** Replaces a room by a new one, as Synapse does: nobody but the upgrader is in it yet. */
  DoubleRoom upgrade(DoubleRoom old, UserId by) throws Refusal {
    synchronized (world) {
      old.requireJoined(by);
      old.power().requireSend(by, "m.room.tombstone", true);
      DoubleJson predecessor = DoubleJson.object().put("room_id", old.id().value());
      boolean withServerName = old.id().value().contains(":");
      DoubleRoom next =
          found(by, DoubleJson.object().put("predecessor", predecessor), withServerName, false);
      for (String type : CARRIED) {
        old.state(type, "").ifPresent(event -> put(next, by, type, event.content()));
      }
      put(next, by, "m.room.history_visibility", sharedHistory());
      DoubleJson tombstone = DoubleJson.object()
          .put("body", "This room has been replaced")
          .put("replacement_room", next.id().value());
      DoubleEvent last = put(old, by, "m.room.tombstone", tombstone);
      predecessor.put("event_id", last.id().value());
      moveAliases(old, next, by);
      put(old, by, "m.room.power_levels", silenced(old.power().content()));
      return next;
    }
  }

  private void moveAliases(DoubleRoom old, DoubleRoom next, UserId by) {
    List<RoomAlias> aliases = world.aliasesOf(old.id());
    aliases.forEach(alias -> world.point(alias, next.id()));
    if (!aliases.isEmpty()) {
      put(old, by, "m.room.canonical_alias", DoubleJson.object());
      put(next, by, "m.room.canonical_alias", canonical(aliases.get(0)));
    }
  }

  private static DoubleJson silenced(DoubleJson levels) {
    return levels
        .copy()
        .put("events_default", PowerLevels.MODERATOR)
        .put("invite", PowerLevels.MODERATOR);
  }

  void rename(UserId user, String name) {
    synchronized (world) {
      accounts.setDisplayName(user, name);
      for (DoubleRoom room : world.rooms()) {
        if (room.isJoined(user)) {
          setMembership(room, user, user, "join", Optional.empty());
        }
      }
    }
  }

  /** Takes an event back, the sender's own or with the power to. */
  DoubleEvent redact(DoubleRoom room, EventId target, DoubleEvent.Draft draft) throws Refusal {
    synchronized (world) {
      Optional<UserId> author = room.find(target).map(DoubleEvent::sender);
      boolean foreign = author.isPresent() && !author.get().equals(draft.sender());
      if (foreign && !room.power().mayRedactOthers(draft.sender())) {
        throw Refusal.forbidden("You don't have permission to redact events");
      }
      DoubleEvent redaction = room.add(draft);
      room.redact(target, redaction);
      return redaction;
    }
  }

  static DoubleJson redactionOf(EventId target, Optional<String> reason) {
    DoubleJson content = DoubleJson.object().put("redacts", target.value());
    reason.ifPresent(words -> content.put("reason", words));
    return content;
  }

  DoubleRoom known(RoomId id) throws Refusal {
    return world.room(id).orElseThrow(() -> new Refusal(404, "M_UNKNOWN", "Not a known room"));
  }
}
