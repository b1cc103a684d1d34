package org.longwire.matrix.sim;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.longwire.matrix.UserId;

/**
 * Who may do what in a room, read from its power levels event.
 *
 * @param aboveAll the creators, where they have no level but may do everything
 */
record PowerLevels(DoubleJson content, Set<UserId> aboveAll) {
  static final long MODERATOR = 50;
  private static final long ADMIN = 100;

  /**
   * The levels a homeserver gives a new room.
   *
   * @param admins who has a level of their own
   * @param invite who may invite
   */
  static DoubleJson ofNewRoom(List<UserId> admins, long invite) {
    DoubleJson events = DoubleJson.object()
        .put("m.room.name", MODERATOR)
        .put("m.room.canonical_alias", MODERATOR)
        .put("m.room.power_levels", ADMIN)
        .put("m.room.encryption", ADMIN)
        .put("m.room.history_visibility", ADMIN)
        .put("m.room.tombstone", ADMIN);
    DoubleJson users = DoubleJson.object();
    admins.forEach(admin -> users.put(admin.value(), ADMIN));
    return DoubleJson.object()
        .put("users", users)
        .put("users_default", 0)
        .put("events", events)
        .put("events_default", 0)
        .put("state_default", MODERATOR)
        .put("invite", invite)
        .put("kick", MODERATOR)
        .put("ban", MODERATOR)
        .put("redact", MODERATOR);
  }

  long of(UserId user) {
    if (aboveAll.contains(user)) {
      return Long.MAX_VALUE;
    }
    return or(
        content.number("users", user.value()), content.number("users_default").orElse(0));
  }

  /** Refuses a user who may not send such an event. */
  void requireSend(UserId user, String type, boolean state) throws Refusal {
    long general = state
        ? content.number("state_default").orElse(MODERATOR)
        : content.number("events_default").orElse(0);
    long needed = or(content.number("events", type), general);
    if (of(user) < needed) {
      throw Refusal.forbidden(
          "You don't have permission to post that to the room. user_level (%d) < send_level (%d)"
              .formatted(of(user), needed));
    }
  }

  boolean mayRedactOthers(UserId user) {
    return of(user) >= content.number("redact").orElse(MODERATOR);
  }

  /** Whether a user may invite, kick or ban, by the name of the level. */
  boolean may(UserId user, String action) {
    return of(user) >= content.number(action).orElse(MODERATOR);
  }

  private static long or(OptionalLong value, long fallback) {
    return value.orElse(fallback);
  }
}
