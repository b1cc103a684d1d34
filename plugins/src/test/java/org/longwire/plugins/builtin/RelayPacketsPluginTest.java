package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longwire.matrix.EventHeader;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.RoomSaid;
import org.longwire.plugins.api.Sending;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketData;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.radio.Signal;

class RelayPacketsPluginTest {
  /** What another relay has heard. */
  private static final String FOREIGN = "1 72 !b2c3d4e5 !ffffffff 0 0000beef 0a0b0c Far Valley";

  private static final Sending ON_AIR = new Sending.Packet(
      "main", new ChannelIndex(0), NodeId.BROADCAST, 72, new PacketData("0a0b0c"));

  private final RelayPacketsPlugin plugin = new RelayPacketsPlugin();
  private HandContext context;

  @BeforeEach
  void start(@TempDir Path directory) {
    context = new HandContext(directory);
    context.radios.add(Samples.radio());
    context.settings.put("room", Samples.ROOM.id().value());
    context.settings.put("mesh-name", "Forx");
    context.ports.add(72);
    plugin.start(context);
  }

  @Test
  void whatIsHeardIsPostedOnce() throws PluginException {
    hear(72, "0a0b0c");
    hear(72, "0a0b0c");

    assertEquals(
        List.of(new Sending.PacketNotice(
            Samples.ROOM,
            "packet of port 72 from !a1b2c3d4 (Forx)",
            "1 72 !a1b2c3d4 !ffffffff 0 00001234 0a0b0c Forx")),
        context.sent);
    assertEquals(Map.of("posted", 1L, "not posted: known", 1L), context.counts);
  }

  @Test
  void whatATrustedRelayHasHeardIsSentOnce() throws PluginException {
    say(FOREIGN);
    say(FOREIGN);

    assertEquals(List.of(ON_AIR), context.sent);
    assertEquals(Map.of("sent", 1L, "not sent: refused", 1L), context.counts);
  }

  @Test
  void whatAnyoneElseWritesNeverReachesTheAir() throws PluginException {
    plugin.onRoom(new RoomSaid(Samples.ROOM, event(FOREIGN, Samples.NOON), false));

    assertEquals(List.of(), context.sent);
  }

  @Test
  void neitherDoesWhatIsSaidInAnotherRoom() throws PluginException {
    Place.Room other = new Place.Room(new RoomId("!other:example.org"), false);
    plugin.onRoom(new RoomSaid(other, event(FOREIGN, Samples.NOON), true));

    assertEquals(List.of(), context.sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "2 72 !b2c3d4e5 !ffffffff 0 0000beef 0a0b0c Far Valley",
        "1 6 !b2c3d4e5 !ffffffff 0 0000beef 0a0b0c Far Valley",
        "1 1 !b2c3d4e5 !ffffffff 0 0000beef 0a0b0c Far Valley",
        "1 258 !b2c3d4e5 !ffffffff 0 0000beef 0a0b0c Far Valley",
        "1 072 !b2c3d4e5 !ffffffff 0 0000beef 0a0b0c Far Valley",
        "1 72 !b2c3d4e5 !a1b2c3d4 0 0000beef 0a0b0c Far Valley",
        "1 72 !b2c3d4e5 !11111111 0 0000beef 0a0b0c Far Valley",
        "1 72 !11111111 !ffffffff 0 0000beef 0a0b0c Far Valley",
        "1 72 !b2c3d4e5 !ffffffff 8 0000beef 0a0b0c Far Valley",
        "1 72 !b2c3d4e5 !ffffffff 0 00000000 0a0b0c Far Valley",
        "1 72 !b2c3d4e5 !ffffffff 0 0000beef  Far Valley",
        "1 72 !b2c3d4e5 !ffffffff 0 0000beef 0a0b0 Far Valley",
        "1 72 !b2c3d4e5 !ffffffff 0 0000beef 0A0B0C Far Valley",
        "1 72 !b2c3d4e5 !ffffffff 0 0000beef 0a0b0c ",
        "1 72 !b2c3d4e5 !ffffffff 0 0000beef 0a0b0c Forx",
        "1 72 !b2c3d4e5 !ffffffff 0 0000beef 0a0b0c Far\nValley"
      })
  void whatIsNotExactlySuchAPacketIsRefused(String written) throws PluginException {
    say(written);

    assertEquals(List.of(), context.sent);
    assertEquals(Map.of("not sent: refused", 1L), context.counts);
  }

  @Test
  void aPayloadLargerThanAPacketIsRefused() throws PluginException {
    say(FOREIGN.replace("0a0b0c", "00".repeat(PacketData.MAX_BYTES + 1)));
    assertEquals(List.of(), context.sent);

    say(FOREIGN.replace("0a0b0c", "00".repeat(PacketData.MAX_BYTES)));
    assertEquals(1, context.sent.size());
  }

  @Test
  void whatIsOldIsNotSentLate() throws PluginException {
    plugin.onRoom(new RoomSaid(
        Samples.ROOM, event(FOREIGN, Samples.NOON.minus(Duration.ofMinutes(3))), true));
    plugin.onRoom(
        new RoomSaid(Samples.ROOM, event(FOREIGN, Samples.NOON.plus(Duration.ofMinutes(3))), true));

    assertEquals(List.of(), context.sent);
  }

  /** By the numbers of Meshtastic's portnums.proto. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 34, 35, 36, 37, 65, 66, 67, 69, 70, 71, 73, 74, 79
      })
  void whatSpeaksForANodeNeverCrossesEvenIfTheOperatorGivesItsPort(int port)
      throws PluginException {
    context.ports.add(port);
    RelayPacketsPlugin generous = new RelayPacketsPlugin();
    generous.start(context);

    generous.onMesh(Samples.heard(packet(port, Samples.packet(Samples.HUT), "0a0b0c")));
    generous.onRoom(new RoomSaid(
        Samples.ROOM, event(FOREIGN.replace(" 72 ", " " + port + " "), Samples.NOON), true));

    assertEquals(List.of(), context.sent);
    assertEquals(
        List.of("warn: ports of texts, of administration and of what nodes say of themselves are"
            + " never carried; take them out of ports: [%d]".formatted(port)),
        context.logged);
  }

  @Test
  void aPacketDoesNotGoRoundBetweenRelaysThatHearEachOther() throws PluginException {
    hear(72, "0a0b0c");
    say("1 72 !cccccccc !ffffffff 0 00000009 0a0b0c Far Valley");
    assertEquals(1, context.sent.size());

    say("1 72 !b2c3d4e5 !ffffffff 0 0000beef 0d0e0f Far Valley");
    assertEquals(2, context.sent.size());
    plugin.onMesh(Samples.heard(packet(72, Samples.packet(Samples.OURS, 7), "0d0e0f")));
    plugin.onMesh(Samples.heard(packet(72, Samples.packet(Samples.HUT, 8), "0d0e0f")));
    assertEquals(2, context.sent.size());
  }

  @Test
  void theSameContentIsSomethingNewAfterAWhile() throws PluginException {
    hear(72, "0a0b0c");
    context.now = Samples.NOON.plus(Duration.ofMinutes(2));
    plugin.onMesh(Samples.heard(packet(72, Samples.packet(Samples.HUT, 0x4321), "0a0b0c")));

    assertEquals(2, context.sent.size());
  }

  @Test
  void onlyGivenPortsOfTheOwnChannelAndForEverybodyArePosted() throws PluginException {
    hear(258, "0a0b0c");
    MeshEvent event = packet(72, Samples.packet(Samples.HUT), "0a0b0c");
    plugin.onMesh(
        new MeshHeard("main", Optional.of(new Place.Channel("main", new ChannelIndex(1))), event));
    plugin.onMesh(
        new MeshHeard("hill", Optional.of(new Place.Channel("hill", new ChannelIndex(0))), event));
    plugin.onMesh(new MeshHeard("main", Optional.empty(), event));
    plugin.onMesh(Samples.heard(packet(
        72,
        new PacketHeader(
            Samples.HUT,
            Samples.OURS,
            0,
            PacketId.ofWire(9),
            Optional.empty(),
            OptionalInt.empty(),
            false,
            false,
            Optional.empty(),
            Signal.UNKNOWN),
        "0a0b0c")));
    plugin.onMesh(Samples.heard(
        new MeshEvent.OtherReceived(Samples.packet(Samples.HUT), 72, Optional.empty())));
    hear(72, "");

    assertEquals(List.of(), context.sent);
  }

  @Test
  void whatIsTooMuchIsDroppedAndCounted() throws PluginException {
    context.refusal = Optional.of(new PluginException.QuotaSpent("too much"));

    hear(72, "0a0b0c");
    say("1 72 !b2c3d4e5 !ffffffff 0 0000beef 0d0e0f Far Valley");

    assertEquals(Map.of("not posted: too many", 1L, "not sent: too many", 1L), context.counts);
  }

  @Test
  void aSectionWithoutRoomOrNameIsWrong() {
    context.settings.remove("room");
    context.settings.put("mesh-name", " ");

    assertEquals(
        List.of(
            "room must be the id of a bridged room, such as \"!abc:example.org\"",
            "mesh-name must be a name of 1 to 40 characters that no other mesh has"),
        plugin.check(context.settings()));

    context.settings.put("room", "!abc:example.org");
    context.settings.put("mesh-name", "Forx");
    assertEquals(List.of(), plugin.check(context.settings()));
  }

  private void hear(int port, String hex) throws PluginException {
    plugin.onMesh(Samples.heard(packet(port, Samples.packet(Samples.HUT), hex)));
  }

  private static MeshEvent packet(int port, PacketHeader header, String hex) {
    return new MeshEvent.OtherReceived(header, port, Optional.of(new PacketData(hex)));
  }

  private void say(String written) throws PluginException {
    plugin.onRoom(new RoomSaid(Samples.ROOM, event(written, Samples.NOON), true));
  }

  private static RoomEvent event(String written, Instant at) {
    return new RoomEvent.TextMessage(
        new EventHeader(new EventId("$notice"), Samples.ROOM.id(), Samples.MARIA, at),
        RoomEvent.Kind.NOTICE,
        "packet of port 72",
        Relation.NONE,
        Optional.empty(),
        List.of(new ExtraField.Text("org.longwire.packet", written)));
  }
}
