package org.longwire.relay.queue;

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

  static Lane of(Address address) {
    if (address instanceof Address.Mesh mesh) {
      return new Lane(MESH + mesh.radio() + ":" + mesh.channel() + ":"
          + mesh.to().toString().substring(1));
    }
    return new Lane(ROOM + ((Address.Room) address).configured());
  }

  Address address() {
    if (key.startsWith(ROOM)) {
      return new Address.Room(key.substring(ROOM.length()));
    }
    String[] parts = key.substring(MESH.length()).split(":");
    return new Address.Mesh(
        new RadioId(parts[0]),
        new ChannelIndex(Integer.parseInt(parts[1])),
        NodeId.parse(parts[2]).orElseThrow());
  }
}
