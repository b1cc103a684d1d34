package org.longwire.relay.bridge;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.matrix.ExtraField;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Origin;

/**
 * Our own key on what we post, {@code main/!a1b2c3d4/0badcafe}: by it the relay finds its message
 * in the room again. Only worth something on events of our own account; see
 * {@link LoopGuard#ownOrigin}.
 */
public final class OriginMark {
  public static final String KEY = "org.longwire.origin";

  private static final Pattern WRITTEN =
      Pattern.compile("([a-z0-9-]{1,32})/(![0-9a-f]{8})/([0-9a-f]{8})");

  private OriginMark() {}

  public static ExtraField write(Origin.Packet origin) {
    return new ExtraField.Text(
        KEY, "%s/%s/%s".formatted(origin.radio(), origin.from(), origin.id()));
  }

  /** The packet named among a message's custom keys; empty if none is, or not well. */
  public static Optional<Origin.Packet> read(List<ExtraField> extras) {
    return MeshKeys.text(extras, KEY).flatMap(OriginMark::parse);
  }

  private static Optional<Origin.Packet> parse(String written) {
    Matcher parts = WRITTEN.matcher(written);
    if (!parts.matches() || !RadioId.isValid(parts.group(1))) {
      return Optional.empty();
    }
    RadioId radio = new RadioId(parts.group(1));
    int packet = Integer.parseUnsignedInt(parts.group(3), 16);
    return NodeId.parse(parts.group(2))
        .flatMap(from -> PacketId.ofWire(packet).map(id -> new Origin.Packet(radio, from, id)));
  }
}
