package org.longwire.relay.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.longwire.matrix.RoomAlias;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.Secret;
import org.longwire.matrix.UserId;
import org.longwire.plugins.host.Spelling;
import org.longwire.radio.NodeId;
import org.longwire.radio.PortNum;
import org.longwire.relay.config.Form.Reading;

/** The forms of the field: radios, rooms, users, servers and prefixes. */
final class FieldForms {
  /** Bytes of a Matrix identifier; its specification's limit. */
  private static final int MAX_ID = 255;

  private static final int MAX_PATH = 1024;
  private static final int MAX_URL = 1024;
  private static final int MAX_SECRET = 4096;

  /** The highest port number of the interface's enumeration. */
  private static final int MAX_PORTNUM = 511;

  private static final Pattern SERVER =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?");
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9._-]+|\\[?(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]+(%\\w+)?]?");
  private static final Set<Integer> BAUDS =
      Set.of(9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600);

  private static final Map<String, Integer> PORTNUMS = portnums();

  private FieldForms() {}

  static Form<UserId> user() {
    return value -> Forms.text(MAX_ID).read(value).then(text -> {
      if (!text.startsWith("@") || text.indexOf(':') < 2 || !isServer(afterColon(text))) {
        String cure = text.matches("[a-z0-9._=/+-]+")
            ? "; write all of it: \"@" + text + ":example.org\" with your server's name"
            : "; write a whole user id, such as \"@relay:example.org\"";
        return Reading.misfit(" is " + Forms.show(value) + cure, value);
      }
      try {
        return Reading.of(new UserId(text), value);
      } catch (IllegalArgumentException e) {
        return Reading.misfit(
            " is " + Forms.show(value) + "; write a user id without spaces", value);
      }
    });
  }

  /** A room id or an alias, as text. */
  static Form<String> room() {
    return value -> Forms.text(MAX_ID).read(value).then(text -> {
      try {
        if (text.startsWith("!")) {
          return Reading.of(new RoomId(text).value(), value);
        }
        if (text.startsWith("#") && text.indexOf(':') > 1 && isServer(afterColon(text))) {
          return Reading.of(new RoomAlias(text).value(), value);
        }
      } catch (IllegalArgumentException e) {
        return Reading.misfit(" is " + Forms.show(value) + "; write it without spaces", value);
      }
      return Reading.misfit(" is " + Forms.show(value) + roomCure(text), value);
    });
  }

  private static String roomCure(String text) {
    if (text.startsWith("#")) {
      return "; an alias ends in its server, such as \"#mesh:example.org\"";
    }
    if (text.indexOf(':') > 0 && isServer(afterColon(text))) {
      return "; did you mean \"#" + text + "\"?";
    }
    return "; write an alias, such as \"#mesh:example.org\", or a room id, which begins with !";
  }

  /** The name of a homeserver. */
  static Form<String> server() {
    return value -> Forms.text(MAX_ID)
        .read(value)
        .then(text -> isServer(text)
            ? Reading.of(text, value)
            : Reading.misfit(
                " is " + Forms.show(value) + "; write a server's name, such as \"example.org\"",
                value));
  }

  /** The base URL of a homeserver; whether plain http is bearable is decided by the reader. */
  static Form<URI> homeserver() {
    return value -> Forms.text(MAX_URL).read(value).then(text -> {
      String is = " is " + Forms.show(value);
      if (!text.contains("://")) {
        return Reading.misfit(
            is + "; write \"https://" + text.replaceFirst("^/*", "") + "\"", value);
      }
      try {
        URI url = new URI(text.replaceFirst("/+$", ""));
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
          return Reading.misfit(is + "; its address must begin with https://", value);
        }
        if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
          return Reading.misfit(
              is.replaceFirst("//[^@/]*@", "//***@")
                  + "; write the address alone, without user, ? or #",
              value);
        }
        return url.getHost() == null || url.getPort() > 65535
            ? Reading.misfit(is + "; write an address such as \"https://example.org\"", value)
            : Reading.of(url, value);
      } catch (URISyntaxException e) {
        return Reading.misfit(is + "; write an address such as \"https://example.org\"", value);
      }
    });
  }

  /** A secret; what is wrong with it is said without showing it. */
  static Form<Secret> secret() {
    return value -> Forms.name(MAX_SECRET).read(value).value().isPresent()
        ? Reading.of(new Secret(String.valueOf(value.unwrapped())), value)
        : Reading.misfit(
            " is not a text of one line; write the secret alone in quotes, or name a file", value);
  }

  /** The path of a file. */
  static Form<String> path() {
    return value -> Forms.name(MAX_PATH)
        .read(value)
        .then(text -> text.indexOf('\0') >= 0
            ? Reading.misfit(" is not a path; write the path of a file", value)
            : Reading.of(text, value));
  }

  /** The path of a serial device. */
  static Form<String> device() {
    return value -> path()
        .read(value)
        .then(text -> text.startsWith("/")
            ? Reading.of(text, value)
            : Reading.misfit(
                " is " + Forms.show(value)
                    + "; write the whole path of the device, best one under /dev/serial/by-id"
                    + " (\"longwire ports\" lists them)",
                value));
  }

  static Form<Integer> baud() {
    return value -> Forms.whole(0, Integer.MAX_VALUE, "").read(value).then(baud -> {
      if (baud == 1200) {
        return Reading.misfit(
            " is 1200, which puts many radios into their boot loader; write 115200", value);
      }
      return BAUDS.contains(baud)
          ? Reading.of(baud, value)
          : Reading.misfit(
              " is " + baud + ", which no radio speaks; write 115200, or what was set in it",
              value);
    });
  }

  /** A host's name or address, without a port. */
  static Form<String> host() {
    return value -> Forms.name(MAX_ID).read(value).then(text -> {
      if (HOST.matcher(text).matches()) {
        return Reading.of(text, value);
      }
      String cure = text.matches("[A-Za-z0-9._-]+:[0-9]{1,5}")
          ? "; write host = \"%s\" and tcp-port = %s"
              .formatted(text.substring(0, text.indexOf(':')), afterColon(text))
          : "; write a name or an address, such as \"meshtastic.local\"";
      return Reading.misfit(" is " + Forms.show(value) + cure, value);
    });
  }

  /** A port number of the mesh, by number or by its name in the interface. */
  static Form<Integer> portnum() {
    return value -> {
      String text = String.valueOf(value.unwrapped()).strip();
      if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= MAX_PORTNUM) {
        return Reading.of(Integer.parseInt(text), value);
      }
      String name = text.toUpperCase(Locale.ROOT);
      Integer known = PORTNUMS.get(name);
      if (known != null) {
        return Reading.of(known, value);
      }
      String cure = Spelling.nearest(name, PORTNUMS.keySet())
          .map(near -> "; did you mean \"" + near + "\"?")
          .orElse("; write a port number from 0 to " + MAX_PORTNUM);
      return Reading.misfit(" is " + Forms.show(value) + cure, value);
    };
  }

  /** A node of the mesh, by its number. */
  static Form<NodeId> node() {
    return value -> {
      Optional<NodeId> node = NodeId.parse(String.valueOf(value.unwrapped()).strip());
      if (node.isEmpty()) {
        return Reading.misfit(
            " is " + Forms.show(value) + "; write a node's number, such as \"!a1b2c3d4\"", value);
      }
      return node.get().isBroadcast()
          ? Reading.misfit(" is the whole mesh; write the number of one node", value)
          : Reading.of(node.get(), value);
    };
  }

  /** A node's public key, in small letters. */
  static Form<String> publicKey() {
    return value -> {
      String key = String.valueOf(value.unwrapped()).strip().toLowerCase(Locale.ROOT);
      return key.matches("[0-9a-f]{64}")
          ? Reading.of(key, value)
          : Reading.misfit(
              " is " + Forms.show(value)
                  + "; write the 64 hex digits of a node's public key"
                  + " (\"longwire nodes show\" tells them)",
              value);
    };
  }

  static Form<PrefixTemplate> prefix(Set<String> variables) {
    return value -> Forms.text(MAX_PATH).read(value).then(text -> {
      PrefixTemplate.Parsed parsed = PrefixTemplate.parse(text, variables);
      return parsed
          .template()
          .map(template -> Reading.of(template, value))
          .orElseGet(() -> Reading.misfit(" " + parsed.problem(), value));
    });
  }

  private static boolean isServer(String text) {
    return SERVER.matcher(text).matches();
  }

  private static String afterColon(String text) {
    return text.substring(text.indexOf(':') + 1);
  }

  private static Map<String, Integer> portnums() {
    Map<String, Integer> names = new LinkedHashMap<>();
    names.put("TEXT_MESSAGE_APP", PortNum.TEXT_MESSAGE);
    names.put("POSITION_APP", PortNum.POSITION);
    names.put("NODEINFO_APP", PortNum.NODEINFO);
    names.put("ROUTING_APP", PortNum.ROUTING);
    names.put("ADMIN_APP", PortNum.ADMIN);
    names.put("TEXT_MESSAGE_COMPRESSED_APP", PortNum.TEXT_MESSAGE_COMPRESSED);
    names.put("WAYPOINT_APP", PortNum.WAYPOINT);
    names.put("DETECTION_SENSOR_APP", PortNum.DETECTION_SENSOR);
    names.put("ALERT_APP", PortNum.ALERT);
    names.put("STORE_FORWARD_APP", PortNum.STORE_FORWARD);
    names.put("RANGE_TEST_APP", PortNum.RANGE_TEST);
    names.put("TELEMETRY_APP", PortNum.TELEMETRY);
    return Map.copyOf(names);
  }
}
