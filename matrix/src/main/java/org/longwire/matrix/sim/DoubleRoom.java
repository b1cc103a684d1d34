package org.longwire.matrix.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;

/** A room of the double. What is public may be asked from any thread. */
public final class DoubleRoom {
  private final DoubleWorld world;
  private final RoomId id;
  private final List<DoubleEvent> timeline = new ArrayList<>();
  private final List<Placed> receipts = new ArrayList<>();
  private final Map<EventId, Integer> places = new HashMap<>();
  private final Map<StateKey, List<DoubleEvent>> states = new LinkedHashMap<>();

  private record StateKey(String type, String key) {}

  DoubleRoom(DoubleWorld world, RoomId id) {
    this.world = world;
    this.id = id;
  }

  public RoomId id() {
    return id;
  }

  /** The {@code m.room.message} events, oldest first, redacted ones with empty content. */
  public List<PostedEvent> messages() {
    return events("m.room.message");
  }

  /** The events of one type, oldest first: {@code m.reaction}, {@code m.room.redaction}. */
  public List<PostedEvent> events(String type) {
    return events().stream().filter(event -> event.type().equals(type)).toList();
  }

  /** The reactions to an event that have not been taken back, oldest first. */
  public List<PostedEvent> reactionsTo(EventId target) {
    return events("m.reaction").stream()
        .filter(event -> event.target().equals(Optional.of(target)))
        .toList();
  }

  /**
   * Somebody has read so far.
   *
   * @param user who
   * @param event the last event read
   */
  public record Receipt(UserId user, EventId event) {}

  private record Placed(long position, Receipt receipt) {}

  /** The read receipts in the order in which they came. */
  public List<Receipt> receipts() {
    synchronized (world) {
      return receipts.stream().map(Placed::receipt).toList();
    }
  }

  /** Notes a read receipt; one for an unknown event or behind the user's last is as none. */
  void read(UserId user, EventId event) {
    synchronized (world) {
      Integer place = places.get(event);
      int last = receipts().stream()
          .filter(receipt -> receipt.user().equals(user))
          .mapToInt(receipt -> places.get(receipt.event()))
          .max()
          .orElse(-1);
      if (place != null && place > last) {
        receipts.add(new Placed(world.step(), new Receipt(user, event)));
      }
    }
  }

  /** The receipts that came after a position. */
  List<Receipt> receiptsAfter(long position) {
    synchronized (world) {
      return receipts.stream()
          .filter(placed -> placed.position() > position)
          .map(Placed::receipt)
          .toList();
    }
  }

  /** Every event, oldest first. */
  public List<PostedEvent> events() {
    synchronized (world) {
      return timeline.stream().map(DoubleEvent::posted).toList();
    }
  }

  /** Those who are in the room. */
  public Set<UserId> members() {
    synchronized (world) {
      Set<UserId> members = new LinkedHashSet<>();
      for (StateKey key : states.keySet()) {
        if (key.type().equals("m.room.member") && isJoined(new UserId(key.key()))) {
          members.add(new UserId(key.key()));
        }
      }
      return members;
    }
  }

  /** The membership of a user, {@code leave} for who was never there. */
  public String membership(UserId user) {
    return membershipAt(user, Long.MAX_VALUE);
  }

  DoubleEvent add(DoubleEvent.Draft draft) {
    synchronized (world) {
      Optional<DoubleEvent> old = draft.stateKey().flatMap(key -> state(draft.type(), key));
      DoubleEvent event = world.place(id, draft, old);
      places.put(event.id(), timeline.size());
      timeline.add(event);
      draft.stateKey().ifPresent(key -> states
          .computeIfAbsent(new StateKey(draft.type(), key), k -> new ArrayList<>())
          .add(event));
      return event;
    }
  }

  /** Takes an event back; harmless if it is unknown. */
  void redact(EventId target, DoubleEvent redaction) {
    synchronized (world) {
      Integer place = places.get(target);
      if (place == null) {
        return;
      }
      DoubleEvent left = timeline.get(place).redactedBy(redaction);
      timeline.set(place, left);
      states
          .values()
          .forEach(list -> list.replaceAll(event -> event.id().equals(target) ? left : event));
    }
  }

  Optional<DoubleEvent> find(EventId event) {
    synchronized (world) {
      return Optional.ofNullable(places.get(event)).map(timeline::get);
    }
  }

  /** The events after one position, up to and with another. */
  List<DoubleEvent> between(long after, long upTo) {
    synchronized (world) {
      int first = timeline.size();
      while (first > 0 && timeline.get(first - 1).position() > after) {
        first--;
      }
      return timeline.subList(first, timeline.size()).stream()
          .filter(event -> event.position() <= upTo)
          .toList();
    }
  }

  Optional<DoubleEvent> state(String type, String key) {
    return stateAt(type, key, Long.MAX_VALUE);
  }

  private Optional<DoubleEvent> stateAt(String type, String key, long position) {
    synchronized (world) {
      List<DoubleEvent> history = states.getOrDefault(new StateKey(type, key), List.of());
      for (int i = history.size() - 1; i >= 0; i--) {
        if (history.get(i).position() <= position) {
          return Optional.of(history.get(i));
        }
      }
      return Optional.empty();
    }
  }

  /** The room's state as it was at a position. */
  List<DoubleEvent> stateAt(long position) {
    synchronized (world) {
      return states.keySet().stream()
          .flatMap(key -> stateAt(key.type(), key.key(), position).stream())
          .toList();
    }
  }

  String membershipAt(UserId user, long position) {
    return stateAt("m.room.member", user.value(), position)
        .flatMap(event -> event.content().text("membership"))
        .orElse("leave");
  }

  boolean isJoined(UserId user) {
    return membership(user).equals("join");
  }

  /** Whether the user came in after a position, even if they were in before it too. */
  boolean joinedAfter(UserId user, long position) {
    synchronized (world) {
      String before = membershipAt(user, position);
      for (DoubleEvent event :
          states.getOrDefault(new StateKey("m.room.member", user.value()), List.of())) {
        if (event.position() > position) {
          String now = event.content().text("membership").orElse("leave");
          if (now.equals("join") && !before.equals("join")) {
            return true;
          }
          before = now;
        }
      }
      return false;
    }
  }

  void requireJoined(UserId user) throws Refusal {
    if (!isJoined(user)) {
      throw Refusal.forbidden("User %s not in room %s".formatted(user, id));
    }
  }

  /** The last position a user may read: for who left, that of their leaving. */
  long visibleTo(UserId user) throws Refusal {
    synchronized (world) {
      if (isJoined(user)) {
        return Long.MAX_VALUE;
      }
      if (joinedAfter(user, 0)) {
        return state("m.room.member", user.value()).orElseThrow().position();
      }
      throw Refusal.forbidden(
          "User %s not in room %s, and room previews are disabled".formatted(user, id));
    }
  }

  PowerLevels power() {
    return new PowerLevels(
        state("m.room.power_levels", "").map(DoubleEvent::content).orElseGet(DoubleJson::object),
        creatorsAboveAll());
  }

  /** From version 12 on the creators' power has no number. */
  private Set<UserId> creatorsAboveAll() {
    DoubleEvent create = state("m.room.create", "").orElseThrow();
    if (!create.content().text("room_version").equals(Optional.of("12"))) {
      return Set.of();
    }
    Set<UserId> creators = new LinkedHashSet<>(Set.of(create.sender()));
    create.content().texts("additional_creators").orElse(List.of()).stream()
        .map(UserId::new)
        .forEach(creators::add);
    return creators;
  }

  boolean isPublic() {
    return state("m.room.join_rules", "")
        .flatMap(event -> event.content().text("join_rule"))
        .equals(Optional.of("public"));
  }
}
