package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.plugins.api.About;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.Sending;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.Route;

class TraceroutePluginTest {
  private static final NodeId BOAT = Samples.id("!b2c3d4e5");
  private static final String ASKING =
      "asking for the way to Ridge Hut (RDGE); the answer may take a minute";

  private final TraceroutePlugin plugin = new TraceroutePlugin();
  private HandContext context;

  @BeforeEach
  void start(@TempDir Path directory) {
    context = new HandContext(directory);
    context.radios.add(Samples.radio());
    context.nodes.add(new NodeSample("!11111111", "Base", "BASE").info());
    context.nodes.add(new NodeSample("!a1b2c3d4", "Ridge Hut", "RDGE").info());
    context.nodes.add(new NodeSample("!b2c3d4e5", "Lake Boat", "BOAT").info());
    plugin.start(context);
  }

  @Test
  void theWayIsAskedForAndToldInTheRoom() throws PluginException {
    assertEquals(ASKING, ask("ridge hut"));
    assertEquals(
        List.of(new Sending.RouteRequest("main", new ChannelIndex(0), Samples.HUT)), context.sent);

    after(12);
    hear(
        Samples.HUT,
        new Route(
            List.of(hop(BOAT, 5.5), hop(NodeId.BROADCAST, -7), hop(Samples.HUT, -3.25)),
            List.of(hop(BOAT, 6), hop(Samples.OURS, 4.75))));

    assertEquals(
        told(
            "Ridge Hut (RDGE) answered after 12 s",
            "there: the relay → Lake Boat (SNR 5.5 dB) → somebody (SNR -7 dB)"
                + " → Ridge Hut (SNR -3.25 dB)",
            "back: Ridge Hut → Lake Boat (SNR 6 dB) → the relay (SNR 4.75 dB)"),
        context.sent.get(1));
  }

  @Test
  void whatTheNodesDidNotTellIsNotMadeUp() throws PluginException {
    ask("RDGE");
    hear(
        Samples.HUT,
        new Route(List.of(new Route.Hop(Samples.HUT, OptionalDouble.empty())), List.of()));

    assertEquals(
        told(
            "Ridge Hut (RDGE) answered after 0 s",
            "there: the relay → Ridge Hut",
            "back: not told"),
        context.sent.get(1));
  }

  @Test
  void silenceIsSaidAfterAMinute() throws PluginException {
    ask("RDGE");
    after(59);
    plugin.onSchedule("look");
    assertEquals(1, context.sent.size());

    after(1);
    plugin.onSchedule("look");
    plugin.onSchedule("look");
    hear(Samples.HUT, new Route(List.of(hop(Samples.HUT, 1)), List.of()));

    assertEquals(2, context.sent.size());
    assertEquals(
        told("no answer of Ridge Hut (RDGE) within 60 s: it is out of reach, or busy; "
            + "try again later"),
        context.sent.get(1));
  }

  @Test
  void oneIsAskedForAtATime() throws PluginException {
    ask("RDGE");
    after(20);

    assertEquals("the way to Ridge Hut is being asked for; try again in 40 s", refused("BOAT"));

    after(40);
    assertEquals(
        "asking for the way to Lake Boat (BOAT); the answer may take a minute", ask("BOAT"));
  }

  @Test
  void theLimitOfTheFirmwareIsSaid() throws PluginException {
    ask("RDGE");
    hear(Samples.HUT, new Route(List.of(hop(Samples.HUT, 1)), List.of()));
    after(18);

    assertEquals(
        "a radio lets one such request through in 30 s; try again in 12 s", refused("BOAT"));

    after(12);
    ask("BOAT");
  }

  @Test
  void otherNodesAnswersAndThoseOfOtherRadiosAreNotTaken() throws PluginException {
    ask("RDGE");

    hear(BOAT, new Route(List.of(hop(BOAT, 1)), List.of()));
    plugin.onMesh(new MeshHeard(
        "hill", Optional.empty(), answer(Samples.HUT, new Route(List.of(), List.of()))));

    assertEquals(1, context.sent.size());
  }

  @Test
  void whatCannotBeAskedIsRefusedWithTheCure() throws PluginException {
    assertEquals("say which node: its number, such as !a1b2c3d4, or its name", refused(""));
    assertEquals(
        "no node is called \"Peak\", or more than one: give its number, such as !a1b2c3d4",
        refused("Peak"));
    assertEquals("that is the relay's own node; ask for another one", refused("BASE"));
    context.radios.set(0, Samples.radioAway(Samples.minutesAgo(5)));
    assertEquals("the radio is away since 11:55; try again when it is back", refused("RDGE"));
    assertEquals(List.of(), context.sent);
  }

  @Test
  void aPrivateRoomIsAnsweredToo() throws PluginException {
    CommandCall.FromRoom shared = Samples.inRoom("traceroute", "RDGE");
    Place.Room alone = new Place.Room(Samples.ROOM.id(), true);

    plugin.onCommand(new CommandCall.FromRoom(
        "traceroute",
        "RDGE",
        alone,
        Command.Role.MODERATOR,
        shared.event(),
        List.of(new Place.Direct("main", Samples.HUT))));

    assertEquals(
        List.of(new Sending.RouteRequest("main", new ChannelIndex(0), Samples.HUT)), context.sent);
  }

  @Test
  void whoStillWaitsWhenTheRelayStopsIsTold() throws PluginException {
    plugin.stop();
    assertEquals(List.of(), context.sent);

    ask("RDGE");
    plugin.stop();

    assertEquals(
        told("the relay stops before there was an answer; ask again when it is back"),
        context.sent.get(1));
  }

  private String ask(String node) throws PluginException {
    return Samples.inRoom(plugin.onCommand(Samples.inRoom("traceroute", node)));
  }

  private String refused(String node) throws PluginException {
    return Samples.failure(plugin.onCommand(Samples.inRoom("traceroute", node)));
  }

  private void after(int seconds) {
    context.now = context.now.plusSeconds(seconds);
  }

  private void hear(NodeId from, Route route) throws PluginException {
    plugin.onMesh(Samples.heard(answer(from, route)));
  }

  private static MeshEvent.RouteReceived answer(NodeId from, Route route) {
    return new MeshEvent.RouteReceived(Samples.packet(from), Optional.empty(), route);
  }

  private static Route.Hop hop(NodeId node, double snr) {
    return new Route.Hop(node, OptionalDouble.of(snr));
  }

  private static Sending told(String... lines) {
    return new Sending.Words(
        Samples.ROOM,
        Answer.of(Samples.lines(lines)),
        Optional.of(new About.Event(Samples.ROOM.id(), new EventId("$asked"))));
  }
}
