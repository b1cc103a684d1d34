package org.longwire.matrix;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What members call themselves, per room. Asked of the homeserver once and kept fresh by the
 * membership events that come by. Safe for several threads; one that asks may block for a request.
 * A name is a stranger's text of at most 256 characters.
 */
public final class DisplayNames {
  /** More than the members that talk in a few rooms; about half a megabyte at the very worst. */
  private static final int MAX_NAMES = 2_000;

  /** A question that failed is not asked again before this. */
  static final Duration RETRY_AFTER = Duration.ofMinutes(10);

  private final Homeserver homeserver;
  private final InstantSource clock;
  private final Map<Member, Known> names = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Member, Known> eldest) {
      return size() > MAX_NAMES;
    }
  };

  public DisplayNames(Homeserver homeserver, InstantSource clock) {
    this.homeserver = homeserver;
    this.clock = clock;
  }

  private record Member(RoomId room, UserId user) {}

  /** A name, or that there is none; until when that holds. */
  private record Known(Optional<String> name, Instant until) {}

  /** The member's display name, or the local part of the user id for want of one. */
  public String of(RoomId room, UserId user) {
    Member member = new Member(room, user);
    Optional<Known> known = known(member).or(() -> ask(member));
    return known.flatMap(Known::name).orElseGet(() -> localpart(user));
  }

  private Optional<Known> known(Member member) {
    synchronized (names) {
      return Optional.ofNullable(names.get(member))
          .filter(known -> clock.instant().isBefore(known.until()));
    }
  }

  private Optional<Known> ask(Member member) {
    Optional<Known> before = peek(member);
    Known answer;
    try {
      answer = new Known(homeserver.displayName(member.room(), member.user()), Instant.MAX);
    } catch (MatrixException e) {
      answer = new Known(before.flatMap(Known::name), clock.instant().plus(RETRY_AFTER));
    }
    synchronized (names) {
      // An event that came by meanwhile is newer than the answer.
      if (peek(member).equals(before)) {
        names.put(member, answer);
      }
      return peek(member);
    }
  }

  private Optional<Known> peek(Member member) {
    synchronized (names) {
      return Optional.ofNullable(names.get(member));
    }
  }

  /** Takes note of a membership event, from a timeline or a state section. */
  public void learn(RoomEvent.Membership event) {
    Member member = new Member(event.header().room(), event.user());
    synchronized (names) {
      if (event.membership().equals("join")) {
        names.put(member, new Known(event.displayName(), Instant.MAX));
      } else {
        names.remove(member);
      }
    }
  }

  /** Takes note of all memberships of a page, the state before the timeline. */
  public void learn(SyncPage page) {
    for (SyncPage.RoomPage room : page.rooms()) {
      room.state().forEach(this::learnIfMembership);
      room.timeline().forEach(this::learnIfMembership);
    }
  }

  private void learnIfMembership(RoomEvent event) {
    if (event instanceof RoomEvent.Membership membership) {
      learn(membership);
    }
  }

  private static String localpart(UserId user) {
    String id = user.value();
    int colon = id.indexOf(':');
    return colon <= 1 ? id : id.substring(1, colon);
  }
}
