package org.longwire.plugins.host;

import java.util.Optional;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.Place;

/**
 * Where a plugin is active: on the channels and in the rooms that the operator has named, on all
 * that are bridged if none is named, and wherever somebody speaks to it alone.
 */
public record Gate(PluginPolicy policy, BridgedRooms rooms) {
  public boolean isOpen(Place place) {
    if (place instanceof Place.Channel channel) {
      return policy.channels().isEmpty()
          ? rooms.isBridged(channel)
          : policy.channels().contains(channel.channel().toString())
              || policy.channels().contains(channel.radio() + "/" + channel.channel());
    }
    if (place instanceof Place.Room room && !rooms.isPrivate(room.id())) {
      return policy.rooms().isEmpty()
          || policy.rooms().stream().anyMatch(name -> rooms.isNamed(room.id(), name));
    }
    return true;
  }

  boolean isPrivate(Place place) {
    return place instanceof Place.Room room ? rooms.isPrivate(room.id()) : place.isPrivate();
  }

  /**
   * Whether it may hear what perhaps has no place: such is said between other nodes or on a channel
   * that we do not have, and nobody's but for the names of nodes.
   */
  boolean isOpen(Optional<Place> place, Interest interest) {
    return place.map(this::isOpen).orElse(interest == Interest.MESH_NODES);
  }
}
