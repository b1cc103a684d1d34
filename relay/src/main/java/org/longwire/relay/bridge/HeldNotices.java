package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Origin;

/**
 * Tells rooms that what they say to a mesh waits: a room once in {@link #REST} for each radio, and
 * only if it has something waiting. Used by one thread; bounded by radios and rooms.
 */
final class HeldNotices {
  static final Duration REST = Duration.ofHours(1);

  private final PortalTable portals;
  private final RoomNotices notices;
  private final InstantSource clock;
  private final Duration maxAge;
  private final Map<RadioId, String> reasons = new LinkedHashMap<>();
  private final Map<Told, Instant> told = new HashMap<>();

  private record Told(RadioId radio, Address.Room room) {}

  /** @param maxAge after which a message that waits for a radio expires */
  HeldNotices(PortalTable portals, RoomNotices notices, InstantSource clock, Duration maxAge) {
    this.portals = portals;
    this.notices = notices;
    this.clock = clock;
    this.maxAge = maxAge;
  }

  void held(RadioId radio, String reason) {
    reasons.put(radio, reason);
  }

  void freed(RadioId radio) {
    reasons.remove(radio);
  }

  /** The radios that are held now. */
  List<RadioId> radios() {
    return List.copyOf(reasons.keySet());
  }

  /** Why a radio is held, for people. */
  String sentence(RadioId radio) {
    return FailureWords.held(reasons.getOrDefault(radio, ""), maxAge);
  }

  /**
   * The notices to give now.
   *
   * @param waiting what waits for the radio
   */
  List<Arrival> notices(RadioId radio, List<Origin.Event> waiting) {
    Instant now = clock.instant();
    Set<Address.Room> rooms = new LinkedHashSet<>();
    waiting.forEach(event -> portals.of(event.room()).map(Portal::address).ifPresent(rooms::add));
    List<Arrival> due = new ArrayList<>();
    for (Address.Room room : rooms) {
      Told key = new Told(radio, room);
      Optional<Instant> last = Optional.ofNullable(told.get(key));
      if (last.isEmpty() || !now.isBefore(last.get().plus(REST))) {
        told.put(key, now);
        // The hour in its name keeps a restart from giving it again at once.
        String occasion = "held %s %s".formatted(radio, now.truncatedTo(ChronoUnit.HOURS));
        due.add(notices.toRoom(room, occasion, sentence(radio)));
      }
    }
    return due;
  }
}
