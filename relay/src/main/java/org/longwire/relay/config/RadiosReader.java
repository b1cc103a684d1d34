package org.longwire.relay.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.longwire.relay.config.RelayConfig.RadioPort;

/** Reads {@code radio { }}, or {@code radios { id { } }}, into the places of the radios. */
final class RadiosReader {
  private static final String SHAPE = "radios.*";

  private final ConfigObject root;
  private final Place file;
  private final ConfigProblems problems;

  /** The first radio at each place, to find the second. */
  private final Map<RadioPort, String> taken = new HashMap<>();

  RadiosReader(ConfigObject root, Place file, ConfigProblems problems) {
    this.root = root;
    this.file = file;
    this.problems = problems;
  }

  /** All radios that are right; the ids of wrong ones are not known to bridges either. */
  Map<RadioId, Optional<RadioPort>> read() {
    Map<RadioId, Optional<RadioPort>> radios =
        new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    ConfigValue one = root.get("radio");
    ConfigValue many = root.get("radios");
    if (one != null && many != null) {
      problems.error(
          Place.of(one.origin(), file),
          "radio",
          " is short for radios.main, and radios is there too; move it into radios { main { ... } }");
    } else if (one instanceof ConfigObject object) {
      radios.put(RadioId.MAIN, port(section(object, "radio")));
    } else if (many instanceof ConfigObject objects) {
      objects.entrySet().stream()
          .sorted(Comparator.comparingInt(entry -> entry.getValue().origin().lineNumber()))
          .forEach(entry -> named(entry.getKey(), entry.getValue(), radios));
    }
    boolean none =
        one == null && many == null || many instanceof ConfigObject objects && objects.isEmpty();
    if (none) {
      problems.error(
          new Place(file.source(), file.line()),
          "radio",
          " is missing; add radio { port = \"/dev/serial/by-id/...\" },"
              + " or radio { link = tcp, host = \"...\" }");
    }
    return radios;
  }

  private void named(String name, ConfigValue value, Map<RadioId, Optional<RadioPort>> radios) {
    if (!RadioId.isValid(name)) {
      problems.error(
          Place.of(value.origin(), file),
          "radios." + name,
          " is no name for a radio; use 1 to 32 of a-z, 0-9 and dash");
    } else if (value instanceof ConfigObject object) {
      radios.put(new RadioId(name), port(section(object, "radios." + name)));
    }
  }

  private Section section(ConfigObject object, String path) {
    return new Section(object, path, SHAPE, Place.of(object.origin(), file), problems);
  }

  private Optional<RadioPort> port(Section section) {
    Optional<RadioPort> port =
        section.get(Keys.LINK).equals("tcp") ? tcp(section) : serial(section);
    port.ifPresent(p -> {
      String other = taken.putIfAbsent(p, section.path());
      if (other != null) {
        section
            .problems()
            .error(
                section.place(),
                section.path(),
                " is at the same place as " + other + "; give each radio its own");
      }
    });
    return port;
  }

  private static Optional<RadioPort> serial(Section section) {
    if (section.has(Keys.HOST)) {
      section.error(
          Keys.HOST,
          " is for link = tcp, but the link is serial; write link = tcp," + " or remove it");
      return Optional.empty();
    }
    Optional<String> path = section.require(
        Keys.PORT, "write port = \"/dev/serial/by-id/...\" (\"longwire ports\" lists them)");
    path.filter(p -> p.matches("/dev/tty(USB|ACM)[0-9]+"))
        .ifPresent(p -> section.warning(
            Keys.PORT,
            " is \"" + p + "\", which may be another device after replugging;"
                + " prefer its name under /dev/serial/by-id"));
    int baud = section.get(Keys.BAUD);
    return path.map(p -> new RadioPort.Serial(Path.of(p), baud));
  }

  private static Optional<RadioPort> tcp(Section section) {
    if (section.has(Keys.PORT)) {
      section.error(
          Keys.PORT, " is a serial device's path, but the link is tcp; write host and tcp-port");
      return Optional.empty();
    }
    int port = section.get(Keys.TCP_PORT);
    return section
        .require(Keys.HOST, "write host = \"meshtastic.local\" with the radio's name or address")
        .map(host -> new RadioPort.Tcp(host.replaceAll("[\\[\\]]", ""), port));
  }
}
