package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.SendStatus;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Failures.Failure;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Original;
import org.longwire.relay.store.StoreException;

/**
 * Tells authors of messages that did not reach the mesh, each in its thread; but where many of one
 * room fail of one cause in a {@link #STRETCH}, the first {@link #TOLD_SINGLY} so, and the others
 * together by one notice to the room. Which notices were given is known by the ledger, and the
 * stretches are those of the clock, so that a restart gives the missing ones and none twice. Used
 * by one thread.
 */
final class FailureNotices {
  static final int TOLD_SINGLY = 5;
  static final Duration STRETCH = Duration.ofMinutes(10);

  /** The word of a failure may come when its stretch is just over. */
  static final Duration GRACE = Duration.ofMinutes(1);

  private final PortalTable portals;
  private final Ledger ledger;
  private final PacketReports reports;
  private final RoomNotices notices;
  private final WallClock wall;
  private final InstantSource clock;
  private final Map<Group, Gathering> gatherings = new LinkedHashMap<>();

  FailureNotices(
      DeliveryNews.Means means, PacketReports reports, RoomNotices notices, InstantSource clock) {
    this.portals = means.portals();
    this.ledger = means.ledger();
    this.wall = means.wall();
    this.reports = reports;
    this.notices = notices;
    this.clock = clock;
  }

  /**
   * What there is to tell of a message that failed.
   *
   * @param failure empty if it was sent, and its addressee said nothing
   * @param where to follow "sent", such as "to the mesh"
   * @param isPart whether other parts of the message were sent
   */
  private record Finding(String words, Optional<Failure> failure, String where, boolean isPart) {}

  /** What an author was told. */
  record Told(String words, SendStatus.Reason reason) {}

  /** Failures that count as one. */
  private record Group(Portal portal, Address.Mesh mesh, String cause, Instant begin) {
    static Group of(Portal portal, Address.Mesh mesh, Failure failure) {
      long stretch = STRETCH.toMillis();
      long begin = Math.floorDiv(failure.at().toEpochMilli(), stretch) * stretch;
      return new Group(
          portal, mesh, FailureWords.reason(failure, false), Instant.ofEpochMilli(begin));
    }

    String occasion() {
      return "not sent by %s channel %s to %s from %s: %s"
          .formatted(mesh.radio(), mesh.channel(), mesh.to(), begin, cause);
    }
  }

  /** Those of a group that were told one by one, and those that are to be told together. */
  private static final class Gathering {
    private final Set<Origin.Event> single = new HashSet<>();
    private final Map<Origin.Event, Finding> together = new HashMap<>();
  }

  /** Counts what was told before, so that no more are told singly because of a restart. */
  void recall(Spoken spoken, Address.Mesh address) throws StoreException {
    Optional<Portal> portal = portals.of(spoken.event().room());
    Optional<Failure> failure = find(spoken.original(), address).flatMap(Finding::failure);
    if (portal.isPresent()
        && failure.isPresent()
        && ledger.isKnown(single(portal.get(), spoken.event(), address, "").origin())) {
      gathering(Group.of(portal.get(), address, failure.get())).single.add(spoken.event());
    }
  }

  private Gathering gathering(Group group) {
    return gatherings.computeIfAbsent(group, none -> new Gathering());
  }

  /**
   * Tells of a message, now or together with others, unless that was done.
   *
   * @return empty if it did not fail at this address
   */
  Optional<Told> tell(Spoken spoken, Address.Mesh address)
      throws StoreException, InterruptedException {
    Optional<Finding> finding = find(spoken.original(), address);
    Optional<Portal> portal = portals.of(spoken.event().room());
    if (finding.isPresent() && portal.isPresent()) {
      tell(spoken.event(), portal.get(), address, finding.get());
    }
    return finding.map(it -> new Told(
        it.words,
        it.failure.filter(failure -> failure.fate() == Fate.EXPIRED).isPresent()
            ? SendStatus.Reason.TOO_OLD
            : SendStatus.Reason.NETWORK_ERROR));
  }

  private void tell(Origin.Event event, Portal portal, Address.Mesh address, Finding finding)
      throws StoreException, InterruptedException {
    Arrival notice = single(portal, event, address, finding.words);
    if (ledger.isKnown(notice.origin())) {
      return;
    }
    if (finding.failure.isEmpty()) {
      ledger.accept(notice);
      return;
    }
    Group group = Group.of(portal, address, finding.failure.get());
    if (ledger.isKnown(notices.toRoom(portal.address(), group.occasion(), "").origin())) {
      return;
    }
    Gathering gathering = gathering(group);
    if (gathering.single.size() < TOLD_SINGLY) {
      ledger.accept(notice);
      gathering.single.add(event);
    } else {
      gathering.together.put(event, finding);
    }
  }

  private Arrival single(Portal portal, Origin.Event event, Address.Mesh mesh, String words) {
    String end = portal.ends().size() == 1
        ? ""
        : " by %s channel %s".formatted(mesh.radio(), mesh.channel());
    return notices.about(portal.address(), event.id(), Optional.empty(), "not sent" + end, words);
  }

  /** Gives the notices of stretches that are over; for when all failures until now are known. */
  void giveGathered() throws StoreException, InterruptedException {
    Instant now = clock.instant();
    for (Group group : List.copyOf(gatherings.keySet())) {
      if (!now.isBefore(group.begin.plus(STRETCH).plus(GRACE))) {
        Gathering gathering = gatherings.get(group);
        if (!gathering.together.isEmpty()) {
          ledger.accept(notices.toRoom(
              group.portal.address(), group.occasion(), words(gathering.together, now)));
        }
        gatherings.remove(group);
      }
    }
  }

  private String words(Map<Origin.Event, Finding> together, Instant now) {
    List<Failure> failures =
        together.values().stream().flatMap(it -> it.failure.stream()).toList();
    Instant first = failures.stream()
        .map(failure -> failure.entry().acceptedAt())
        .min(Instant::compareTo)
        .orElseThrow();
    boolean isDoubtful = failures.stream().anyMatch(Failure::inDoubt)
        || together.values().stream().anyMatch(Finding::isPart);
    Finding one = together.values().iterator().next();
    return FailureWords.ofMany(
        failures.size(), wall.time(first, now), one.where, failures.get(0), isDoubtful);
  }

  /** Why a message did not reach an address. */
  private Optional<Finding> find(Original original, Address.Mesh address) throws StoreException {
    List<Original.Sending> sendings = original.deliveries().stream()
        .filter(sending -> sending.address().equals(address))
        .toList();
    if (!reports.stage(sendings).equals(Optional.of(Stage.FAILED))) {
      return Optional.empty();
    }
    boolean isPart = sendings.stream().anyMatch(sending -> sending.fate() == Fate.DELIVERED);
    String where = where(original, address);
    for (Original.Sending sending : sendings) {
      Optional<Failure> failure = ledger.failures().of(sending.entry());
      if (failure.isPresent()) {
        String words = FailureWords.of(original.text(), where, failure.get(), isPart);
        return Optional.of(new Finding(words, failure, where, isPart));
      }
    }
    return sendings.stream()
        .filter(sending -> !address.to().isBroadcast())
        .filter(sending -> Stage.of(sending, reports.of(sending)).equals(Optional.of(Stage.FAILED)))
        .flatMap(sending -> reports.of(sending).stream())
        .map(state -> FailureWords.unanswered(original.text(), state))
        .map(words -> new Finding(words, Optional.empty(), where, isPart))
        .findFirst();
  }

  /** Where it was to be sent; a room with several ends wants to know at which one it failed. */
  private static String where(Original original, Address.Mesh mesh) {
    if (!mesh.to().isBroadcast()) {
      return "to " + mesh.to();
    }
    boolean isOnlyOne = original.deliveries().stream()
        .map(Original.Sending::address)
        .filter(Address.Mesh.class::isInstance)
        .allMatch(mesh::equals);
    return isOnlyOne
        ? "to the mesh"
        : "to channel %s of radio %s".formatted(mesh.channel(), mesh.radio());
  }
}
