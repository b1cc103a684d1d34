package org.longwire.relay.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.UserId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Origin;

/**
 * What the events of one page give rise to, before any of it is accepted: an event may answer,
 * change or take back an earlier one of the same page, which the ledger does not know yet.
 */
final class RoomPage {
  private final boolean isBacklog;
  private final Map<EventId, List<Arrival>> decided = new LinkedHashMap<>();

  /** @param isBacklog whether it was said a while ago, which has limits of its own */
  RoomPage(boolean isBacklog) {
    this.isBacklog = isBacklog;
  }

  boolean isBacklog() {
    return isBacklog;
  }

  void add(RoomEvent event, List<Arrival> arrivals) {
    // The same event twice in a page is one event.
    decided.putIfAbsent(event.header().id(), new ArrayList<>(arrivals));
  }

  /** What an event gave rise to, as it stands now. */
  List<Arrival> of(RoomEvent event) {
    return List.copyOf(decided.getOrDefault(event.header().id(), List.of()));
  }

  /** All of it, in order. */
  List<Arrival> arrivals() {
    return decided.values().stream().flatMap(List::stream).toList();
  }

  /** The message of an event of this page. */
  Optional<Arrival> message(EventId event) {
    return decided.getOrDefault(event, List.of()).stream()
        .filter(arrival -> isOf(arrival, event))
        .findFirst();
  }

  /** The last edit of a message, if it is of this page. */
  Optional<Arrival> revisionOf(Origin message) {
    return arrivals().stream()
        .filter(arrival -> isRevision(arrival, message))
        .reduce((earlier, later) -> later);
  }

  /** Drops all edits of a message that are of this page. */
  void dropRevisionsOf(Origin message, String reason) {
    decided
        .values()
        .forEach(arrivals -> arrivals.replaceAll(arrival ->
            isRevision(arrival, message) ? arrival.judged(Fate.FILTERED, reason) : arrival));
  }

  private static boolean isRevision(Arrival arrival, Origin message) {
    return arrival
        .revision()
        .map(Arrival.Revision::earlier)
        .filter(message::equals)
        .isPresent();
  }

  /** How many deliveries to an address somebody has on this page. */
  int deliveries(UserId author, Address address) {
    return (int) arrivals().stream()
        .filter(arrival -> arrival.sender().equals(author.value()))
        .flatMap(arrival -> arrival.deliveries().stream())
        .filter(delivery -> delivery.address().equals(address))
        .count();
  }

  /** Puts another message in the place of one of this page. */
  void replace(EventId event, Arrival message) {
    decided.get(event).replaceAll(arrival -> isOf(arrival, event) ? message : arrival);
  }

  private static boolean isOf(Arrival arrival, EventId event) {
    return arrival.origin() instanceof Origin.Event origin && origin.id().equals(event);
  }
}
