package org.longwire.relay.bridge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.ExtraField;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;

/** The event keys that relays between Meshtastic and Matrix share (mmrelay-compat.md §4.7). */
public final class MeshKeys {
  static final String LONG_NAME = "meshtastic_longname";
  static final String SHORT_NAME = "meshtastic_shortname";
  static final String MESHNET = "meshtastic_meshnet";
  static final String PORTNUM = "meshtastic_portnum";
  static final String ID = "meshtastic_id";
  static final String REPLY_ID = "meshtastic_replyId";
  static final String TEXT = "meshtastic_text";
  static final String EMOJI = "meshtastic_emoji";

  /** Ports by the names under which other relays know them; others travel as numbers. */
  private static final Map<Integer, String> PORT_NAMES = Map.of(
      PortNum.TEXT_MESSAGE, "TEXT_MESSAGE_APP",
      PortNum.TEXT_MESSAGE_COMPRESSED, "TEXT_MESSAGE_COMPRESSED_APP",
      PortNum.POSITION, "POSITION_APP",
      PortNum.WAYPOINT, "WAYPOINT_APP",
      PortNum.DETECTION_SENSOR, "DETECTION_SENSOR_APP",
      PortNum.ALERT, "ALERT_APP",
      PortNum.STORE_FORWARD, "STORE_FORWARD_APP",
      PortNum.RANGE_TEST, "RANGE_TEST_APP");

  private MeshKeys() {}

  /** Whether an event says of itself that it is of a mesh, which anybody may make it say. */
  public static boolean isOfRelay(List<ExtraField> extras) {
    return extras.stream().anyMatch(extra -> extra.key().startsWith("meshtastic_"));
  }

  static ExtraField port(int port) {
    String name = PORT_NAMES.get(port);
    return name == null ? new ExtraField.Number(PORTNUM, port) : new ExtraField.Text(PORTNUM, name);
  }

  /** The packet that a relay says it made a message of; empty if it says none. */
  static Optional<PacketId> packet(List<ExtraField> extras) {
    for (ExtraField extra : extras) {
      if (extra instanceof ExtraField.Number number
          && number.key().equals(ID)
          && number.value() == (number.value() & 0xffff_ffffL)) {
        return PacketId.ofWire((int) number.value());
      }
    }
    return Optional.empty();
  }

  /** Whether there is a number under a key. */
  static boolean hasNumber(List<ExtraField> extras, String key) {
    return extras.stream()
        .anyMatch(extra -> extra instanceof ExtraField.Number && extra.key().equals(key));
  }

  /** Whether there is something under a key that Python takes for true, as other relays do. */
  static boolean isTruthy(List<ExtraField> extras, String key) {
    return extras.stream()
        .filter(extra -> extra.key().equals(key))
        .anyMatch(extra -> extra instanceof ExtraField.Number number && number.value() != 0
            || extra instanceof ExtraField.Text text && !text.value().isEmpty());
  }

  /** The text under a key; empty if the key is absent or holds a number. */
  static Optional<String> text(List<ExtraField> extras, String key) {
    for (ExtraField extra : extras) {
      if (extra instanceof ExtraField.Text text && text.key().equals(key)) {
        return Optional.of(text.value());
      }
    }
    return Optional.empty();
  }
}
