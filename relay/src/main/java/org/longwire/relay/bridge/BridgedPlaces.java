package org.longwire.relay.bridge;

import java.util.List;
import org.longwire.matrix.RoomId;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.host.BridgedRooms;
import org.longwire.relay.config.RadioId;

/** The bridges as plugins and their host see them. Any thread. */
public record BridgedPlaces(PortalTable portals) implements BridgedRooms {
  /** The place that an end of a room is. */
  public static Place of(Portal.End end) {
    String radio = end.radio().value();
    return end.isDirect()
        ? new Place.Direct(radio, end.to())
        : new Place.Channel(radio, end.channel());
  }

  /** The channels whose people are there; none of a private place, or one that there is not. */
  public List<Portal.End> channels(Place place) {
    if (place instanceof Place.Channel channel) {
      return RadioId.isValid(channel.radio())
          ? List.of(Portal.End.channel(new RadioId(channel.radio()), channel.channel()))
          : List.of();
    }
    return place instanceof Place.Room room
        ? portals.of(room.id()).stream()
            .flatMap(portal -> portal.ends().stream())
            .filter(end -> !end.isDirect())
            .toList()
        : List.of();
  }

  @Override
  public boolean isBridged(Place.Channel channel) {
    return RadioId.isValid(channel.radio())
        && !portals.of(new RadioId(channel.radio()), channel.channel()).isEmpty();
  }

  @Override
  public boolean isPrivate(RoomId room) {
    return portals.of(room).filter(Portal::isDirect).isPresent();
  }

  @Override
  public boolean isNamed(RoomId room, String name) {
    return room.value().equals(name)
        || portals
            .of(room)
            .filter(portal -> portal.address().configured().equals(name))
            .isPresent();
  }
}
