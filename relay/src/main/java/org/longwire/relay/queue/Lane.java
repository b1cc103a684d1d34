package org.longwire.relay.queue;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;

/**
 * An address as the ledger writes it. A radio's name has no colon, so the parts of a mesh address
 * cannot run into each other.
 */
record Lane(String key) {
  static final String ROOM = "room:";
  static final String MESH = "mesh:";

  private static final Pattern MESH_KEY =
      Pattern.compile(MESH + "([^:]+):([0-9]{1,3}):([0-9a-f]{8})");

  static Lane of(Address address) {
    if (address instanceof Address.Mesh mesh) {
      return new Lane(MESH + mesh.radio() + ":" + mesh.channel() + ":"
          + mesh.to().toString().substring(1));
    }
    return new Lane(ROOM + ((Address.Room) address).configured());
  }

  /** Where it leads; an unreadable one, which is no lane of ours, leads to a room of its name. */
  Address address() {
    return read().orElseGet(() -> new Address.Room(key));
  }

  /** Whether this was written by {@link #of}, and has stayed whole. */
  boolean isReadable() {
    return read().isPresent();
  }

  private Optional<Address> read() {
    if (key.startsWith(ROOM)) {
      return Optional.of(new Address.Room(key.substring(ROOM.length())));
    }
    Matcher parts = MESH_KEY.matcher(key);
    if (!parts.matches() || !RadioId.isValid(parts.group(1))) {
      return Optional.empty();
    }
    int channel = Integer.parseInt(parts.group(2));
    return ChannelIndex.isValid(channel)
        ? NodeId.parse("!" + parts.group(3))
            .map(node ->
                new Address.Mesh(new RadioId(parts.group(1)), new ChannelIndex(channel), node))
        : Optional.empty();
  }
}
