package org.longwire.relay.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.ImageContent;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.MxcUri;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.PacketData;

/**
 * A payload as text and back: one line per field, {@code name value}, with line ends, NUL and
 * backslashes escaped, because strangers wrote the values. The first line names the kind.
 */
final class PayloadCodec {
  private static final String MESH = "mesh";
  private static final String MESH_REACTION = "mesh-reaction";
  private static final String MESH_POSITION = "mesh-position";
  private static final String MESH_ROUTE_REQUEST = "mesh-route-request";
  private static final String MESH_PACKET = "mesh-packet";
  private static final String ROOM = "room";
  private static final String ROOM_PICTURE = "room-picture";
  private static final String ROOM_REACTION = "room-reaction";

  private PayloadCodec() {}

  static String encode(Payload payload) {
    Lines lines = new Lines();
    if (payload instanceof Payload.MeshText text) {
      lines.add(MESH, text.text());
      text.answers().ifPresent(lines::about);
    } else if (payload instanceof Payload.MeshReaction reaction) {
      lines.add(MESH_REACTION, reaction.symbol());
      lines.about(reaction.target());
    } else if (payload instanceof Payload.MeshPosition position) {
      GeoPoint point = position.point();
      lines.add(MESH_POSITION, point.latitude() + " " + point.longitude());
    } else if (payload instanceof Payload.MeshRouteRequest) {
      lines.add(MESH_ROUTE_REQUEST, "");
    } else if (payload instanceof Payload.MeshPacket packet) {
      lines.add(MESH_PACKET, packet.port() + " " + packet.data().hex());
    } else if (payload instanceof Payload.RoomReaction reaction) {
      lines.add(ROOM_REACTION, reaction.key());
      lines.about(reaction.target());
      lines.add(reaction.extras());
    } else if (payload instanceof Payload.RoomPicture picture) {
      lines.add(picture);
      picture.answers().ifPresent(lines::about);
    } else if (payload instanceof Payload.RoomMessage message) {
      lines.add(message.content());
      message.answers().ifPresent(lines::about);
    } else {
      throw new IllegalArgumentException("there are no words to store");
    }
    return lines.text.toString();
  }

  /** The payload; a damaged one is {@link Payload.Unreadable}, and harms no other. */
  static Payload decode(String text) {
    Fields fields = new Fields();
    try {
      text.lines().forEach(fields::take);
      return fields.payload();
    } catch (RuntimeException damaged) {
      // Every field has rules of its own, and a damaged row may break any of them.
      return new Payload.Unreadable();
    }
  }

  private static String escape(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\0", "\\0");
  }

  private static String unescape(String value) {
    if (value.indexOf('\\') < 0) {
      return value;
    }
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      plain.append(c == '\\' && ++i < value.length() ? meant(value.charAt(i)) : c);
    }
    return plain.toString();
  }

  private static char meant(char escaped) {
    return switch (escaped) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case '0' -> '\0';
      default -> escaped;
    };
  }

  /** What is written so far. */
  private static final class Lines {
    private final StringBuilder text = new StringBuilder();

    void add(String name, String value) {
      text.append(name).append(' ').append(escape(value)).append('\n');
    }

    void about(Origin origin) {
      add("about", Origins.key(origin));
      add("about-room", Origins.room(origin));
    }

    void add(MessageContent content) {
      add(ROOM, content.kind().name());
      add("body", content.body());
      content.formattedBody().ifPresent(html -> add("html", html));
      content.relation().replyTo().ifPresent(id -> add("reply", id.value()));
      content.relation().thread().ifPresent(id -> add("thread", id.value()));
      content.geoUri().ifPresent(uri -> add("geo", uri));
      add(content.extras());
    }

    void add(Payload.RoomPicture picture) {
      ImageContent.Info info = picture.info();
      add(ROOM_PICTURE, picture.file().value());
      add("body", picture.text());
      add("name", picture.name());
      add("type", info.type());
      add("bytes", Integer.toString(info.bytes()));
      add("size", info.width() + " " + info.height());
    }

    void add(List<ExtraField> extras) {
      for (ExtraField extra : extras) {
        if (extra instanceof ExtraField.Text words) {
          add("text", words.key() + " " + words.value());
        } else if (extra instanceof ExtraField.Number number) {
          add("number", number.key() + " " + number.value());
        }
      }
    }
  }

  /** What has been read so far. */
  private static final class Fields {
    private String first = "";
    private String value = "";
    private String body = "";
    private Optional<String> html = Optional.empty();
    private Optional<String> reply = Optional.empty();
    private Optional<String> thread = Optional.empty();
    private Optional<String> geo = Optional.empty();
    private String fileName = "";
    private String type = "";
    private String bytes = "";
    private String size = "";
    private Optional<String> about = Optional.empty();
    private String aboutRoom = "";
    private final List<ExtraField> extras = new ArrayList<>();

    void take(String line) {
      int space = line.indexOf(' ');
      String name = line.substring(0, space);
      String told = unescape(line.substring(space + 1));
      if (first.isEmpty()) {
        first = name;
        value = told;
        return;
      }
      switch (name) {
        case "body" -> body = told;
        case "html" -> html = Optional.of(told);
        case "reply" -> reply = Optional.of(told);
        case "thread" -> thread = Optional.of(told);
        case "geo" -> geo = Optional.of(told);
        case "name" -> fileName = told;
        case "type" -> type = told;
        case "bytes" -> bytes = told;
        case "size" -> size = told;
        case "about" -> about = Optional.of(told);
        case "about-room" -> aboutRoom = told;
        case "text" -> extras.add(new ExtraField.Text(beginning(told), rest(told)));
        case "number" ->
          extras.add(new ExtraField.Number(beginning(told), Long.parseLong(rest(told))));
        default -> throw new IllegalStateException("unknown field in a payload: " + line);
      }
    }

    Payload payload() {
      Optional<Origin> origin = about.map(key -> Origins.read(key, aboutRoom));
      return switch (first) {
        case MESH -> new Payload.MeshText(value, origin);
        case MESH_REACTION -> new Payload.MeshReaction(origin.orElseThrow(), value);
        case MESH_POSITION ->
          new Payload.MeshPosition(
              new GeoPoint(Double.parseDouble(beginning(value)), Double.parseDouble(rest(value))));
        case MESH_ROUTE_REQUEST -> new Payload.MeshRouteRequest();
        case MESH_PACKET ->
          new Payload.MeshPacket(Integer.parseInt(beginning(value)), new PacketData(rest(value)));
        case ROOM_REACTION -> new Payload.RoomReaction(origin.orElseThrow(), value, extras);
        case ROOM_PICTURE -> picture(origin);
        case ROOM -> new Payload.RoomMessage(content(), origin);
        default -> throw new IllegalStateException("unknown kind of payload: " + first);
      };
    }

    private Payload.RoomPicture picture(Optional<Origin> answers) {
      ImageContent.Info info = new ImageContent.Info(
          type,
          Integer.parseInt(bytes),
          Integer.parseInt(beginning(size)),
          Integer.parseInt(rest(size)));
      return new Payload.RoomPicture(body, fileName, info, new MxcUri(value), answers);
    }

    private MessageContent content() {
      Relation relation = new Relation(reply.map(EventId::new), thread.map(EventId::new));
      return new MessageContent(RoomEvent.Kind.valueOf(value), body, html, relation, geo, extras);
    }

    private static String beginning(String words) {
      return words.substring(0, words.indexOf(' '));
    }

    private static String rest(String words) {
      return words.substring(words.indexOf(' ') + 1);
    }
  }
}
