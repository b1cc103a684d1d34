package org.longwire.matrix;

import java.util.List;
import java.util.Optional;

/**
 * One answer of a sync.
 *
 * @param next the bookmark to store with what this page gave rise to
 * @param rooms what happened in rooms that we are in
 * @param invites rooms that somebody asks us into
 * @param departures rooms that we left or were put out of
 */
public record SyncPage(
    SyncToken next, List<RoomPage> rooms, List<Invite> invites, List<Departure> departures) {
  /** Whether nothing happened. */
  public boolean isEmpty() {
    return rooms.isEmpty() && invites.isEmpty() && departures.isEmpty();
  }

  /**
   * What happened in one room.
   *
   * @param state state changes before the timeline
   * @param timeline what was said, oldest first
   * @param limited whether events between the last page and this timeline are missing
   * @param previous where the timeline begins, the bookmark for filling the gap
   */
  public record RoomPage(
      RoomId room,
      List<RoomEvent> state,
      List<RoomEvent> timeline,
      boolean limited,
      Optional<String> previous) {}

  /** An invitation. */
  public record Invite(RoomId room, UserId inviter, Optional<RoomAlias> alias) {}

  /**
   * We are no longer in a room.
   *
   * @param membership {@code leave} or {@code ban}
   * @param by who did it; ourselves if we left
   * @param timeline what was said before
   */
  public record Departure(
      RoomId room,
      String membership,
      Optional<UserId> by,
      Optional<String> reason,
      List<RoomEvent> timeline) {}
}
