package org.longwire.plugins.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.plugins.api.About;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException.QuotaSpent;
import org.longwire.plugins.api.PluginException.Refused;
import org.longwire.plugins.api.Sending;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketData;
import org.longwire.radio.PacketId;

/** What is lent to a plugin: to its call's thread alone, and within bounds. */
class LentContextTest {
  @TempDir
  Path data;

  private HostRig rig;
  private ScriptedPlugin plugin;
  private HandServices services;
  private PluginHost host;

  @BeforeEach
  void setUp() {
    rig = new HostRig(data);
    services = rig.services("x");
    plugin =
        rig.add("x", HostRig.policy(Set.of("0"), Set.of("#shared:example.org"), Map.of("size", 5)));
    host = rig.byHand();
  }

  private void inCall(HostRig.Act act) {
    rig.inCall(host, "x", plugin, act);
  }

  private static Sending words(Place place) {
    return new Sending.Words(place, "hello");
  }

  @Test
  void itBelongsToTheThreadAndTheTimeOfACall() {
    List<HostRig.Act> uses = List.of(
        c -> c.log().info("x"),
        c -> c.nodes().all(),
        c -> c.nodes().find("x"),
        c -> c.nodes().at(HostRig.CHANNEL).all(),
        c -> c.nodes().radios(),
        c -> c.archive().history(HostRig.CHANNEL, 1),
        c -> c.store().get("", "x"),
        c -> c.store().set("", "x", "y"),
        c -> c.store().batch(),
        c -> c.web().get(java.net.URI.create("https://example.org")),
        c -> c.relay().parts(),
        c -> c.relay().waitingForMesh(),
        c -> c.commands(HostRig.command()),
        c -> c.send(words(HostRig.CHANNEL)),
        PluginContext::dataDirectory,
        c -> c.count("x", 1));
    for (HostRig.Act use : uses) {
      assertThrows(IllegalStateException.class, () -> use.act(plugin.context));
      inCall(context -> {
        IllegalStateException[] thrown = new IllegalStateException[1];
        Thread other = new Thread(() -> {
          thrown[0] = assertThrows(IllegalStateException.class, () -> use.act(context));
        });
        other.start();
        other.join();
        assertTrue(thrown[0] != null);
      });
    }
    assertEquals(List.of(), services.sent);
  }

  @Test
  void itsSettingsAndItsDataDirectoryAreItsOwn() {
    inCall(context -> {
      assertEquals(5, context.settings().get(ScriptedPlugin.SIZE));
      assertFalse(Files.exists(data.resolve("x")));
      Path directory = context.dataDirectory();
      assertEquals(data.resolve("x"), directory);
      assertEquals(
          "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
      assertEquals(directory, context.dataDirectory());
    });
  }

  @Test
  void aFewPacketsGoToTheMeshAtOnceAndThenOneInAnInterval() {
    inCall(context -> {
      for (int i = 0; i < Shares.MESH_BURST; i++) {
        context.send(words(HostRig.CHANNEL));
      }
      QuotaSpent spent = assertThrows(QuotaSpent.class, () -> context.send(words(HostRig.CHANNEL)));
      assertEquals("this plugin has sent its share to the mesh; wait 30 s", spent.getMessage());
      rig.nanos.addAndGet(Limits.MESH_INTERVAL.toNanos());
    });
    inCall(context -> {
      context.send(new Sending.Words(HostRig.CHANNEL, "long ".repeat(160)));
      rig.nanos.addAndGet(Limits.MESH_INTERVAL.toNanos());
    });
    inCall(context -> {
      QuotaSpent spent = assertThrows(QuotaSpent.class, () -> context.send(words(HostRig.CHANNEL)));
      assertEquals("this plugin has sent its share to the mesh; wait 120 s", spent.getMessage());
    });
    assertEquals(Shares.MESH_BURST + 1, services.sent.size());
  }

  @Test
  void soManyMessagesGoToRoomsInAMinute() {
    inCall(context -> {
      for (int i = 0; i < Limits.ROOM_MESSAGES; i++) {
        context.send(words(HostRig.ROOM));
      }
      About about = new About.Event(HostRig.ROOM.id(), new EventId("$1"));
      assertThrows(QuotaSpent.class, () -> context.send(new Sending.Reaction(about, "✅")));
      rig.nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    });
    inCall(context -> context.send(words(HostRig.ROOM)));
  }

  @Test
  void whoGoesOnInSpiteOfItFloods() {
    inCall(context -> {
      for (int i = 0; i < Shares.MESH_BURST; i++) {
        context.send(words(HostRig.CHANNEL));
      }
      for (int i = 0; i < Limits.FAULTS * Shares.REFUSALS; i++) {
        assertThrows(QuotaSpent.class, () -> context.send(words(HostRig.CHANNEL)));
      }
    });
    PluginState state = HostRig.state(host, "x");
    assertEquals(Limits.FAULTS, state.faults());
    assertEquals(PluginState.Condition.RESTING, state.condition());
    assertEquals(Shares.MESH_BURST, services.sent.size());
  }

  @Test
  void itSendsOnlyWhereItIsActiveWhateverItClaimsOfARoom() {
    inCall(context -> {
      Place channel = new Place.Channel("main", new ChannelIndex(1));
      RoomId other = new RoomId("!other:example.org");
      for (Place place : List.of(channel, new Place.Room(other, true))) {
        Refused refused = assertThrows(Refused.class, () -> context.send(words(place)));
        assertEquals(
            "this plugin is not active there; its section says where it is", refused.getMessage());
      }
      context.send(words(new Place.Direct("main", HostRig.NODE)));
      context.send(words(new Place.Room(new RoomId("!private:example.org"), false)));
    });
    assertEquals(2, services.sent.size());
  }

  @Test
  void itReactsOnlyWhereItIsActive() {
    About.Packet here = new About.Packet("main", HostRig.NODE, new PacketId(7));
    About.Packet elsewhere = new About.Packet("main", HostRig.NODE, new PacketId(8));
    services.places.put(here, HostRig.CHANNEL);
    services.places.put(elsewhere, new Place.Channel("main", new ChannelIndex(1)));
    About room = new About.Event(HostRig.ROOM.id(), new EventId("$1"));
    About otherRoom = new About.Event(new RoomId("!other:example.org"), new EventId("$1"));
    About unknown = new About.Packet("main", HostRig.NODE, new PacketId(9));
    inCall(context -> {
      for (About about : List.of(elsewhere, otherRoom, unknown)) {
        assertThrows(Refused.class, () -> context.send(new Sending.Reaction(about, "✅")));
      }
      context.send(new Sending.Reaction(here, "✅"));
      context.send(new Sending.Reaction(room, "✅"));
    });
    assertEquals(
        List.of(new Sending.Reaction(here, "✅"), new Sending.Reaction(room, "✅")), services.sent);
  }

  private static Sending packet(int port) {
    return new Sending.Packet(
        "main", new ChannelIndex(0), NodeId.BROADCAST, port, PacketData.of(new byte[] {1}));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 5, 6, 7, 11, 257, 512})
  void noPortGoesOutThatWasNotGivenToItAndNeverTextOrAdministration(int port) {
    inCall(context -> assertThrows(Refused.class, () -> context.send(packet(port))));
  }

  @Test
  void aPortThatWasGivenToItGoesOut() {
    inCall(context -> {
      assertEquals(Set.of(256), context.ports());
      context.send(packet(256));
    });
    assertEquals(List.of(packet(256)), services.sent);
  }

  @Test
  void nonsenseIsNotSent() {
    inCall(context -> {
      assertThrows(NullPointerException.class, () -> context.send(null));
      assertThrows(NullPointerException.class, () -> context.send(words(null)));
      assertThrows(
          NullPointerException.class,
          () -> context.send(new Sending.Words(HostRig.ROOM, null, Optional.empty())));
      assertThrows(
          IllegalArgumentException.class, () -> context.send(new Sending.Words(HostRig.ROOM, " ")));
      About about = new About.Event(HostRig.ROOM.id(), new EventId("$1"));
      assertThrows(Refused.class, () -> context.send(new Sending.Reaction(about, "")));
    });
    assertEquals(List.of(), services.sent);
  }

  @Test
  void theArchiveAnswersAPageAtMostAndNothingOfPrivatePlaces() {
    inCall(context -> {
      Archive archive = context.archive();
      assertEquals(1, archive.history(HostRig.CHANNEL, 1_000).size());
      assertEquals(1, archive.search(HostRig.ROOM, "hello", 5).size());
      assertEquals(List.of(), archive.history(HostRig.CHANNEL, 0));
      assertEquals(List.of(), archive.history(new Place.Direct("main", HostRig.NODE), 5));
      Place secret = new Place.Room(new RoomId("!private:example.org"), false);
      assertEquals(List.of(), archive.search(secret, "hello", 5));
      assertEquals(Optional.empty(), archive.totals(secret));
      Place elsewhere = new Place.Room(new RoomId("!other:example.org"), false);
      assertEquals(List.of(), archive.history(elsewhere, 5));
    });
    assertEquals(List.of(Limits.ARCHIVE_PAGE, 5), services.limits);
  }

  private static NodeInfo node(int number, String shortName, String longName) {
    return new NodeInfo(
        new NodeId(number),
        longName,
        shortName,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "!0000000a, 10",
    "0000000A, 10",
    "ab, 10",
    "hill station, 11",
    "Hill Top, 12",
    "hill t, 12",
    "hill, -1",
    "mist, -1",
    "'', -1"
  })
  void aNodeIsFoundByWhatPeopleCallIt(String words, int number) {
    services.nodes.add(node(10, "AB", "Alpha"));
    services.nodes.add(node(11, "HS", "Hill Station"));
    services.nodes.add(node(12, "HT", "Hill Top"));
    inCall(context -> assertEquals(
        number < 0 ? Optional.empty() : Optional.of(number),
        context.nodes().find(words).map(node -> node.id().number())));
  }

  @Test
  void whatNodesToldIsAskedForWhereItIsActiveAlone() {
    Place.Channel other = new Place.Channel("main", new ChannelIndex(1));
    inCall(context -> {
      context.nodes().all();
      context.nodes().at(other).all();
      context.nodes().at(HostRig.CHANNEL).all();
      context.nodes().at(HostRig.CHANNEL).at(other).byId(new NodeId(10));
    });
    assertEquals(
        List.of(Optional.empty(), Optional.empty(), Optional.of(HostRig.CHANNEL), Optional.empty()),
        services.asked);
  }

  @Test
  void itsCountsAreBounded() {
    inCall(context -> {
      for (int i = 0; i < Counts.NAMES + 10; i++) {
        context.count("name " + i, 2);
      }
    });
    Map<String, Long> counts = HostRig.state(host, "x").counts();
    assertEquals(Counts.NAMES + 1, counts.size());
    assertEquals(20, counts.get("others"));
  }

  @Test
  void itsLinesAreNamedCleanedAndNotTooMany() {
    inCall(context -> {
      context.log().info("one\nWARN forged \u001b[31m\u202e" + "x".repeat(1_000));
      for (int i = 0; i < Shares.LINES + 9; i++) {
        context.log().debug("more");
      }
      rig.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      context.log().warn("last");
    });
    String first = services.lines.remove();
    assertTrue(first.startsWith("INFO x: one?WARN forged ?[31m?xxx"), first);
    assertEquals(LentLog.LENGTH + "INFO x: …".length(), first.length());
    assertEquals(Shares.LINES + 1, services.lines.size());
    List<String> rest = List.copyOf(services.lines);
    assertEquals("WARN x: left out 10 lines, as there were too many", rest.get(rest.size() - 2));
    assertEquals("WARN x: last", rest.get(rest.size() - 1));
  }
}
