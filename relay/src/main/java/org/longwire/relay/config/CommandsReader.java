package org.longwire.relay.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.UserId;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RelayConfig.Commands;
import org.longwire.relay.config.RelayConfig.Direct;

/** Reads {@code commands { }} and {@code direct { }}. */
final class CommandsReader {
  private CommandsReader() {}

  static Commands commands(Section root) {
    Map<String, Role> roles = new LinkedHashMap<>();
    Keys.ROLES.forEach(key -> roles.put(key.name(), root.get(key)));
    Set<String> mesh = Set.copyOf(root.get(Keys.MESH_COMMANDS));
    for (Key<Role> key : Keys.ROLES) {
      if (mesh.contains(key.name()) && root.get(key) == Role.NOBODY) {
        root.warning(
            Keys.MESH_COMMANDS,
            " has %s, which %s gives to nobody; remove one of them"
                .formatted(key.name(), key.path()));
      }
    }
    return new Commands(
        root.get(Keys.COMMAND_MENTION),
        Set.copyOf(root.get(Keys.COMMAND_ADMINS)),
        Map.copyOf(roles),
        mesh,
        Set.copyOf(root.get(Keys.MESH_ADMINS)));
  }

  /** @param radios the ids that were written, rightly or not */
  static Direct direct(Section root, Set<RadioId> radios, Optional<UserId> self) {
    boolean enabled = root.get(Keys.DIRECT_ENABLED);
    List<Direct.Room> rooms = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    for (Section section : sections(root)) {
      Optional<Direct.Room> room = room(section, new RadioChoice(radios));
      if (room.isPresent() && !seen.add(List.of(room.get().radio(), room.get().node()))) {
        root.problems()
            .error(
                section.place(),
                section.path(),
                " gives a node to a second person, who would read the first one's messages;"
                    + " remove one of them");
      } else if (room.isPresent() && self.equals(Optional.of(room.get().user()))) {
        section.error(Keys.DIRECT_USER, " is the relay's own account; write somebody else's");
      }
      room.ifPresent(rooms::add);
    }
    if (!enabled && !rooms.isEmpty()) {
      root.warning(
          Keys.DIRECT_ENABLED, " is false, so that direct.rooms has no effect; write true");
    }
    if (enabled && !root.get(Keys.BROADCAST)) {
      root.warning(
          Keys.BROADCAST,
          " is false, so that no private room is opened; write true, or direct.enabled = false");
    }
    return new Direct(enabled, rooms);
  }

  private static List<Section> sections(Section root) {
    List<Section> sections = new ArrayList<>();
    if (root.object().get("direct") instanceof ConfigObject direct
        && direct.get("rooms") instanceof ConfigList list) {
      for (int i = 0; i < Math.min(list.size(), Keys.MAX_BRIDGES); i++) {
        if (list.get(i) instanceof ConfigObject object) {
          Place place = Place.of(object.origin(), root.place());
          sections.add(new Section(
              object, "direct.rooms[" + i + "]", "direct.rooms[]", place, root.problems()));
        }
      }
    }
    return sections;
  }

  private static Optional<Direct.Room> room(Section section, RadioChoice radios) {
    Optional<UserId> user =
        section.require(Keys.DIRECT_USER, "write user = \"@maria:example.org\"");
    Optional<NodeId> node = section.require(Keys.DIRECT_NODE, "write node = \"!a1b2c3d4\"");
    Optional<RadioId> radio = radios.read(section, Keys.DIRECT_RADIO);
    return user.isPresent() && node.isPresent() && radio.isPresent()
        ? Optional.of(new Direct.Room(user.get(), radio.get(), node.get()))
        : Optional.empty();
  }
}
