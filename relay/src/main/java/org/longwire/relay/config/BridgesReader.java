package org.longwire.relay.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.radio.ChannelIndex;
import org.longwire.relay.config.RelayConfig.Bridge;

/** Reads {@code bridges = [ ]}. */
final class BridgesReader {
  private static final String SHAPE = "bridges[]";

  private final RadioChoice radios;
  private final Place file;
  private final ConfigProblems problems;
  private final Map<List<?>, Place> seen = new HashMap<>();

  /** @param radios the ids that were written, rightly or not */
  BridgesReader(Set<RadioId> radios, Place file, ConfigProblems problems) {
    this.radios = new RadioChoice(radios);
    this.file = file;
    this.problems = problems;
  }

  List<Bridge> read(ConfigObject root) {
    List<Bridge> bridges = new ArrayList<>();
    ConfigValue value = root.get("bridges");
    String cure = "; add bridges = [ { room = \"#mesh:example.org\", channel = 0 } ]";
    if (value == null) {
      problems.error(file, "bridges", " is missing" + cure);
    } else if (value instanceof ConfigList list) {
      if (list.isEmpty()) {
        problems.error(Place.of(value.origin(), file), "bridges", " is empty" + cure);
      }
      for (int i = 0; i < Math.min(list.size(), Keys.MAX_BRIDGES); i++) {
        if (list.get(i) instanceof ConfigObject object) {
          Place place = Place.of(object.origin(), file);
          bridge(new Section(object, "bridges[" + i + "]", SHAPE, place, problems))
              .ifPresent(bridges::add);
        }
      }
    }
    return List.copyOf(bridges);
  }

  private Optional<Bridge> bridge(Section section) {
    Optional<String> room =
        section.require(Keys.ROOM, "write room = \"#mesh:example.org\" or a room id");
    Optional<Integer> channel =
        section.require(Keys.CHANNEL, "write channel = 0 for the first, up to 7");
    Optional<RadioId> radio = radios.read(section, Keys.RADIO);
    if (room.isEmpty() || channel.isEmpty() || radio.isEmpty()) {
      return Optional.empty();
    }
    Place first =
        seen.putIfAbsent(List.of(room.get(), channel.get(), radio.get()), section.place());
    if (first != null) {
      problems.error(
          section.place(),
          section.path(),
          " joins the same room and channel as the one in %s; remove one of them"
              .formatted(first.line() > 0 ? "line " + first.line() : first.source()));
    }
    return Optional.of(new Bridge(
        room.get(), section.get(Keys.VIA), radio.get(), new ChannelIndex(channel.get())));
  }
}
