package org.longwire.relay.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.relay.config.Role;

/** Knows who may do what in a room. Any thread; nobody waits for another's question. */
final class Roles {
  /** How long a power is believed to be as it was. */
  static final Duration FRESH = Duration.ofMinutes(1);

  private static final int MODERATOR = 50;
  private static final int ADMIN = 100;
  private static final int MAX_KNOWN = 200;

  private final Homeserver homeserver;
  private final Set<UserId> admins;
  private final InstantSource clock;
  private final Map<Member, Power> powers = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Member, Power> eldest) {
      return size() > MAX_KNOWN;
    }
  };

  private record Member(RoomId room, UserId user) {}

  private record Power(int level, Instant until) {}

  Roles(Homeserver homeserver, Set<UserId> admins, InstantSource clock) {
    this.homeserver = homeserver;
    this.admins = Set.copyOf(admins);
    this.clock = clock;
  }

  /**
   * Whether a user has a role in a room.
   *
   * @throws MatrixException if only the homeserver knows, and does not tell
   */
  boolean has(Role role, RoomId room, UserId user) throws MatrixException {
    return switch (role) {
      case EVERYONE -> true;
      case NOBODY -> false;
      case MODERATOR -> admins.contains(user) || power(room, user) >= MODERATOR;
      case ADMIN -> admins.contains(user) || power(room, user) >= ADMIN;
    };
  }

  /** What a user is in every room, known without the homeserver. */
  Role unasked(UserId user) {
    return admins.contains(user) ? Role.ADMIN : Role.EVERYONE;
  }

  /** The most that a user is in a room, as far as the homeserver tells. */
  Role most(RoomId room, UserId user) {
    try {
      return has(Role.ADMIN, room, user)
          ? Role.ADMIN
          : has(Role.MODERATOR, room, user) ? Role.MODERATOR : Role.EVERYONE;
    } catch (MatrixException failure) {
      return Role.EVERYONE;
    }
  }

  private int power(RoomId room, UserId user) throws MatrixException {
    Member member = new Member(room, user);
    Instant now = clock.instant();
    Power known;
    synchronized (powers) {
      known = powers.get(member);
    }
    if (known == null || !now.isBefore(known.until())) {
      known = new Power(homeserver.powerLevel(room, user), now.plus(FRESH));
      synchronized (powers) {
        powers.put(member, known);
      }
    }
    return known.level();
  }
}
