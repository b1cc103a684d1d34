package org.longwire.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of events, from JSON to records. Pure. Any section may be missing or of the wrong kind:
 * that piece is left out and the rest is kept, for one bad event must not hide a whole page.
 */
final class PageCodec {
  private PageCodec() {}

  /**
   * A page of a sync.
   *
   * @param self our own user, whose membership tells of invitations and departures
   * @return empty if the page has no bookmark
   */
  static Optional<SyncPage> sync(JsonTree page, UserId self) {
    Optional<String> next = page.text("next_batch").filter(token -> !token.isEmpty());
    if (next.isEmpty()) {
      return Optional.empty();
    }
    JsonTree rooms = page.child("rooms");
    return Optional.of(new SyncPage(
        new SyncToken(next.get()),
        joined(rooms.child("join")),
        invites(rooms.child("invite"), self),
        departures(rooms.child("leave"), self)));
  }

  /** The first page of a new account: what is, but nothing of what was said. */
  static SyncPage withoutHistory(SyncPage page) {
    List<SyncPage.RoomPage> rooms = new ArrayList<>();
    for (SyncPage.RoomPage room : page.rooms()) {
      rooms.add(
          new SyncPage.RoomPage(room.room(), room.state(), List.of(), false, Optional.empty()));
    }
    return new SyncPage(page.next(), List.copyOf(rooms), page.invites(), List.of());
  }

  /** A page of a room's history. */
  static TimelinePage timeline(JsonTree page, RoomId room) {
    return new TimelinePage(
        events(page, "chunk", room), page.text("end").filter(end -> !end.isEmpty()));
  }

  private static List<SyncPage.RoomPage> joined(JsonTree rooms) {
    List<SyncPage.RoomPage> result = new ArrayList<>();
    for (Map.Entry<String, JsonTree> entry : rooms.objects()) {
      Optional<RoomId> room = roomId(entry.getKey());
      JsonTree timeline = entry.getValue().child("timeline");
      if (room.isPresent()) {
        result.add(new SyncPage.RoomPage(
            room.get(),
            events(entry.getValue().child("state"), "events", room.get()),
            events(timeline, "events", room.get()),
            timeline.isTrue("limited"),
            timeline.text("prev_batch")));
      }
    }
    return List.copyOf(result);
  }

  private static List<SyncPage.Invite> invites(JsonTree rooms, UserId self) {
    List<SyncPage.Invite> result = new ArrayList<>();
    for (Map.Entry<String, JsonTree> entry : rooms.objects()) {
      List<JsonTree> stripped = entry.getValue().child("invite_state").children("events");
      Optional<RoomId> room = roomId(entry.getKey());
      Optional<UserId> inviter =
          ownMember(stripped, self).flatMap(e -> EventCodec.id(e.text("sender"), UserId::new));
      if (room.isPresent() && inviter.isPresent()) {
        result.add(new SyncPage.Invite(room.get(), inviter.get(), alias(stripped)));
      }
    }
    return List.copyOf(result);
  }

  private static Optional<RoomAlias> alias(List<JsonTree> stripped) {
    return stripped.stream()
        .filter(
            event -> event.text("type").filter("m.room.canonical_alias"::equals).isPresent())
        .map(event -> EventCodec.id(event.child("content").text("alias"), RoomAlias::new))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static List<SyncPage.Departure> departures(JsonTree rooms, UserId self) {
    List<SyncPage.Departure> result = new ArrayList<>();
    for (Map.Entry<String, JsonTree> entry : rooms.objects()) {
      roomId(entry.getKey()).ifPresent(room -> result.add(departure(room, entry.getValue(), self)));
    }
    return List.copyOf(result);
  }

  private static SyncPage.Departure departure(RoomId room, JsonTree left, UserId self) {
    List<JsonTree> raw = new ArrayList<>(left.child("state").children("events"));
    raw.addAll(left.child("timeline").children("events"));
    JsonTree own = ownMember(raw, self).orElseGet(JsonTree::empty);
    String membership = own.child("content").text("membership").orElse("leave");
    return new SyncPage.Departure(
        room,
        membership.equals("ban") ? "ban" : "leave",
        EventCodec.id(own.text("sender"), UserId::new),
        own.child("content").text("reason"),
        events(left.child("timeline"), "events", room));
  }

  /** The last word on our own membership. */
  private static Optional<JsonTree> ownMember(List<JsonTree> events, UserId self) {
    return events.stream()
        .filter(event -> event.text("type").filter("m.room.member"::equals).isPresent())
        .filter(event -> event.text("state_key").filter(self.value()::equals).isPresent())
        .reduce((earlier, later) -> later);
  }

  private static List<RoomEvent> events(JsonTree section, String key, RoomId room) {
    List<RoomEvent> result = new ArrayList<>();
    for (JsonTree event : section.children(key)) {
      EventCodec.decode(room, event).ifPresent(result::add);
    }
    return List.copyOf(result);
  }

  private static Optional<RoomId> roomId(String key) {
    return EventCodec.id(Optional.of(key), RoomId::new);
  }
}
