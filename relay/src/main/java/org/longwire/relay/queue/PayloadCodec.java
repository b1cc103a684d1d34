package org.longwire.relay.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.RoomEvent;
import org.longwire.radio.PacketId;

/**
 * A payload as text and back: one line per field, {@code name value}, with line ends, NUL and
 * backslashes escaped, because strangers wrote the values. The first line names the kind.
 */
final class PayloadCodec {
  private static final String MESH = "mesh";
  private static final String ROOM = "room";

  private PayloadCodec() {}

  static String encode(Payload payload) {
    StringBuilder lines = new StringBuilder();
    if (payload instanceof Payload.MeshText text) {
      line(lines, MESH, text.text());
      text.replyTo().ifPresent(id -> line(lines, "reply", id.toString()));
      return lines.toString();
    }
    MessageContent content = ((Payload.RoomMessage) payload).content();
    line(lines, ROOM, content.kind().name());
    line(lines, "body", content.body());
    content.formattedBody().ifPresent(html -> line(lines, "html", html));
    content.replyTo().ifPresent(id -> line(lines, "reply", id.value()));
    for (ExtraField extra : content.extras()) {
      if (extra instanceof ExtraField.Text text) {
        line(lines, "text", text.key() + " " + text.value());
      } else if (extra instanceof ExtraField.Number number) {
        line(lines, "number", number.key() + " " + number.value());
      }
    }
    return lines.toString();
  }

  private static void line(StringBuilder lines, String name, String value) {
    lines.append(name).append(' ').append(escape(value)).append('\n');
  }

  static Payload decode(String text) {
    Fields fields = new Fields();
    text.lines().forEach(fields::take);
    return fields.payload();
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

  /** What has been read so far. */
  private static final class Fields {
    private Optional<String> mesh = Optional.empty();
    private Optional<String> reply = Optional.empty();
    private Optional<String> html = Optional.empty();
    private String kind = "";
    private String body = "";
    private final List<ExtraField> extras = new ArrayList<>();

    void take(String line) {
      int space = line.indexOf(' ');
      String value = unescape(line.substring(space + 1));
      switch (line.substring(0, space)) {
        case MESH -> mesh = Optional.of(value);
        case ROOM -> kind = value;
        case "body" -> body = value;
        case "html" -> html = Optional.of(value);
        case "reply" -> reply = Optional.of(value);
        case "text" -> extras.add(new ExtraField.Text(key(value), rest(value)));
        case "number" -> extras.add(new ExtraField.Number(key(value), Long.parseLong(rest(value))));
        default -> throw new IllegalStateException("unknown field in a payload: " + line);
      }
    }

    Payload payload() {
      if (mesh.isPresent()) {
        return new Payload.MeshText(mesh.get(), reply.map(PacketId::parse));
      }
      return new Payload.RoomMessage(new MessageContent(
          RoomEvent.Kind.valueOf(kind), body, html, reply.map(EventId::new), extras));
    }

    private static String key(String value) {
      return value.substring(0, value.indexOf(' '));
    }

    private static String rest(String value) {
      return value.substring(value.indexOf(' ') + 1);
    }
  }
}
