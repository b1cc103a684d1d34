package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.radio.sim.AirPacket;
import org.longwire.radio.sim.NodeSettings;
import org.longwire.relay.bridge.Portal;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Fate;

/** What is said to our node alone: who sees it, and in which form. */
class PrivateWordsTest extends SteppedRelayTest {
  private static final String THUMB = "\ud83d\udc4d";
  private static final String PLACES = """
      mesh { waypoints = true, positions = true }
      """;
  private int packets = 0x1000;

  private static byte[] position(int latitudeE7, int longitudeE7) {
    return ByteBuffer.allocate(10)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0x0d)
        .putInt(latitudeE7)
        .put((byte) 0x15)
        .putInt(longitudeE7)
        .array();
  }

  private static byte[] waypoint(String name) {
    byte[] words = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(14 + words.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {0x08, 9, 0x15})
        .putInt(469_480_000)
        .put((byte) 0x1d)
        .putInt(74_474_000)
        .put((byte) 0x32)
        .put((byte) words.length)
        .put(words)
        .array();
  }

  private PacketId whispers(int port, byte[] payload) {
    return world.ridge.send(toUs(port, payload));
  }

  private AirPacket toUs(int port, byte[] payload) {
    PacketId id = new PacketId(packets++);
    return AirPacket.of(world.ridge.id(), TestWorld.NODE, id, port, payload);
  }

  private PacketId heardAs(String part) {
    return world.mesh.heardBy(world.ridge).stream()
        .filter(text -> text.text().contains(part))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private AirPacket whisper(String text) {
    return toUs(PortNum.TEXT_MESSAGE, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Everything that a node can say to ours alone, about something that the shared room has. */
  private void whisperInEveryForm(PacketId known) {
    world.ridge.send(whisper("a text"));
    world.ridge.send(whisper("a reply").replyingTo(known));
    world.ridge.send(whisper(THUMB).replyingTo(known).asTapback());
    world.ridge.send(whisper("no emoji").replyingTo(known).asTapback());
    whispers(PortNum.DETECTION_SENSOR, "a sensor".getBytes(StandardCharsets.UTF_8));
    whispers(PortNum.ALERT, "an alert".getBytes(StandardCharsets.UTF_8));
    whispers(PortNum.RANGE_TEST, "a port".getBytes(StandardCharsets.UTF_8));
    whispers(PortNum.WAYPOINT, waypoint("a mark"));
    whispers(PortNum.POSITION, position(470_000_000, 80_000_000));
  }

  private List<PostedEvent> posted(RoomId room) {
    return world.server.room(room).events().stream()
        .filter(event -> event.sender().equals(world.bot))
        .filter(event -> event.stateKey().isEmpty())
        .toList();
  }

  @Test
  void nothingSaidToUsAloneReachesASharedRoomInAnyForm() throws Exception {
    start(PLACES + "mesh.chat-portnums = [ RANGE_TEST_APP ]");
    world.says("hello");
    relay.seconds(10);
    whisperInEveryForm(heardAs("hello"));
    relay.minutes(1);
    assertEquals(List.of(), posted(world.room));
    for (String words : List.of(
        "a text", "a reply", THUMB, "no emoji", "a sensor", "an alert", "a port", "a mark")) {
      assertFate(Fate.FILTERED, "a direct message; no private room is open for this node", words);
    }
  }

  private RoomId openPrivateRoom() throws Exception {
    RoomId room = world.server.createRoom("ridge");
    world.server.join(room, world.maria);
    Address.Room address = new Address.Room("#ridge:localhost");
    Portal.End end = Portal.End.direct(RadioId.MAIN, world.ridge.id());
    relay.portals.add(new Portal(address, List.of(), List.of(end)));
    relay.minutes(2);
    return room;
  }

  @Test
  void allOfItReachesThePrivateRoomAndNoOther() throws Exception {
    start(PLACES + "mesh.chat-portnums = [ RANGE_TEST_APP ]");
    world.says("hello");
    RoomId room = openPrivateRoom();
    whisperInEveryForm(heardAs("hello"));
    relay.minutes(1);
    assertEquals(List.of(), posted(world.room));
    assertEquals(
        List.of(
            "[RDG] a text",
            "[RDG] a reply",
            "[RDG] " + THUMB,
            "[RDG] no emoji",
            "[RDG] a sensor",
            "[RDG] an alert",
            "[RDG] a port",
            "[RDG] \ud83d\udccd a mark (46.948, 7.4474)",
            "[RDG] (not encrypted for us) \ud83d\udccd 47, 8"),
        world.shown(room));
    assertTrue(
        posted(room).stream().noneMatch(event -> event.content().contains("m.relates_to")),
        "nothing is answered");
  }

  @Test
  void whoHasTheNumberOnlyIsShownWithARemarkInWhateverForm() throws Exception {
    start();
    RoomId room = openPrivateRoom();
    PacketId first = world.ridge.whispers(TestWorld.NODE, "shall I open the door?");
    relay.seconds(10);
    world.ridge.changesKey().tellsNames();
    relay.seconds(10);
    world.ridge.whispers(TestWorld.NODE, "do");
    world.ridge.whispersReaction(TestWorld.NODE, first, THUMB);
    relay.seconds(10);
    assertEquals(
        List.of(
            "[RDG] shall I open the door?",
            "[RDG] (under another key than before) do",
            "[RDG] (under another key than before) " + THUMB),
        world.shown(room));
    assertTrue(posted(room).stream().noneMatch(event -> event.type().equals("m.reaction")));
  }

  @Test
  void anotherNodesWhispersAreNotForThatRoom() throws Exception {
    start();
    RoomId room = openPrivateRoom();
    world.valley.whispers(TestWorld.NODE, "from the valley");
    relay.seconds(20);
    assertEquals(List.of(), posted(room));
    assertEquals(List.of(), posted(world.room));
  }

  @Test
  void aConversationInAPrivateRoomHasItsReplies() throws Exception {
    start();
    RoomId room = openPrivateRoom();
    PacketId first = world.ridge.whispers(TestWorld.NODE, "are you there?");
    relay.seconds(10);
    world.ridge.send(whisper("hello?").replyingTo(first));
    world.ridge.send(whisper(THUMB).replyingTo(first).asTapback());
    // The same packet spoken of before everybody: nobody there has it.
    world.ridge.replies(0, first, "aloud");
    world.ridge.reacts(0, first, THUMB);
    relay.seconds(10);
    EventId asked = posted(room).get(0).id();
    assertEquals(3, posted(room).size());
    assertTrue(posted(room).get(1).content().contains(asked.value()));
    assertEquals("m.reaction", posted(room).get(2).type());
    assertTrue(posted(room).get(2).content().contains(asked.value()));
    assertEquals(List.of("[RDG] aloud", "[RDG] " + THUMB), world.shown());
    assertTrue(
        posted(world.room).stream().noneMatch(event -> event.content().contains("m.relates_to")),
        "nothing is answered");
  }

  @Test
  void whatIsSaidToOthersIsNobodysBusiness() throws Exception {
    start();
    world.ridge.send(AirPacket.of(
        world.ridge.id(),
        world.valley.id(),
        new PacketId(5),
        PortNum.WAYPOINT,
        waypoint("elsewhere")));
    world.ridge.send(AirPacket.text(world.ridge.id(), new PacketId(6), "cipher").undecodable(77));
    relay.seconds(10);
    assertEquals(List.of(), posted(world.room));
  }

  @Test
  void whatOthersCouldReadSaysSo() throws Exception {
    world.close();
    world = new TestWorld(directory, new NodeSettings(TestWorld.NODE).withKey(false));
    start();
    RoomId room = openPrivateRoom();
    world.ridge.send(whisper("by ham radio").inTheOpen());
    relay.seconds(10);
    assertEquals(List.of("[RDG] (not encrypted for us) by ham radio"), world.shown(room));
    assertEquals(List.of(), world.shown());
  }
}
