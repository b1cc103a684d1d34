package org.longwire.plugins.builtin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Schedule;
import org.longwire.plugins.api.Setting;
import org.longwire.plugins.api.Settings;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;

/** Keeps what nodes measure, and draws it. */
public final class TelemetryPlugin implements BuiltIn {
  static final Setting<Integer> KEEP_DAYS =
      Setting.whole("keep-days", 14, 1, 365, "for how many days measurements are kept");
  static final Setting<Duration> INTERVAL = Setting.time(
      "interval",
      Duration.ofMinutes(5),
      Duration.ofMinutes(1),
      Duration.ofDays(1),
      "between two values of a node that are kept, at least");
  static final Setting<Duration> WRITE_INTERVAL = Setting.time(
      "write-interval",
      Duration.ofMinutes(15),
      Duration.ofMinutes(1),
      Duration.ofHours(1),
      "how often they are written to the store; what is not yet written is lost when power fails");

  private static final String WRITE = "write";
  private static final String TRIM = "trim";

  /** Lines that can be told apart in one picture. */
  private static final int LINES = 10;

  private static final int NAME_BYTES = 20;

  /** The commands that say themselves what to draw. */
  private static final Map<String, Metric> SHORT = Map.of(
      "batterylevel", Metric.BATTERY, "voltage", Metric.VOLTAGE, "airutiltx", Metric.AIRTIME);

  private PluginContext context;
  private TelemetryLog log;

  @Override
  public String id() {
    return "telemetry";
  }

  @Override
  public String description() {
    return "keeps what nodes measure, and draws it";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(KEEP_DAYS, INTERVAL, WRITE_INTERVAL);
  }

  @Override
  public List<Command> commands() {
    return List.of(
        Command.of("graph", "metric [node] [24h|7d]", "draws what nodes have measured"),
        Command.of("batterylevel", "[node] [24h|7d]", "draws how full batteries were"),
        Command.of("voltage", "[node] [24h|7d]", "draws the voltage of batteries"),
        Command.of("airutiltx", "[node] [24h|7d]", "draws how long nodes were transmitting"));
  }

  @Override
  public Set<Interest> interests() {
    return Set.of(Interest.MESH_TELEMETRY);
  }

  @Override
  public List<Schedule> schedules(Settings settings) {
    return List.of(
        new Schedule.Every(WRITE, settings.get(WRITE_INTERVAL)),
        new Schedule.Cron(TRIM, "7 0 * * *"));
  }

  @Override
  public void start(PluginContext lent) throws PluginException {
    context = lent;
    Settings settings = lent.settings();
    log = new TelemetryLog(lent.store(), settings.get(INTERVAL), settings.get(KEEP_DAYS));
    log.trim(lent.clock().instant());
  }

  @Override
  public PluginResult onMesh(MeshHeard heard) throws PluginException {
    // What a node tells somebody alone is not everybody's to see.
    if (heard.event() instanceof MeshEvent.TelemetryReceived received
        && heard.place().orElse(null) instanceof Place.Channel channel) {
      TelemetryLog.Teller teller =
          new TelemetryLog.Teller(channel, received.packet().from());
      log.add(teller, received.telemetry(), context.clock().instant());
    }
    return PluginResult.pass();
  }

  @Override
  public void onSchedule(String schedule) throws PluginException {
    if (schedule.equals(WRITE)) {
      log.write();
    } else {
      log.trim(context.clock().instant());
    }
  }

  @Override
  public void stop() throws PluginException {
    log.write();
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws PluginException {
    Duration most = Duration.ofDays(context.settings().get(KEEP_DAYS));
    try {
      Optional<Metric> told = Optional.ofNullable(SHORT.get(call.command()));
      return answer(GraphRequest.of(told, call.args(), most), call);
    } catch (PluginException.Refused e) {
      return PluginResult.failed(e.getMessage());
    }
  }

  private PluginResult answer(GraphRequest request, CommandCall call) throws PluginException {
    Optional<NodeId> only = Optional.empty();
    if (request.node().isPresent()) {
      only = context.nodes().find(request.node().get()).map(NodeInfo::id);
      if (only.isEmpty()) {
        return PluginResult.failed(Brief.cut(NodeWords.unknown(request.node().get())));
      }
    }
    Instant now = context.clock().instant();
    List<Sample> samples = log.since(now.minus(request.window()), now, call.channels());
    Optional<NodeId> asked = only;
    samples.removeIf(sample -> asked.filter(node -> !node.equals(sample.node())).isPresent());
    List<Course> courses = courses(samples, request.metric());
    GraphWords words = new GraphWords(request, courses, Times.of(context));
    if (courses.isEmpty()) {
      return PluginResult.failed(words.nothing());
    }
    Answer answer = Answer.of(words.full()).briefly(words.brief());
    return PluginResult.reply(
        call instanceof CommandCall.FromMesh ? answer : drawn(answer, chart(words, now)));
  }

  /** Of each node that has measured it, the latest first. */
  private List<Course> courses(List<Sample> samples, Metric metric) throws PluginException {
    Map<NodeId, List<Drawing.Chart.Point>> points = new LinkedHashMap<>();
    for (Sample sample : samples) {
      Double value = sample.values().get(metric);
      if (value != null) {
        points
            .computeIfAbsent(sample.node(), node -> new ArrayList<>())
            .add(new Drawing.Chart.Point(sample.at(), value));
      }
    }
    List<Course> courses = new ArrayList<>();
    for (Map.Entry<NodeId, List<Drawing.Chart.Point>> entry : points.entrySet()) {
      String name = NodeWords.name(entry.getKey(), context.nodes());
      courses.add(new Course(entry.getKey(), Brief.cut(name, NAME_BYTES), entry.getValue()));
    }
    courses.sort(Comparator.comparing((Course course) -> course.latest().at())
        .reversed()
        .thenComparing(Course::node));
    return courses;
  }

  private Drawing.Chart chart(GraphWords words, Instant now) {
    GraphRequest request = words.request();
    return new Drawing.Chart(
        words.title(),
        request.metric().unit(),
        now.minus(request.window()),
        now,
        context.zone(),
        words.courses().stream()
            .limit(LINES)
            .map(course -> course.line(request.window()))
            .toList(),
        Drawing.Chart.WIDTH,
        Drawing.Chart.HEIGHT);
  }

  /** The numbers are worth having without a picture, too. */
  private Answer drawn(Answer answer, Drawing drawing) {
    try {
      return answer.with(context.draw(drawing));
    } catch (PluginException e) {
      context.log().warn("a graph was not drawn: " + e.getMessage());
      return new Answer(
          answer.text() + "\nThere is no picture: " + e.getMessage() + ".",
          answer.brief(),
          answer.picture(),
          answer.point());
    }
  }
}
