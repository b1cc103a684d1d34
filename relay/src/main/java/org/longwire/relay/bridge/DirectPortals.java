package org.longwire.relay.bridge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.DirectRoom;
import org.longwire.relay.queue.DirectRooms;
import org.longwire.relay.store.StoreException;

/** The private rooms that are open: in the ledger, among the portals, and here. Any thread. */
final class DirectPortals {
  private final PortalTable portals;
  private final DirectRooms ledger;
  private final Map<Portal, DirectRoom> rooms = new LinkedHashMap<>();

  DirectPortals(PortalTable portals, DirectRooms ledger) {
    this.portals = portals;
    this.ledger = ledger;
  }

  /** Knows again the rooms of earlier runs that are wanted. */
  void recall(Predicate<DirectRoom> wanted) throws StoreException {
    ledger.all().stream().filter(wanted).forEach(this::add);
  }

  /** Takes up a room that was just made; durable on return. */
  void open(DirectRoom room) throws StoreException, InterruptedException {
    ledger.open(room);
    portals.open(add(room), room.room());
  }

  private Portal add(DirectRoom room) {
    Portal portal = new Portal(
        new Address.Room(room.room().value()),
        List.of(),
        List.of(Portal.End.direct(room.radio(), room.node())));
    synchronized (rooms) {
      rooms.put(portal, room);
    }
    portals.add(portal);
    portals.known(portal, room.room());
    return portal;
  }

  /** Forgets a room; durable on return. */
  void close(Portal portal) throws StoreException, InterruptedException {
    Optional<DirectRoom> room = room(portal);
    if (room.isPresent()) {
      ledger.close(room.get().room());
      synchronized (rooms) {
        rooms.remove(portal);
      }
      portals.remove(portal);
    }
  }

  Optional<DirectRoom> room(Portal portal) {
    return Optional.ofNullable(all().get(portal));
  }

  Optional<Portal> of(RoomId room) {
    return having(known -> known.room().equals(room));
  }

  /** The one room with a node. */
  Optional<Portal> with(RadioId radio, NodeId node) {
    return having(known -> known.radio().equals(radio) && known.node().equals(node));
  }

  /** The same, if it is this person's. */
  Optional<DirectRoom> of(UserId person, RadioId radio, NodeId node) {
    return with(radio, node).flatMap(this::room).filter(room -> room.person().equals(person));
  }

  private Optional<Portal> having(Predicate<DirectRoom> wanted) {
    return all().entrySet().stream()
        .filter(known -> wanted.test(known.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** All of them as they are now, the oldest first. */
  Map<Portal, DirectRoom> all() {
    synchronized (rooms) {
      return new LinkedHashMap<>(rooms);
    }
  }
}
