package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Arrival;

class MeshFilterTest {
  private static final NodeId SELF = new NodeId(0x10de0001);
  private static final NodeId ELSE = new NodeId(0x10de0002);
  private static final int PRIVATE_APP = 256;
  private static final int RANGE_TEST = PortNum.RANGE_TEST;

  private boolean sensors = true;
  private Set<Integer> chat = Set.of();
  private Set<Integer> disabled = Set.of();

  private String judge(NodeId to, int channel, int port, boolean privately, String text) {
    PacketHeader header = new PacketHeader(
        Samples.NODE,
        to,
        channel,
        PacketId.ofWire(5),
        Optional.empty(),
        OptionalInt.empty(),
        false,
        privately);
    RelayConfig.Mesh config = new RelayConfig.Mesh(
        true, 200, 227, 5, Duration.ofSeconds(3), true, sensors, chat, disabled, Duration.ZERO);
    return new MeshFilter(config)
        .judge(new MeshEvent.TextReceived(header, port, text, Optional.empty()), Optional.of(SELF))
        .map(Arrival.Verdict::reason)
        .orElse("relayed");
  }

  private String onPort(int port) {
    return judge(NodeId.BROADCAST, 0, port, false, "text");
  }

  @Test
  void wordsToEverybodyOnChatPortsAreRelayed() {
    assertEquals("relayed", onPort(PortNum.TEXT_MESSAGE));
    assertEquals("relayed", onPort(PortNum.ALERT));
    assertEquals("relayed", onPort(PortNum.STORE_FORWARD));
  }

  @Test
  void wordsToOneNodeAreNot() {
    String direct = "a direct message; it belongs in no shared room";
    assertEquals(direct, judge(SELF, 0, PortNum.TEXT_MESSAGE, true, "psst"));
    assertEquals(direct, judge(SELF, 0, PortNum.TEXT_MESSAGE, false, "psst"));
    assertEquals(direct, judge(ELSE, 0, PortNum.TEXT_MESSAGE, true, "psst"));
    assertEquals("addressed to another node", judge(ELSE, 0, PortNum.TEXT_MESSAGE, false, "psst"));
  }

  @Test
  void otherPortsAreChatOnlyIfTheConfigurationSaysSo() {
    assertEquals("port 256 is not chat", onPort(PRIVATE_APP));
    assertEquals("port 66 is not chat", onPort(RANGE_TEST));
    chat = Set.of(PRIVATE_APP);
    assertEquals("relayed", onPort(PRIVATE_APP));
  }

  @Test
  void aDisabledPortIsNeverRelayed() {
    chat = Set.of(PRIVATE_APP);
    disabled = Set.of(PRIVATE_APP, PortNum.TEXT_MESSAGE);
    assertEquals("port 256 is in mesh.disabled-portnums", onPort(PRIVATE_APP));
    assertEquals("port 1 is in mesh.disabled-portnums", onPort(PortNum.TEXT_MESSAGE));
  }

  @Test
  void sensorsSpeakUnlessSwitchedOff() {
    assertEquals("relayed", onPort(PortNum.DETECTION_SENSOR));
    sensors = false;
    assertEquals("port 10 is not chat", onPort(PortNum.DETECTION_SENSOR));
  }

  @Test
  void whatCannotBeShownOrPlacedIsNotRelayed() {
    assertEquals(
        "nothing to say", judge(NodeId.BROADCAST, 0, PortNum.TEXT_MESSAGE, false, "\u0000\u200b "));
    assertEquals(
        "unknown channel", judge(NodeId.BROADCAST, 200, PortNum.TEXT_MESSAGE, false, "hi"));
  }
}
