package org.longwire.relay.queue;

import java.util.List;
import java.util.Optional;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.ImageContent;
import org.longwire.matrix.MediaFile;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.MxcUri;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.OutgoingPacket;
import org.longwire.radio.PacketData;

/**
 * What is to be delivered. Another message that it speaks of is named by its origin: under which id
 * the other side knows that one may be known only when this one goes out.
 */
public sealed interface Payload {
  /** What people would see of it. */
  String words();

  /** The message that it answers or reacts to. */
  default Optional<Origin> answers() {
    return Optional.empty();
  }

  /**
   * A message for a room.
   *
   * @param answers what it replies to; if the room does not have that, it goes without
   */
  record RoomMessage(MessageContent content, Optional<Origin> answers) implements Payload {
    public RoomMessage(MessageContent content) {
      this(content, Optional.empty());
    }

    @Override
    public String words() {
      return content.body();
    }
  }

  /** A reaction for a room; refused if the room does not have its target. */
  record RoomReaction(Origin target, String key, List<ExtraField> extras) implements Payload {
    public RoomReaction {
      extras = List.copyOf(extras);
    }

    @Override
    public Optional<Origin> answers() {
      return Optional.of(target);
    }

    @Override
    public String words() {
      return key;
    }
  }

  /**
   * A picture for a room, uploaded already.
   *
   * @param text said with it; perhaps empty
   * @param name of the file, such as {@code map.png}
   * @param file where the homeserver has it
   * @param answers as in {@link RoomMessage}
   */
  record RoomPicture(
      String text, String name, ImageContent.Info info, MxcUri file, Optional<Origin> answers)
      implements Payload {
    /** @throws IllegalArgumentException if the type is none */
    public RoomPicture {
      MediaFile.requireType(info.type());
    }

    @Override
    public String words() {
      return text.isBlank() ? name : text;
    }
  }

  /**
   * A text for the mesh, within the byte limit.
   *
   * @param answers what it replies to; if the mesh does not have that, it goes without
   */
  record MeshText(String text, Optional<Origin> answers) implements Payload {
    public MeshText(String text) {
      this(text, Optional.empty());
    }

    @Override
    public String words() {
      return text;
    }
  }

  /** A tapback for the mesh; refused if the mesh does not have its target. */
  record MeshReaction(Origin target, String symbol) implements Payload {
    @Override
    public Optional<Origin> answers() {
      return Optional.of(target);
    }

    @Override
    public String words() {
      return symbol;
    }
  }

  /** A place for the mesh. */
  record MeshPosition(GeoPoint point) implements Payload {
    @Override
    public String words() {
      return "a place";
    }
  }

  /** A question for the way to the node that it is addressed to. */
  record MeshRouteRequest() implements Payload {
    @Override
    public String words() {
      return "a request for the way";
    }
  }

  /**
   * A packet of another kind for the mesh.
   *
   * @param port with the data, as {@link OutgoingPacket#check} allows them
   */
  record MeshPacket(int port, PacketData data) implements Payload {
    /** @throws IllegalArgumentException if there is no such packet */
    public MeshPacket {
      OutgoingPacket.check(port, data);
    }

    @Override
    public String words() {
      return "a packet on port " + port;
    }
  }

  /** What was stored cannot be read any more: damaged, or written by another version. */
  record Unreadable() implements Payload {
    @Override
    public String words() {
      return "unreadable";
    }
  }
}
