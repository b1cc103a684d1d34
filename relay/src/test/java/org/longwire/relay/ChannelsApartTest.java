package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.RoomId;
import org.longwire.plugins.api.Web;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.Telemetry;
import org.longwire.radio.sim.SimulatedPeer;

/** A public channel and one of a family, each with a room: what is told on one stays there. */
class ChannelsApartTest extends SteppedRelayTest {
  private static final int PUBLIC = 0;
  private static final int FAMILY = 1;
  private static final GeoPoint HOME = new GeoPoint(46.52, 7.53);
  private static final GeoPoint PIER = new GeoPoint(46.93, 7.53);

  private final List<URI> asked = new ArrayList<>();
  private RoomId family;

  private void startApart(String more) throws Exception {
    world.web = (address, hosts) -> {
      asked.add(address);
      String page = """
          {"current":{"time":"2026-11-20T09:00","temperature_2m":-3.25,
            "apparent_temperature":-8.1,"relative_humidity_2m":88,"precipitation":0.0,
            "weather_code":71,"wind_speed_10m":24.1,"wind_direction_10m":40,"is_day":1}}""";
      return new Web.Page(200, "application/json", page.getBytes(StandardCharsets.UTF_8));
    };
    family = world.server.createRoom("family");
    world.server.join(family, world.maria);
    String text = TestConfig.usual(world)
            .replace(
                "channel = 0 }", "channel = 0 }, { room = \"#family:localhost\", channel = 1 }")
        + "plugins { map {}, telemetry {}, weather {}, health {}, drop { tell-author = true } }\n"
        + more;
    relay = SteppedRelay.start(world, text, "state");
    relay.seconds(10);
  }

  /** The ridge tells its family where it is and how it is, and everybody that it is there. */
  private void tell() throws Exception {
    world.ridge.tellsPosition(FAMILY, HOME);
    world.ridge.measures(
        FAMILY,
        new Telemetry.Device(
            OptionalInt.of(37),
            OptionalDouble.of(3.75),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty()));
    world.ridge.measures(
        FAMILY,
        new Telemetry.Environment(
            OptionalDouble.of(21.5),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty()));
    world.valley.says("is anybody there?");
    relay.minutes(1);
  }

  private String ask(RoomId room, String words) throws Exception {
    int before = world.shown(room).size();
    world.server.userSays(room, world.maria, "longwire: " + words);
    relay.seconds(30);
    assertEquals(before + 1, world.shown(room).size(), () -> words + ": " + world.shown(room));
    return world.shown(room).get(before);
  }

  private String ask(SimulatedPeer node, int channel, String words) throws Exception {
    int before = world.heardBy(node, world.node).size();
    node.says(channel, words);
    relay.minutes(1);
    List<String> heard = world.heardBy(node, world.node);
    assertEquals(before + 1, heard.size(), () -> words + ": " + heard);
    return heard.get(before);
  }

  private long pictures(RoomId room) {
    return world.server.room(room).messages().stream()
        .filter(event -> event.text("msgtype").orElse("").equals("m.image"))
        .count();
  }

  @Test
  void whatIsToldToTheFamilyIsShownNowhereElse() throws Exception {
    startApart("");
    tell();
    List<String> answers = new ArrayList<>();
    for (String words : List.of(
        "!map",
        "!map ridge",
        "!nodes",
        "!nodes ridge",
        "!graph battery",
        "!batterylevel ridge",
        "!graph temperature",
        "!health",
        "!weather")) {
      answers.add(ask(world.room, words));
      answers.add(ask(world.valley, PUBLIC, words));
      answers.add(ask(world.ridge, PUBLIC, words));
    }
    answers.add(ask(world.ridge, PUBLIC, "!drop the key is under the stone"));
    for (String answer : answers) {
      assertTrue(
          List.of("46.5", "37", "3.75", "21.5", "1 node with", "Near", "where you are: -").stream()
              .noneMatch(answer::contains),
          answer);
    }
    String nobody = "nobody knows where you are: ";
    assertTrue(
        answers.contains("❌ " + nobody + "say a place, such as !weather Bern"), answers::toString);
    assertTrue(
        answers.contains("❌ " + nobody + "write !drop latitude,longitude and the words"),
        answers::toString);
    assertTrue(answers.stream().anyMatch(answer -> answer.contains("Ridge (RDG): ")));
    // Our own node tells its battery on the public channel.
    assertEquals(1, pictures(world.room));
    assertEquals(List.of(), asked);
  }

  @Test
  void itIsShownInTheirRoomAndOnTheirChannel() throws Exception {
    startApart("");
    tell();
    assertEquals("1 node with a position of the last 7 days", ask(family, "!map"));
    assertTrue(ask(family, "!map ridge").startsWith("Ridge (RDG), position of "));
    assertTrue(ask(family, "!nodes ridge").contains("at 46.52000, 7.53000"));
    assertTrue(ask(family, "!nodes").contains("SNR 6.25 dB, battery 37 %"));
    assertTrue(ask(family, "!graph battery").contains("latest 37 %"));
    assertTrue(ask(family, "!health").contains("average 37 %"));
    assertTrue(ask(family, "!weather").contains("around here"));
    assertEquals(3, pictures(family));
    assertEquals("Near you: nobody", ask(world.ridge, FAMILY, "!map"));
    assertTrue(ask(world.ridge, FAMILY, "!nodes ridge").contains("46.52000"));
    assertTrue(ask(world.valley, FAMILY, "!graph temperature").contains("Ridge 21.5"));
    assertTrue(ask(world.ridge, FAMILY, "!weather").contains("where you are: -3.3"));
    assertTrue(asked.stream().allMatch(address -> address.toString().contains("latitude=46.52")));
  }

  @Test
  void ofBothChannelsEachShowsItsOwn() throws Exception {
    startApart("");
    tell();
    world.ridge.tellsPosition(PUBLIC, PIER);
    relay.minutes(1);
    assertTrue(ask(world.room, "!nodes ridge").contains("at 46.93000, 7.53000"));
    assertTrue(ask(family, "!nodes ridge").contains("at 46.52000, 7.53000"));
  }

  @Test
  void aRoomOfBothChannelsShowsBoth() throws Exception {
    startApart("bridges += { room = \"#mesh:localhost\", channel = 1 }\n");
    tell();
    assertTrue(ask(world.room, "!nodes ridge").contains("at 46.52000, 7.53000"));
    assertTrue(ask(world.room, "!graph battery").contains("latest 37 %"));
    assertTrue(!ask(world.valley, PUBLIC, "!nodes ridge").contains("46.5"));
  }

  @Test
  void aDirectMessageIsToldNoPlaceEither() throws Exception {
    startApart("");
    tell();
    world.valley.whispers(world.node.id(), "!nodes ridge");
    relay.minutes(1);
    List<String> heard = world.heardBy(world.valley, world.node);
    assertEquals(1, heard.size(), heard::toString);
    assertTrue(heard.get(0).startsWith("Ridge (RDG), !5e1f0001; heard"), heard.get(0));
    assertTrue(!heard.get(0).contains("46.5") && !heard.get(0).contains("37"), heard.get(0));
  }

  @Test
  void wordsThatWereLeftOnAChannelAreFoundThereAlone() throws Exception {
    startApart("");
    world.ridge.tellsPosition(FAMILY, HOME);
    relay.seconds(20);
    ask(world.ridge, FAMILY, "!drop the key is under the stone");
    world.valley.tellsPosition(PUBLIC, HOME);
    relay.minutes(3);
    assertTrue(world.heardBy(world.valley, world.node).stream()
        .noneMatch(words -> words.startsWith("Ridge left this")));
    assertTrue(world.heardBy(world.ridge, world.node).stream()
        .noneMatch(words -> words.contains("picked up")));

    world.valley.tellsPosition(FAMILY, HOME);
    relay.minutes(3);
    assertTrue(world.heardBy(world.valley, world.node).stream()
        .anyMatch(words -> words.endsWith("the key is under the stone")));
    assertTrue(world.heardBy(world.ridge, world.node).stream()
        .anyMatch(words -> words.contains("picked up")));
  }
}
