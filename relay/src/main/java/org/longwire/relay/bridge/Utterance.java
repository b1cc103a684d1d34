package org.longwire.relay.bridge;

import java.util.Optional;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;

/** Something of the mesh that a room may be told. */
sealed interface Utterance {
  MeshEvent event();

  PacketHeader packet();

  int port();

  /** What people read of it, cleaned; empty if nothing of it can be shown. */
  String words();

  /** The packet that it answers or reacts to. */
  default Optional<PacketId> about() {
    return Optional.empty();
  }

  /** The place that it shows. */
  default Optional<GeoPoint> place() {
    return Optional.empty();
  }

  /** A text on any port. */
  record Text(MeshEvent.TextReceived event) implements Utterance {
    @Override
    public PacketHeader packet() {
      return event.packet();
    }

    @Override
    public int port() {
      return event.port();
    }

    @Override
    public String words() {
      return PlainText.text(event.text());
    }

    @Override
    public Optional<PacketId> about() {
      return event.replyTo();
    }
  }

  /** A tapback; its symbol may be any text that a sender has put there. */
  record Tapback(MeshEvent.ReactionReceived event) implements Utterance {
    @Override
    public PacketHeader packet() {
      return event.packet();
    }

    @Override
    public int port() {
      return PortNum.TEXT_MESSAGE;
    }

    @Override
    public String words() {
      return PlainText.text(event.symbol());
    }

    @Override
    public Optional<PacketId> about() {
      return event.target();
    }
  }

  /** A place that somebody marked for the others. */
  record Mark(MeshEvent.WaypointReceived event) implements Utterance {
    @Override
    public PacketHeader packet() {
      return event.packet();
    }

    @Override
    public int port() {
      return PortNum.WAYPOINT;
    }

    @Override
    public String words() {
      String name = PlainText.name(event.waypoint().name(), "");
      String description = PlainText.text(event.waypoint().description());
      String where = GeoUri.words(event.waypoint().point());
      return PIN
          + (name.isEmpty() ? where : name + " (" + where + ")")
          + (description.isEmpty() ? "" : ": " + description);
    }

    @Override
    public Optional<GeoPoint> place() {
      return Optional.of(event.waypoint().point());
    }
  }

  /** Where a node is. */
  record Whereabouts(MeshEvent.PositionReceived event) implements Utterance {
    @Override
    public PacketHeader packet() {
      return event.packet();
    }

    @Override
    public int port() {
      return PortNum.POSITION;
    }

    @Override
    public String words() {
      return PIN + GeoUri.words(event.point());
    }

    @Override
    public Optional<GeoPoint> place() {
      return Optional.of(event.point());
    }
  }

  /** What stands before a place in words. */
  String PIN = "\uD83D\uDCCD ";
}
