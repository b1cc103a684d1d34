package org.longwire.relay.bridge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Address;

/**
 * The bridged rooms, looked up from both sides, and the state of each. Safe for use by any thread.
 */
public final class PortalTable {
  private final List<Portal> portals = new CopyOnWriteArrayList<>();
  private final Map<Portal, Portal.State> states = new HashMap<>();
  private final Map<RoomId, Portal> byRoom = new HashMap<>();
  private final Map<Portal, RoomId> last = new HashMap<>();

  private PortalTable(Collection<Portal> portals) {
    portals.forEach(this::add);
  }

  /**
   * The table of a configuration; several bridges of one room make one portal with several ends.
   */
  public static PortalTable of(List<RelayConfig.Bridge> bridges) {
    Map<String, Portal> byName = new LinkedHashMap<>();
    for (RelayConfig.Bridge bridge : bridges) {
      Portal.End end = Portal.End.channel(bridge.radio(), bridge.channel());
      byName.merge(
          bridge.room(),
          new Portal(new Address.Room(bridge.room()), bridge.via(), List.of(end)),
          (before, more) -> {
            List<Portal.End> ends = new ArrayList<>(before.ends());
            ends.addAll(more.ends());
            return new Portal(before.address(), before.via(), List.copyOf(ends));
          });
    }
    return new PortalTable(byName.values());
  }

  public List<Portal> all() {
    return List.copyOf(portals);
  }

  /** Adds a portal that is not entered yet. */
  public synchronized void add(Portal portal) {
    portals.add(portal);
    states.put(portal, new Portal.State.Closed("not joined yet"));
  }

  /** Forgets a portal and its rooms. */
  public synchronized void remove(Portal portal) {
    portals.remove(portal);
    states.remove(portal);
    last.remove(portal);
    byRoom.values().removeIf(portal::equals);
  }

  /** The portals whose other end is this channel. */
  public List<Portal> of(RadioId radio, ChannelIndex channel) {
    return having(Portal.End.channel(radio, channel));
  }

  /** The private rooms of this node. */
  public List<Portal> direct(RadioId radio, NodeId node) {
    // Everybody is no node: who claims to be called so would mean a shared room.
    return node.isBroadcast() ? List.of() : having(Portal.End.direct(radio, node));
  }

  private List<Portal> having(Portal.End end) {
    return portals.stream().filter(p -> p.ends().contains(end)).toList();
  }

  /** The portal of a room that is joined now or was, before an upgrade. */
  public synchronized Optional<Portal> of(RoomId room) {
    return Optional.ofNullable(byRoom.get(room));
  }

  public Optional<Portal> of(Address.Room address) {
    return portals.stream().filter(p -> p.address().equals(address)).findFirst();
  }

  public synchronized Portal.State state(Portal portal) {
    return states.getOrDefault(portal, new Portal.State.Closed("unknown"));
  }

  /** The room behind a portal, if it can be used now. */
  public Optional<RoomId> room(Portal portal) {
    return state(portal) instanceof Portal.State.Open open
        ? Optional.of(open.room())
        : Optional.empty();
  }

  public synchronized void open(Portal portal, RoomId room) {
    known(portal, room);
    states.put(portal, new Portal.State.Open(room));
  }

  /** Remembers which room a portal means without opening it, so that its invitation is known. */
  public synchronized void known(Portal portal, RoomId room) {
    byRoom.put(room, portal);
    last.put(portal, room);
  }

  /** The room that a portal means, as far as is known, whether open or shut. */
  synchronized Optional<RoomId> last(Portal portal) {
    return Optional.ofNullable(last.get(portal));
  }

  /** Whether it is known which room a portal means. */
  synchronized boolean isKnown(Portal portal) {
    return last.containsKey(portal);
  }

  public synchronized void shut(Portal portal, Portal.State state) {
    states.put(portal, state);
  }
}
