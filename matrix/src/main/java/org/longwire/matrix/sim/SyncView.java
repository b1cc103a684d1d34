package org.longwire.matrix.sim;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.UserId;

/** What one device sees of the world in a sync. Used under the world's lock. */
final class SyncView {
  private final DoubleWorld world;
  private final Device device;
  private final EventFilter timelineFilter;
  private final EventFilter stateFilter;
  private final EventFilter ephemeralFilter;
  private final boolean lazyMembers;

  SyncView(DoubleWorld world, Device device, Optional<DoubleJson> filter, int timelineCap) {
    this.world = world;
    this.device = device;
    Optional<DoubleJson> room = filter.flatMap(json -> json.child("room"));
    this.timelineFilter =
        EventFilter.of(room.flatMap(json -> json.child("timeline"))).atMost(timelineCap);
    this.stateFilter = EventFilter.of(room.flatMap(json -> json.child("state")));
    this.ephemeralFilter = EventFilter.of(room.flatMap(json -> json.child("ephemeral")));
    this.lazyMembers =
        room.map(json -> json.isTrue("state", "lazy_load_members")).orElse(false);
  }

  /** The {@code rooms} of a page; empty if nothing happened since. */
  Optional<DoubleJson> news(Optional<Long> since) {
    DoubleJson joined = DoubleJson.object();
    DoubleJson invited = DoubleJson.object();
    DoubleJson left = DoubleJson.object();
    boolean any = false;
    for (DoubleRoom room : world.rooms()) {
      String membership = room.membership(device.user());
      Optional<DoubleJson> news =
          switch (membership) {
            case "join" -> inRoom(room, since);
            case "invite" -> invitation(room, since);
            default -> since.flatMap(position -> departure(room, position));
          };
      DoubleJson section =
          switch (membership) {
            case "join" -> joined;
            case "invite" -> invited;
            default -> left;
          };
      news.ifPresent(json -> section.put(room.id().value(), json));
      any |= news.isPresent();
    }
    if (!any) {
      return Optional.empty();
    }
    return Optional.of(
        DoubleJson.object().put("join", joined).put("invite", invited).put("leave", left));
  }

  /** Who has just come in gets the room from its beginning, and so as a gap. */
  private Optional<DoubleJson> inRoom(DoubleRoom room, Optional<Long> since) {
    boolean fresh = since.isPresent() && room.joinedAfter(device.user(), since.get());
    long after = since.isEmpty() || fresh ? 0 : since.get();
    Timeline timeline = timeline(room.between(after, Long.MAX_VALUE), fresh);
    List<DoubleEvent> state = state(room, after, timeline);
    List<DoubleJson> ephemeral = receipts(room, after);
    boolean nothing = timeline.events().isEmpty() && state.isEmpty() && ephemeral.isEmpty();
    if (nothing && since.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(DoubleJson.object()
        .put("timeline", shown(timeline))
        .put("state", DoubleJson.object().put("events", shown(state)))
        .put("ephemeral", DoubleJson.object().put("events", ephemeral))
        .put("account_data", DoubleJson.object().put("events", List.of()))
        .put("summary", DoubleJson.object()));
  }

  /** Who has read how far, as one event of no sender. */
  private List<DoubleJson> receipts(DoubleRoom room, long after) {
    List<DoubleRoom.Receipt> news = room.receiptsAfter(after);
    if (news.isEmpty() || !ephemeralFilter.wantsType("m.receipt")) {
      return List.of();
    }
    DoubleJson content = DoubleJson.object();
    for (DoubleRoom.Receipt receipt : news) {
      String event = receipt.event().value();
      DoubleJson readers =
          content.child(event).flatMap(json -> json.child("m.read")).orElseGet(DoubleJson::object);
      readers.put(receipt.user().value(), DoubleJson.object().put("ts", 1));
      content.put(event, DoubleJson.object().put("m.read", readers));
    }
    return List.of(DoubleJson.object().put("type", "m.receipt").put("content", content));
  }

  /**
   * The part of what happened that fits.
   *
   * @param start the position before its first event
   */
  private record Timeline(List<DoubleEvent> events, boolean limited, long start) {}

  private Timeline timeline(List<DoubleEvent> all, boolean fresh) {
    List<DoubleEvent> wanted = all.stream().filter(timelineFilter::wants).toList();
    int limit = timelineFilter.limit();
    boolean limited = wanted.size() > limit;
    List<DoubleEvent> events =
        limited ? wanted.subList(wanted.size() - limit, wanted.size()) : wanted;
    long start = events.isEmpty() ? world.position() : events.get(0).position() - 1;
    return new Timeline(events, limited || fresh, start);
  }

  /** What changed between the last page and the timeline's start. */
  private List<DoubleEvent> state(DoubleRoom room, long after, Timeline timeline) {
    Set<UserId> speakers = new HashSet<>();
    timeline.events().forEach(event -> speakers.add(event.sender()));
    speakers.add(device.user());
    boolean whole = after == 0;
    return room.stateAt(timeline.start()).stream()
        .filter(event -> event.position() > after)
        .filter(stateFilter::wants)
        .filter(event -> !(whole && lazyMembers) || !isMemberOutside(event, speakers))
        .toList();
  }

  private static boolean isMemberOutside(DoubleEvent event, Set<UserId> speakers) {
    return event.type().equals("m.room.member")
        && speakers.stream().noneMatch(user -> event.isState(event.type(), user.value()));
  }

  private Optional<DoubleJson> invitation(DoubleRoom room, Optional<Long> since) {
    DoubleEvent invite = room.state("m.room.member", device.user().value()).orElseThrow();
    if (since.isPresent() && invite.position() <= since.get()) {
      return Optional.empty();
    }
    List<DoubleJson> stripped = room.stateAt(Long.MAX_VALUE).stream()
        .filter(event -> isShownToInvited(event, invite))
        .map(DoubleEvent::stripped)
        .toList();
    return Optional.of(
        DoubleJson.object().put("invite_state", DoubleJson.object().put("events", stripped)));
  }

  private static boolean isShownToInvited(DoubleEvent event, DoubleEvent invite) {
    return switch (event.type()) {
      case "m.room.create",
          "m.room.join_rules",
          "m.room.canonical_alias",
          "m.room.name",
          "m.room.topic",
          "m.room.encryption" -> true;
      case "m.room.member" ->
        event.equals(invite) || event.isState("m.room.member", invite.sender().value());
      default -> false;
    };
  }

  private Optional<DoubleJson> departure(DoubleRoom room, long since) {
    Optional<DoubleEvent> last = room.state("m.room.member", device.user().value());
    if (last.isEmpty() || last.get().position() <= since) {
      return Optional.empty();
    }
    long end = last.get().position();
    boolean wasIn = room.membershipAt(device.user(), since).equals("join")
        || room.joinedAfter(device.user(), since);
    long after = wasIn ? since : end - 1;
    Timeline timeline = timeline(room.between(after, end), false);
    return Optional.of(DoubleJson.object()
        .put("timeline", shown(timeline))
        .put("state", DoubleJson.object().put("events", List.of()))
        .put("account_data", DoubleJson.object().put("events", List.of())));
  }

  private DoubleJson shown(Timeline timeline) {
    return DoubleJson.object()
        .put("events", shown(timeline.events()))
        .put("limited", timeline.limited())
        .put("prev_batch", world.token(timeline.start()));
  }

  private List<DoubleJson> shown(List<DoubleEvent> events) {
    return events.stream().map(event -> event.shownTo(device)).toList();
  }
}
