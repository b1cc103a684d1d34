package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.longwire.relay.bridge.Samples.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.radio.Signal;
import org.longwire.radio.Waypoint;
import org.longwire.relay.config.PrefixTemplate;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Arrival;

class MeshFilterTest {
  private static final NodeId SELF = new NodeId(0x10de0001);
  private static final NodeId ELSE = new NodeId(0x10de0002);
  private static final int PRIVATE_APP = 256;
  private static final int RANGE_TEST = PortNum.RANGE_TEST;
  private static final GeoPoint SUMMIT = new GeoPoint(46.5, 8);

  private boolean sensors = true;
  private boolean reactions = true;
  private boolean waypoints = true;
  private boolean positions;
  private Set<Integer> chat = Set.of();
  private Set<Integer> disabled = Set.of();
  private Set<NodeId> relays = Set.of();

  private static PacketHeader header(NodeId to, int channel, boolean privately) {
    return new PacketHeader(
        Samples.NODE,
        to,
        channel,
        PacketId.ofWire(5),
        Optional.empty(),
        OptionalInt.empty(),
        false,
        privately,
        Optional.empty(),
        Signal.UNKNOWN);
  }

  private String judge(Utterance said) {
    RelayConfig.Mesh mesh = new RelayConfig.Mesh(
        true,
        200,
        227,
        5,
        Duration.ofSeconds(3),
        true,
        sensors,
        chat,
        disabled,
        relays,
        new RelayConfig.Places(waypoints, positions, Duration.ZERO),
        Duration.ZERO,
        false,
        true,
        new PrefixTemplate(""),
        RelayConfig.Locations.TEXT);
    RelayConfig.Interactions interactions = new RelayConfig.Interactions(
        true,
        reactions,
        RelayConfig.ReactionStyle.NATIVE,
        RelayConfig.Edits.IGNORE,
        true,
        false,
        false);
    boolean direct = MeshFilter.isDirect(said.packet(), Optional.of(SELF));
    return new MeshFilter(mesh, interactions)
        .judge(said, direct, NOON)
        .map(Arrival.Verdict::reason)
        .orElse(direct ? "direct" : "relayed");
  }

  private String judge(PacketHeader packet, int port, String text) {
    return judge(
        new Utterance.Text(new MeshEvent.TextReceived(packet, port, text, Optional.empty())));
  }

  private String onPort(int port) {
    return judge(header(NodeId.BROADCAST, 0, false), port, "text");
  }

  private String reaction(PacketHeader packet, String symbol) {
    return judge(
        new Utterance.Tapback(new MeshEvent.ReactionReceived(packet, symbol, PacketId.ofWire(7))));
  }

  private String mark(PacketHeader packet, Optional<Instant> end) {
    return judge(new Utterance.Mark(
        new MeshEvent.WaypointReceived(packet, new Waypoint(1, "Camp", "", SUMMIT, end))));
  }

  private String position(PacketHeader packet) {
    return judge(new Utterance.Whereabouts(
        new MeshEvent.PositionReceived(packet, SUMMIT, OptionalInt.empty())));
  }

  @Test
  void nothingOfAnotherRelaysNodeIsRelayed() {
    relays = Set.of(Samples.NODE);
    String reason = "sent by the node of another relay (mesh.relay-nodes)";
    PacketHeader packet = header(NodeId.BROADCAST, 0, false);
    assertEquals(reason, onPort(PortNum.TEXT_MESSAGE));
    assertEquals(reason, reaction(packet, "\ud83d\udc4d"));
    assertEquals(reason, mark(packet, Optional.empty()));
    relays = Set.of(ELSE);
    assertEquals("relayed", onPort(PortNum.TEXT_MESSAGE));
  }

  @Test
  void wordsToEverybodyOnChatPortsAreRelayed() {
    assertEquals("relayed", onPort(PortNum.TEXT_MESSAGE));
    assertEquals("relayed", onPort(PortNum.ALERT));
    assertEquals("relayed", onPort(PortNum.STORE_FORWARD));
  }

  @Test
  void whatIsSaidToOurNodeIsDirectAndWhatIsSaidToOthersIsTheirs() {
    positions = true;
    for (boolean privately : new boolean[] {true, false}) {
      PacketHeader toUs = header(SELF, 0, privately);
      assertEquals("direct", judge(toUs, PortNum.TEXT_MESSAGE, "psst"));
      assertEquals("direct", judge(toUs, PortNum.DETECTION_SENSOR, "psst"));
      assertEquals("direct", reaction(toUs, "+"));
      assertEquals("direct", mark(toUs, Optional.empty()));
      assertEquals("direct", position(toUs));
    }
    assertEquals("direct", judge(header(ELSE, 0, true), PortNum.TEXT_MESSAGE, "psst"));
    PacketHeader toOthers = header(ELSE, 0, false);
    String theirs = "addressed to another node";
    assertEquals(theirs, judge(toOthers, PortNum.TEXT_MESSAGE, "psst"));
    assertEquals(theirs, reaction(toOthers, "+"));
    assertEquals(theirs, mark(toOthers, Optional.empty()));
    assertEquals(theirs, position(toOthers));
  }

  @Test
  void whatCameUnderOurKeyIsForNoSharedRoomWhateverItsAddress() {
    assertEquals("direct", judge(header(NodeId.BROADCAST, 0, true), PortNum.TEXT_MESSAGE, "psst"));
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
    positions = true;
    chat = Set.of(PRIVATE_APP);
    disabled = Set.of(PRIVATE_APP, PortNum.TEXT_MESSAGE, PortNum.WAYPOINT, PortNum.POSITION);
    PacketHeader packet = header(NodeId.BROADCAST, 0, false);
    assertEquals("port 256 is in mesh.disabled-portnums", onPort(PRIVATE_APP));
    assertEquals("port 1 is in mesh.disabled-portnums", onPort(PortNum.TEXT_MESSAGE));
    assertEquals("port 1 is in mesh.disabled-portnums", reaction(packet, "+"));
    assertEquals("port 8 is in mesh.disabled-portnums", mark(packet, Optional.empty()));
    assertEquals("port 3 is in mesh.disabled-portnums", position(packet));
    assertEquals(
        "port 1 is in mesh.disabled-portnums",
        judge(header(SELF, 0, true), PortNum.TEXT_MESSAGE, "psst"));
  }

  @Test
  void sensorsSpeakUnlessSwitchedOff() {
    assertEquals("relayed", onPort(PortNum.DETECTION_SENSOR));
    sensors = false;
    assertEquals("port 10 is not chat", onPort(PortNum.DETECTION_SENSOR));
  }

  @Test
  void reactionsAndPlacesMayBeSwitchedOff() {
    PacketHeader packet = header(NodeId.BROADCAST, 0, false);
    assertEquals("relayed", reaction(packet, "+"));
    assertEquals("relayed", mark(packet, Optional.empty()));
    assertEquals("positions are off (mesh.positions)", position(packet));
    reactions = false;
    waypoints = false;
    positions = true;
    assertEquals("reactions are off (interactions.reactions)", reaction(packet, "+"));
    assertEquals("marked places are off (mesh.waypoints)", mark(packet, Optional.empty()));
    assertEquals("relayed", position(packet));
  }

  @Test
  void aMarkThatIsOverIsNone() {
    PacketHeader packet = header(NodeId.BROADCAST, 0, false);
    assertEquals("a marked place is taken back", mark(packet, Optional.of(NOON)));
    assertEquals("relayed", mark(packet, Optional.of(NOON.plusSeconds(1))));
  }

  @Test
  void whatCannotBeShownOrPlacedIsNotRelayed() {
    PacketHeader packet = header(NodeId.BROADCAST, 0, false);
    assertEquals("nothing to say", judge(packet, PortNum.TEXT_MESSAGE, "\u0000\u200b "));
    assertEquals("nothing to say", reaction(packet, "\u200b"));
    assertEquals(
        "unknown channel", judge(header(NodeId.BROADCAST, 200, false), PortNum.TEXT_MESSAGE, "hi"));
  }
}
