package org.longwire.matrix;

import java.util.Optional;

/** A member's power, out of a room's state. Pure. */
final class PowerCodec {
  /** The first room version whose creators stand above all levels. */
  private static final int CREATORS_ABOVE_ALL = 12;

  private static final int CREATOR_WITHOUT_LEVELS = 100;

  private PowerCodec() {}

  /**
   * The power of a user.
   *
   * @param levels the content of {@code m.room.power_levels}, if the room has one
   * @param creation the {@code m.room.create} event, or its content alone from a server that knows
   *     no other format
   */
  static int of(UserId user, Optional<JsonTree> levels, JsonTree creation) {
    JsonTree create = creation.hasObject("content") ? creation.child("content") : creation;
    boolean isCreator = creation
        .text("sender")
        .or(() -> create.text("creator"))
        .filter(user.value()::equals)
        .isPresent();
    if (isAboveAll(create) && (isCreator || isNamed(create, user))) {
      return Integer.MAX_VALUE;
    }
    if (levels.isEmpty()) {
      return isCreator ? CREATOR_WITHOUT_LEVELS : 0;
    }
    long level = levels
        .get()
        .child("users")
        .integerAt(user.value())
        .or(() -> levels.get().integerAt("users_default"))
        .orElse(0L);
    // A number too large for us must not pass for a creator.
    return (int) Math.max(Integer.MIN_VALUE, Math.min(level, Integer.MAX_VALUE - 1));
  }

  private static boolean isNamed(JsonTree create, UserId user) {
    return create.texts("additional_creators").contains(user.value());
  }

  /** Versions are opaque, but those that are numbers are in order. */
  private static boolean isAboveAll(JsonTree create) {
    return create
        .text("room_version")
        .filter(version -> version.matches("[0-9]{1,6}"))
        .map(Integer::parseInt)
        .filter(version -> version >= CREATORS_ABOVE_ALL)
        .isPresent();
  }
}
