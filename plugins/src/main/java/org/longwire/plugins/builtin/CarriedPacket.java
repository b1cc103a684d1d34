package org.longwire.plugins.builtin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketData;
import org.longwire.radio.PacketId;

/**
 * A packet for everybody on its way from one mesh to others, as relays write it to each other:
 * {@code 1 PORT FROM TO CHANNEL ID PAYLOAD MESH}, the first number being the version of this form.
 *
 * @param from who sent it on its own mesh
 * @param channel on which it was heard there
 * @param mesh the name of that mesh
 */
record CarriedPacket(
    int port, NodeId from, ChannelIndex channel, PacketId id, PacketData payload, String mesh) {
  /** The key of a message's content that holds it. */
  static final String KEY = "org.longwire.packet";

  static final int MAX_MESH_NAME = 40;

  private static final Pattern FORM = Pattern.compile("1 ([1-9]\\d{0,2}) (![0-9a-f]{8}) "
      + "!ffffffff ([0-7]) ([0-9a-f]{8}) ((?:[0-9a-f]{2}){1,%d}) (\\S.{0,%d})"
          .formatted(PacketData.MAX_BYTES, MAX_MESH_NAME - 1));

  String written() {
    return "1 %d %s %s %s %s %s %s"
        .formatted(port, from, NodeId.BROADCAST, channel, id, payload.hex(), mesh);
  }

  /** Reads what {@link #written} wrote; empty if it is anything else, of whatever length. */
  static Optional<CarriedPacket> read(String written) {
    Matcher form = FORM.matcher(written);
    if (!form.matches()) {
      return Optional.empty();
    }
    Optional<NodeId> from = NodeId.parse(form.group(2));
    Optional<PacketId> id = PacketId.ofWire(Integer.parseUnsignedInt(form.group(4), 16));
    return from.isEmpty() || id.isEmpty()
        ? Optional.empty()
        : Optional.of(new CarriedPacket(
            Integer.parseInt(form.group(1)),
            from.get(),
            new ChannelIndex(Integer.parseInt(form.group(3))),
            id.get(),
            new PacketData(form.group(5)),
            form.group(6)));
  }
}
