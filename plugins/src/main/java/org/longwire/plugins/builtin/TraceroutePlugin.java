package org.longwire.plugins.builtin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longwire.plugins.api.About;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.Command.Where;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.plugins.api.Schedule;
import org.longwire.plugins.api.Sending;
import org.longwire.plugins.api.Settings;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.Route;

/** Finds the way to a node and back, and says in the room how well each hop was heard. */
public final class TraceroutePlugin implements BuiltIn {
  /** After so long there is no answer any more: the request may wait first, and then go there. */
  static final Duration PATIENCE = Limits.ROUTE_REQUEST.plusSeconds(15);

  /** The least time between two requests that firmware lets through (meshtastic.md §4.1). */
  static final Duration INTERVAL = Duration.ofSeconds(30);

  private static final String LOOK = "look";
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(15);

  /** Firmware sends a direct packet on the channel where it has heard the node. */
  private static final ChannelIndex ANY_CHANNEL = new ChannelIndex(0);

  private PluginContext context;
  private Optional<Question> open = Optional.empty();
  private Instant lastAsked = Instant.EPOCH;

  /** What is being asked for, and by whom. */
  private record Question(CommandCall.FromRoom call, String radio, NodeInfo node, Instant at) {}

  @Override
  public String id() {
    return "traceroute";
  }

  @Override
  public String description() {
    return "finds the way to a node and back";
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.of("traceroute", "node", "finds the way to a node and back, hop by hop")
        .or("route")
        .in(Where.ROOM, Where.PRIVATE_ROOM)
        .by(Command.Role.MODERATOR));
  }

  @Override
  public Set<Interest> interests() {
    return Set.of(Interest.MESH_ROUTES);
  }

  @Override
  public List<Schedule> schedules(Settings settings) {
    return List.of(new Schedule.Every(LOOK, LOOK_INTERVAL));
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws PluginException {
    if (!(call instanceof CommandCall.FromRoom asked)) {
      return PluginResult.failed("ask for a way in a room");
    }
    onSchedule(LOOK);
    Optional<NodeInfo> node = context.nodes().find(call.args());
    if (node.isEmpty()) {
      return PluginResult.failed(NodeWords.unknown(call.args()));
    }
    Place end = asked.ends().get(0);
    String radio = end instanceof Place.Direct direct
        ? direct.radio()
        : end instanceof Place.Channel channel ? channel.radio() : "";
    Optional<String> obstacle = obstacle(node.get(), radio);
    if (obstacle.isPresent()) {
      return PluginResult.failed(obstacle.get());
    }
    ChannelIndex index = end instanceof Place.Channel on ? on.channel() : ANY_CHANNEL;
    context.send(new Sending.RouteRequest(radio, index, node.get().id()));
    lastAsked = context.clock().instant();
    open = Optional.of(new Question(asked, radio, node.get(), lastAsked));
    return PluginResult.reply("asking for the way to %s; the answer may take a minute"
        .formatted(NodeWords.name(node.get())));
  }

  private Optional<String> obstacle(NodeInfo node, String radioId) throws PluginException {
    Times times = Times.of(context);
    if (open.isPresent()) {
      Duration left = Duration.between(times.now(), open.get().at().plus(PATIENCE));
      return Optional.of("the way to %s is being asked for; try again in %d s"
          .formatted(open.get().node().longName(), seconds(left)));
    }
    Duration wait = Duration.between(times.now(), lastAsked.plus(INTERVAL));
    if (!wait.isNegative() && !wait.isZero()) {
      return Optional.of("a radio lets one such request through in %d s; try again in %d s"
          .formatted(INTERVAL.toSeconds(), seconds(wait)));
    }
    Optional<RadioInfo> radio = context.nodes().radios().stream()
        .filter(ours -> ours.id().equals(radioId))
        .findFirst();
    if (radio.filter(ours -> ours.node().equals(Optional.of(node.id()))).isPresent()) {
      return Optional.of("that is the relay's own node; ask for another one");
    }
    return NodeWords.away(radio.stream().toList(), times)
        .map(away -> away + "; try again when it is back");
  }

  private static long seconds(Duration left) {
    return Math.max(1, left.toSeconds());
  }

  @Override
  public PluginResult onMesh(MeshHeard heard) throws PluginException {
    if (heard.event() instanceof MeshEvent.RouteReceived told && open.isPresent()) {
      Question question = open.get();
      if (question.radio().equals(heard.radio())
          && question.node().id().equals(told.packet().from())) {
        open = Optional.empty();
        say(question, words(question, told.route()));
      }
    }
    return PluginResult.pass();
  }

  private String words(Question question, Route route) throws PluginException {
    String target = question.node().longName();
    Duration took = Duration.between(question.at(), context.clock().instant());
    return "%s answered after %s\nthere: %s\nback: %s"
        .formatted(
            NodeWords.name(question.node()),
            Times.span(took),
            way("the relay", route.towards()),
            way(target, route.back()));
  }

  private String way(String from, List<Route.Hop> hops) throws PluginException {
    if (hops.isEmpty()) {
      return "not told";
    }
    List<String> names = new ArrayList<>(List.of(from));
    for (Route.Hop hop : hops) {
      String snr =
          hop.snr().isPresent() ? " (%s)".formatted(NodeWords.snr(hop.snr().getAsDouble())) : "";
      names.add(name(hop.node()) + snr);
    }
    return String.join(" → ", names);
  }

  private String name(NodeId node) throws PluginException {
    if (node.isBroadcast()) {
      return "somebody";
    }
    return NodeWords.isOurs(node, context.nodes())
        ? "the relay"
        : NodeWords.name(node, context.nodes());
  }

  @Override
  public void onSchedule(String schedule) throws PluginException {
    Instant now = context.clock().instant();
    if (open.isPresent() && !now.isBefore(open.get().at().plus(PATIENCE))) {
      Question question = open.get();
      open = Optional.empty();
      say(
          question,
          "no answer of %s within %d s: it is out of reach, or busy; try again later"
              .formatted(NodeWords.name(question.node()), PATIENCE.toSeconds()));
    }
  }

  @Override
  public void stop() throws PluginException {
    if (open.isPresent()) {
      say(open.get(), "the relay stops before there was an answer; ask again when it is back");
    }
  }

  private void say(Question question, String words) throws PluginException {
    CommandCall.FromRoom call = question.call();
    About about =
        new About.Event(call.event().header().room(), call.event().header().id());
    context.send(new Sending.Words(call.place(), Answer.of(words), Optional.of(about)));
  }
}
