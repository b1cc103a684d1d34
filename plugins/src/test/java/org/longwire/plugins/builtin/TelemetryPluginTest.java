package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.PluginStore;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.Telemetry;

class TelemetryPluginTest {
  private static final NodeId BOAT = Samples.id("!b2c3d4e5");
  private static final Place ALONE = new Place.Direct("main", Samples.HUT);
  private static final Place OTHER = new Place.Channel("main", new ChannelIndex(1));
  private static final String TODAY = "2026-05-01";

  private final TelemetryPlugin plugin = new TelemetryPlugin();
  private HandContext context;

  @BeforeEach
  void start(@TempDir Path directory) throws PluginException {
    context = new HandContext(directory);
    context.nodes.add(new NodeSample("!a1b2c3d4", "Ridge Hut", "RDGE").info());
    context.nodes.add(new NodeSample("!b2c3d4e5", "Lake Boat 🚣", "BOAT").info());
    plugin.start(context);
  }

  @Test
  void aWhileOfTelemetryIsOneRowOfTheDay() throws Exception {
    hear(Samples.HUT, device(93, 4.125, 12.34, 1.2));
    pass(Duration.ofMinutes(2));
    hear(BOAT, device(101, 4.2, 0, 0));
    hear(
        BOAT,
        new Telemetry.Environment(
            OptionalDouble.of(-0.04),
            OptionalDouble.of(80.6),
            OptionalDouble.of(1013.25),
            OptionalDouble.of(3),
            OptionalInt.empty()));
    assertEquals(List.of(), context.store.list(PluginStore.OWN, TODAY));

    plugin.onSchedule("write");

    // 2026-05-01T12:00Z is minute 29627280 since 1970.
    assertEquals(
        List.of("29627280;@main/0"
            + ";a1b2c3d4 0 b93 v4.13 u12.3 a1.20"
            + ";b2c3d4e5 2 b100 v4.20 u0.0 a0.00"
            + ";b2c3d4e5 2 t0.0 h81 p1013.3"),
        context.store.list(PluginStore.OWN, TODAY));
    plugin.onSchedule("write");
    assertEquals(1, context.store.list(PluginStore.OWN, TODAY).size());
  }

  @Test
  void aNodeThatTellsTooOftenIsKeptEveryFiveMinutes() throws Exception {
    for (int i = 0; i < 11; i++) {
      hear(Samples.HUT, device(90 - i, 4, 0, 0));
      pass(Duration.ofMinutes(1));
    }
    plugin.stop();

    assertEquals(
        List.of("29627280;@main/0"
            + ";a1b2c3d4 0 b90 v4.00 u0.0 a0.00"
            + ";a1b2c3d4 5 b85 v4.00 u0.0 a0.00"
            + ";a1b2c3d4 10 b80 v4.00 u0.0 a0.00"),
        context.store.list(PluginStore.OWN, TODAY));
  }

  @Test
  void whatANodeTellsSomebodyAloneIsNotKept() throws Exception {
    MeshEvent told =
        new MeshEvent.TelemetryReceived(Samples.packet(Samples.HUT), device(50, 4, 1, 1));

    plugin.onMesh(new MeshHeard("main", Optional.of(ALONE), told));
    plugin.onMesh(new MeshHeard("main", Optional.empty(), told));
    plugin.stop();

    assertEquals(List.of(), context.store.keys(PluginStore.OWN));
  }

  @Test
  void whatANodeTellsOnAnotherChannelIsDrawnThereAlone() throws Exception {
    hear(Samples.HUT, device(93, 4, 0, 0));
    plugin.onMesh(new MeshHeard(
        "main",
        Optional.of(OTHER),
        new MeshEvent.TelemetryReceived(Samples.packet(Samples.HUT), device(41, 4, 0, 0))));
    for (int i = 0; i < 2; i++) {
      for (CommandCall call :
          List.of(Samples.inRoom("graph", "battery"), Samples.onMesh("graph", "battery"))) {
        assertEquals(
            "Battery 24 h, min/avg/max/last %: Ridge Hut 93/93/93/93",
            Samples.onMesh(plugin.onCommand(call)));
      }
      assertEquals(
          "Battery 24 h, min/avg/max/last %: Ridge Hut 41/41/41/41",
          Samples.onMesh(plugin.onCommand(asked(OTHER))));
      assertEquals(
          "no battery was heard here in the last 24 h; most nodes tell it once an hour",
          Samples.failure(plugin.onCommand(asked(ALONE))));
      plugin.onSchedule("write");
    }
  }

  private static CommandCall asked(Place place) {
    return new CommandCall.FromMesh(
        "graph",
        "battery",
        place,
        Command.Role.EVERYONE,
        Samples.text(Samples.packet(BOAT), "!graph battery"));
  }

  @Test
  void aDayBeginsANewListAndOldDaysGo() throws Exception {
    pass(Duration.ofMinutes(719));
    hear(Samples.HUT, device(90, 4, 0, 0));
    pass(Duration.ofMinutes(10));
    hear(Samples.HUT, device(89, 4, 0, 0));
    plugin.stop();
    assertEquals(List.of(TODAY, "2026-05-02"), context.store.keys(PluginStore.OWN));

    pass(Duration.ofDays(13));
    plugin.onSchedule("trim");

    assertEquals(List.of("2026-05-02"), context.store.keys(PluginStore.OWN));
  }

  @Test
  void theOldestDayMakesRoomInAFullStore() throws Exception {
    context.store.append(PluginStore.OWN, "2026-04-29", "x", 10);
    context.store.append(PluginStore.OWN, "2026-04-30", "x", 10);
    context.store.limitRows = 2;
    hear(Samples.HUT, device(90, 4, 0, 0));

    plugin.stop();

    assertEquals(List.of("2026-04-30", TODAY), context.store.keys(PluginStore.OWN));
  }

  @Test
  void aGraphOfANodeIsAPictureAndItsNumbers() throws Exception {
    tellHourly(Samples.HUT, 95, 94, 93, 92, 91);
    tellHourly(BOAT, 50);

    PluginResult result = plugin.onCommand(Samples.inRoom("graph", "battery ridge hut 12h"));

    assertEquals(
        "Battery of Ridge Hut, last 12 h:" + " lowest 91, mean 93, highest 95, latest 91 % (16:00)",
        Samples.inRoom(result));
    assertTrue(((PluginResult.Replied) result).answer().picture().isPresent());
    Drawing.Chart chart = drawn();
    assertEquals("Battery of Ridge Hut, last 12 h", chart.title());
    assertEquals("%", chart.unit());
    assertEquals(context.now.minus(Duration.ofHours(12)), chart.from());
    assertEquals(context.now, chart.to());
    assertEquals(1, chart.lines().size());
    assertEquals(
        new Drawing.Chart.Point(Samples.NOON, 95), chart.lines().get(0).points().get(0));
    assertEquals(5, chart.lines().get(0).points().size());
    // Told by the hour, so three hours are a gap.
    assertEquals(Duration.ofHours(3), chart.lines().get(0).gap());
  }

  @Test
  void aGraphOfAllNodesHasALineForEach() throws Exception {
    tellHourly(Samples.HUT, 95, 93);
    tellHourly(BOAT, 50);

    String text = Samples.inRoom(plugin.onCommand(Samples.inRoom("batterylevel", "")));

    assertEquals(
        Samples.lines(
            "Battery, last 24 h:",
            "Lake Boat 🚣: lowest 50, mean 50, highest 50, latest 50 % (14:00)",
            "Ridge Hut: lowest 93, mean 94, highest 95, latest 93 % (13:00)"),
        text);
    assertEquals(2, drawn().lines().size());
  }

  @Test
  void theMeshIsToldNumbersAndNothingIsDrawn() throws Exception {
    tellHourly(Samples.HUT, 95, 93);

    assertEquals(
        "Voltage 24 h, min/avg/max/last V: Ridge Hut 4.00/4.00/4.00/4.00",
        Samples.onMesh(plugin.onCommand(Samples.onMesh("voltage", ""))));
    assertEquals(List.of(), context.drawn);
  }

  @Test
  void aLongWindowShowsAveragesByTheHour() throws Exception {
    for (int i = 0; i < 6; i++) {
      hear(Samples.HUT, device(90 - i * 10, 4, 0, 0));
      pass(Duration.ofMinutes(20));
    }

    plugin.onCommand(Samples.inRoom("graph", "battery 7d"));

    assertEquals(
        List.of(
            new Drawing.Chart.Point(Samples.NOON.plus(Duration.ofMinutes(30)), 80),
            new Drawing.Chart.Point(Samples.NOON.plus(Duration.ofMinutes(90)), 50)),
        drawn().lines().get(0).points());
  }

  @Test
  void whatWasStoredIsDrawnAfterARestart() throws Exception {
    tellHourly(Samples.HUT, 95);
    plugin.stop();

    TelemetryPlugin next = new TelemetryPlugin();
    next.start(context);

    assertEquals(
        "Airtime 24 h, min/avg/max/last %: Ridge Hut 1.50/1.50/1.50/1.50",
        Samples.onMesh(next.onCommand(Samples.onMesh("airutiltx", "RDGE"))));
  }

  @Test
  void rowsThatNobodyCanReadAreLeftOut() throws Exception {
    context.store.append(
        PluginStore.OWN,
        TODAY,
        "29627280;a1b2c3d4 0 b1;@main/0;a1b2c3d4 0 b93 x7;nobody 1 b1;a1b2c3d4;@x;a1b2c3d4 0 b2",
        10);
    context.store.append(PluginStore.OWN, TODAY, "what is this", 10);

    assertEquals(
        "Battery 24 h, min/avg/max/last %: Ridge Hut 93/93/93/93",
        Samples.onMesh(plugin.onCommand(Samples.onMesh("graph", "battery"))));
  }

  @Test
  void whoAsksForNothingThereIsIsToldWhatThereIs() throws Exception {
    assertEquals(
        "say what to draw: battery, voltage, utilisation, airtime, temperature, humidity, pressure;"
            + " for example !graph battery 7d",
        Samples.failure(plugin.onCommand(Samples.inRoom("graph", ""))));
    assertEquals(
        "no temperature of RDGE was heard here in the last 24 h; most nodes tell it once an hour",
        Samples.failure(plugin.onCommand(Samples.inRoom("graph", "temperature RDGE"))));
    assertEquals(
        "a graph goes back 1h to 14d",
        Samples.failure(plugin.onCommand(Samples.inRoom("graph", "battery 15d"))));
    assertEquals(
        "no node is called \"nobody\", or more than one: give its number, such as !a1b2c3d4",
        Samples.failure(plugin.onCommand(Samples.inRoom("voltage", "nobody"))));
  }

  @Test
  void theNumbersComeAlsoWhenNothingCanBeDrawn() throws Exception {
    tellHourly(Samples.HUT, 95);
    context.drawingFault = Optional.of("this machine has no fonts to draw with");

    PluginResult result = plugin.onCommand(Samples.inRoom("graph", "battery"));

    assertEquals(
        Samples.lines(
            "Battery of Ridge Hut, last 24 h:"
                + " lowest 95, mean 95, highest 95, latest 95 % (12:00)",
            "There is no picture: this machine has no fonts to draw with."),
        Samples.inRoom(result));
    Answer answer = ((PluginResult.Replied) result).answer();
    assertEquals(Optional.empty(), answer.picture());
  }

  private Drawing.Chart drawn() {
    return (Drawing.Chart) context.drawn.get(context.drawn.size() - 1);
  }

  private void tellHourly(NodeId node, int... percents) throws PluginException {
    for (int percent : percents) {
      hear(node, device(percent, 4, 2, 1.5));
      pass(Duration.ofHours(1));
    }
  }

  private void hear(NodeId node, Telemetry telemetry) throws PluginException {
    plugin.onMesh(Samples.heard(new MeshEvent.TelemetryReceived(Samples.packet(node), telemetry)));
  }

  private void pass(Duration time) {
    context.now = context.now.plus(time);
  }

  private static Telemetry.Device device(
      int percent, double voltage, double utilisation, double airtime) {
    return new Telemetry.Device(
        OptionalInt.of(percent),
        OptionalDouble.of(voltage),
        OptionalDouble.of(utilisation),
        OptionalDouble.of(airtime),
        OptionalLong.empty());
  }
}
