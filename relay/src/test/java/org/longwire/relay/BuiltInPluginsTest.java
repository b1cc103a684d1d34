package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.UserId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.PacketData;
import org.longwire.radio.PacketId;
import org.longwire.radio.Telemetry;
import org.longwire.radio.sim.SimulatedMesh;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.TraceEntry;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;

/** The plugins that answer in words, asked over the simulated radio and in the room. */
class BuiltInPluginsTest extends SteppedRelayTest {
  private String ask(String words) throws Exception {
    int before = world.shown().size();
    world.says("longwire: " + words);
    relay.seconds(30);
    assertEquals(before + 1, world.shown().size(), () -> words + ": " + world.shown());
    return world.shown().get(before);
  }

  /** What a node hears after its question, in one packet. */
  private String askByRadio(String words) throws Exception {
    int before = world.heard().size();
    world.ridge.says(words);
    relay.minutes(1);
    assertEquals(before + 1, world.heard().size(), () -> words + ": " + world.heard());
    String answer = world.heard().get(before);
    assertTrue(answer.getBytes(StandardCharsets.UTF_8).length <= 200, answer);
    TraceEntry question = relay.trace(words).stream()
        .filter(entry -> entry.text().equals(words))
        .findFirst()
        .orElseThrow();
    assertEquals(Fate.FILTERED, question.fate());
    assertEquals("command: " + words.substring(1).split(" ")[0], question.reason());
    return answer;
  }

  private static String lines(String... lines) {
    return String.join("\n", lines);
  }

  private static Telemetry.Device battery(int percent) {
    return new Telemetry.Device(
        OptionalInt.of(percent),
        OptionalDouble.of(3.75),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty());
  }

  @Test
  void pingAnswersWhereItIsAsked() throws Exception {
    world.ridge.isHeardAt(5.5f, -90);
    start();
    assertEquals("pong!", ask("!ping"));
    assertEquals(List.of(), world.heard());
    assertEquals("pong! (0 hops, SNR 5.5 dB, RSSI -90 dBm)", askByRadio("!ping"));
    assertEquals(List.of("pong!"), world.shown());
  }

  @Test
  void aMerePingIsMirroredAndStillShownToTheRoom() throws Exception {
    start("plugins.ping.mimic = true\n");
    world.ridge.says("Ping?!");
    relay.minutes(1);
    assertEquals(List.of("Pong?!"), world.heard());
    assertEquals(List.of("[RDG] Ping?!"), world.shown());
  }

  @Test
  void helpNamesWhatIsThere() throws Exception {
    start("plugins.health {}\n");
    assertEquals(
        lines(
            "longwire: !health – says how the mesh is: batteries, signals, airtime",
            "longwire: !help [command] – says what you may ask here",
            "longwire: !nodes [node] – says which nodes were heard lately, or what is known of one",
            "longwire: !ping – says that the relay is there",
            "longwire: !where c3d4 – says where a node last was, if it told so on this channel"),
        ask("!help"));
    assertEquals("!health, !help, !nodes, !ping", askByRadio("!help"));
  }

  @Test
  void helpExplainsACommand() throws Exception {
    start();
    assertEquals(
        "longwire: !ping – says that the relay is there; also !test; in rooms and on the mesh",
        ask("!help ping"));
    assertEquals(
        "❌ there is no command !nods here; did you mean !nodes?", askByRadio("!help nods"));
  }

  @Test
  void nodesTellsWhoWasHeard() throws Exception {
    start();
    world.ridge.isHeardAt(5.5f, -90).says("hello");
    relay.minutes(5);
    world.valley.tellsPosition(0, new GeoPoint(46.52, 7.53), 32);
    relay.seconds(20);
    assertEquals(
        lines(
            "2 nodes heard in the last 2 h:",
            "Valley (VLY): SNR 6.25 dB, now",
            "Ridge (RDG): SNR 5.5 dB, 5 min ago"),
        ask("!nodes"));
    assertEquals("2 nodes heard in the last 2 h: Ridge now, Valley now", askByRadio("!nodes"));
    assertEquals(
        lines(
            "Valley (VLY), !5e1f0002",
            "heard 1 min ago (08:05), SNR 6.25 dB",
            "at 46.52000, 7.53000 (1 min ago)"),
        ask("!nodes valley"));
  }

  @Test
  void nodesSaysSinceWhenTheRadioIsAway() throws Exception {
    start();
    world.ridge.says("hello");
    relay.minutes(5);
    world.cable.pull();
    relay.minutes(10);
    assertEquals(
        lines(
            "the radio is away since 08:05; as of then:",
            "1 node heard in the last 2 h:",
            "Ridge (RDG): SNR 6.25 dB, 15 min ago"),
        ask("!nodes"));
  }

  @Test
  void healthTellsTheMeshAndToAdministratorsTheRelay() throws Exception {
    start("commands.admins = [ \"%s\" ]\nplugins.health {}\n".formatted(world.tom));
    world.ridge.measures(0, battery(80));
    world.valley.measures(0, battery(12));
    relay.seconds(20);
    String mesh = lines(
        "3 nodes",
        "battery of 2: average 46 %, median 46 %",
        "low: Valley 12 %",
        "SNR 6.25 dB median of 2");
    assertEquals(mesh, ask("!health"));
    assertEquals(mesh.replace("\n", "; "), askByRadio("!health"));
    // By then our own node has told its measures too.
    world.server.userSays(world.room, world.tom, "longwire: !health");
    relay.seconds(30);
    assertEquals(
        lines(
            mesh.replace("median 46 %", "median 46 %; 1 on mains"),
            "channel busy 0 %, own airtime 0 %",
            "the relay is well",
            "waiting: 0 for the mesh, 0 for rooms"),
        world.shown().get(1));
  }

  @Test
  void theArchiveAnswers() throws Exception {
    start("plugins { history {}, search {}, stats {} }\n");
    Instant now = world.clock.instant();
    archive(1, now.minus(Duration.ofDays(2)), "@maria:localhost", false, "is the path free?");
    archive(2, now.minusSeconds(300), "Ridge", true, "snow from the second <b>bridge</b> on");
    assertEquals(
        lines(
            "said here last:",
            "18 Nov 08:00 @maria:localhost (room): is the path free?",
            "07:55 Ridge (mesh): snow from the second <b>bridge</b> on"),
        ask("!history"));
    assertEquals(
        lines(
            "found, the latest last:", "07:55 Ridge (mesh): snow from the second <b>bridge</b> on"),
        ask("!search bridge snow"));
    assertEquals("18 Nov 08:00 @maria:localhost: is the path free?", askByRadio("!search path"));
    assertEquals(
        lines(
            "2 messages since 18 Nov 2026: 1 from the mesh, 1 from the room; "
                + "the last one 7 min ago",
            "in the last 7 days: Ridge 1, @maria:localhost 1"),
        ask("!stats"));
    String html = world.notices().get(0).text("formatted_body").orElse("");
    assertFalse(html.contains("<b>"), html);
  }

  private void archive(long id, Instant at, String sender, boolean fromMesh, String text)
      throws Exception {
    relay
        .plugins
        .store
        .archive()
        .add(new ArchivedMessage(
            id,
            new LinkKey(TestWorld.ALIAS, RadioId.MAIN, new ChannelIndex(0)),
            "Forx",
            at,
            sender,
            fromMesh ? Optional.of(world.ridge.id()) : Optional.empty(),
            fromMesh ? Optional.of(new PacketId(7)) : Optional.empty(),
            fromMesh ? Optional.empty() : Optional.of(new EventId("$said")),
            fromMesh,
            text));
    for (WritableStore store : relay.plugins.store.sources().writable()) {
      store.flush();
    }
  }

  @Test
  void wordsThatWereLeftAtAPlaceReachWhoComesBy() throws Exception {
    start("plugins.drop {}\n");
    world.ridge.tellsPosition(0, new GeoPoint(46.52, 7.53));
    relay.seconds(20);
    String left = askByRadio("!drop the spring is dry");
    assertEquals("left for the first node that comes within 1.0 km in 30 days", left);
    world.tick(Duration.ofHours(3));
    for (int i = 0; i < 2; i++) {
      world.valley.tellsPosition(0, new GeoPoint(46.521, 7.531));
      relay.minutes(1);
    }
    assertEquals(
        List.of(left, "Ridge left this here 3 h ago: the spring is dry"),
        world.heardBy(world.valley, world.node));
    assertEquals(List.of(left), world.heard());
    assertEquals(List.of(), world.shown());
  }

  @Test
  void aRouteIsAskedForAndToldInTheRoom() throws Exception {
    world.ridge.liesBehind(world.valley.id());
    start("plugins.traceroute { roles { traceroute = everyone } }\n");
    world.says("longwire: !traceroute ridge");
    relay.seconds(10);
    world.says("longwire: !route valley");
    relay.seconds(10);
    assertEquals(
        List.of(
            "asking for the way to Ridge (RDG); the answer may take a minute",
            lines(
                "Ridge (RDG) answered after 0 s",
                "there: the relay → Valley (SNR 6.25 dB) → Ridge (SNR 6.25 dB)",
                "back: Ridge → Valley (SNR 6.25 dB) → the relay (SNR 6.25 dB)"),
            "❌ a radio lets one such request through in 30 s; try again in 20 s"),
        world.shown());
    assertEquals(List.of(), world.heard());
  }

  @Test
  void aNodeThatDoesNotAnswerIsSaidNotTo() throws Exception {
    start("plugins.traceroute { roles { traceroute = everyone } }\n");
    world.ridge.listens(false);
    world.says("longwire: !traceroute ridge");
    relay.minutes(2);
    assertEquals(
        List.of(
            "asking for the way to Ridge (RDG); the answer may take a minute",
            "no answer of Ridge (RDG) within 60 s: it is out of reach, or busy; try again later"),
        world.shown());
  }

  @Test
  void packetsGoFromMeshToMeshBetweenTrustedRelaysAlone() throws Exception {
    start(lines(
        "matrix.trusted-relays = [ \"%s\" ]".formatted(world.tom),
        "plugins.relay-packets { ports = [ 72 ], room = \"%s\", mesh-name = Forx }"
            .formatted(world.room)));
    world.ridge.sendsOn(72, 0, new byte[] {10, 11, 12});
    world.ridge.sendsOn(73, 0, new byte[] {10, 11, 12});
    relay.seconds(20);
    assertEquals(List.of("packet of port 72 from !5e1f0001 (Forx)"), world.shown());
    String posted = world.notices().get(0).text("org.longwire.packet").orElse("");
    assertTrue(posted.matches("1 72 !5e1f0001 !ffffffff 0 [0-9a-f]{8} 0a0b0c Forx"), posted);

    post(world.maria, "1 72 !b2c3d4e5 !ffffffff 0 0000beef 0d0e0f Far");
    post(world.maria, posted.replace("Forx", "Far"));
    post(world.tom, "1 6 !b2c3d4e5 !ffffffff 0 0000beee 0d0e0f Far");
    post(world.tom, "1 1 !b2c3d4e5 !ffffffff 0 0000beed 0d0e0f Far");
    post(world.tom, "1 73 !b2c3d4e5 !ffffffff 0 0000beec 0d0e0f Far");
    post(world.tom, posted);
    post(world.tom, posted.replace("Forx", "Far"));
    relay.minutes(2);
    assertEquals(List.of(), onAir());

    post(world.tom, "1 72 !b2c3d4e5 !ffffffff 0 0000beef 0d0e0f Far");
    post(world.tom, "1 72 !b2c3d4e5 !ffffffff 0 0000beef 0d0e0f Far");
    relay.minutes(2);
    assertEquals(List.of("72 !ffffffff 0d0e0f"), onAir());
    assertEquals(List.of("packet of port 72 from !5e1f0001 (Forx)"), world.shown());
  }

  private void post(UserId user, String packet) {
    String body = "\"msgtype\": \"m.notice\", \"body\": \"packet of port 72\"";
    world.server.userSends(
        world.room,
        user,
        "m.room.message",
        "{%s, \"org.longwire.packet\": \"%s\"}".formatted(body, packet));
  }

  /** Whatever our node has sent, be it chat or not, besides names and the like. */
  private List<String> onAir() {
    return world.mesh.transmissions().stream()
        .map(SimulatedMesh.Transmission::packet)
        .filter(packet -> packet.from().equals(TestWorld.NODE))
        .map(packet -> "%d %s %s"
            .formatted(
                packet.port(), packet.to(), PacketData.of(packet.payload()).hex()))
        .toList();
  }

  @Test
  void debugCountsPackets() throws Exception {
    start("commands.admins = [ \"%s\" ]\nplugins.debug {}\n".formatted(world.maria));
    world.ridge.says("hello");
    world.valley.measures(0, battery(12));
    relay.seconds(20);
    assertEquals("packets heard since the start: port 1: 1, port 67: 1", ask("!debug"));
    world.server.userSays(world.room, world.tom, "longwire: !debug");
    relay.seconds(20);
    assertEquals("!debug is for administrators", world.shown().get(2));
  }
}
