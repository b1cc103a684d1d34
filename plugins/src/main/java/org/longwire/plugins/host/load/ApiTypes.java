package org.longwire.plugins.host.load;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of ours that plugins see: the interface itself, and of {@code radio} and
 * {@code matrix} the values that it speaks of. A test holds the list against the interface.
 */
final class ApiTypes {
  /** Each with what is declared in it. */
  static final Set<String> VALUES = Stream.concat(
          Stream.of(
                  "ChannelDescription",
                  "ChannelIndex",
                  "DeliveryState",
                  "GeoPoint",
                  "LinkState",
                  "LoraSettings",
                  "MeshEvent",
                  "MeshListener",
                  "NodeDescription",
                  "NodeId",
                  "NodeIdentity",
                  "PacketData",
                  "PacketHeader",
                  "PacketId",
                  "Refusal",
                  "Route",
                  "Signal",
                  "Telemetry",
                  "Waypoint")
              .map(name -> "org.longwire.radio." + name),
          Stream.of(
                  "AttachmentKind",
                  "EventHeader",
                  "EventId",
                  "ExtraField",
                  "Relation",
                  "RoomEvent",
                  "RoomId",
                  "RoomListener",
                  "UserId")
              .map(name -> "org.longwire.matrix." + name))
      .collect(Collectors.toUnmodifiableSet());

  private static final String API = "org.longwire.plugins.api.";

  private ApiTypes() {}

  /** @param name of a class, as a class loader is asked for it */
  static boolean areSeen(String name) {
    int nested = name.indexOf('$');
    String outer = nested < 0 ? name : name.substring(0, nested);
    return name.startsWith(API) || VALUES.contains(outer);
  }
}
