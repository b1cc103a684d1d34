package org.longwire.plugins.builtin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Nodes;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.plugins.api.Setting;
import org.longwire.radio.NodeId;

/** Says which nodes were heard lately, and what is known of one of them. */
public final class NodesPlugin implements BuiltIn {
  static final Setting<Duration> WINDOW = Setting.time(
      "window",
      Duration.ofHours(2),
      Duration.ofMinutes(1),
      Duration.ofDays(30),
      "how long ago is lately");
  static final Setting<Integer> LIMIT =
      Setting.whole("limit", 20, 1, 30, "how many nodes are listed in a room");

  private PluginContext context;

  @Override
  public String id() {
    return "nodes";
  }

  @Override
  public boolean isOnByDefault() {
    return true;
  }

  @Override
  public String description() {
    return "says which nodes were heard lately, and what is known of one of them";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(WINDOW, LIMIT);
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.of(
        "nodes", "[node]", "says which nodes were heard lately, or what is known of one"));
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws PluginException {
    Times times = Times.of(context);
    Nodes nodes = context.nodes().at(call.place());
    if (call.args().isEmpty()) {
      return PluginResult.reply(list(nodes, times));
    }
    Optional<NodeInfo> node = nodes.find(call.args());
    return node.isPresent()
        ? PluginResult.reply(new NodeSheet(nodes, times).of(node.get()))
        : PluginResult.failed(Brief.cut(NodeWords.unknown(call.args())));
  }

  private Answer list(Nodes nodes, Times times) throws PluginException {
    Duration window = context.settings().get(WINDOW);
    List<NodeInfo> lately = lately(nodes, times, window);
    String away = NodeWords.away(nodes.radios(), times)
        .map(sentence -> sentence + "; as of then:\n")
        .orElse("");
    String count = "%d %s heard in the last %s"
        .formatted(lately.size(), lately.size() == 1 ? "node" : "nodes", Times.span(window));
    String head = away + count + (lately.isEmpty() ? "" : ":");
    List<String> lines = new ArrayList<>(List.of(head));
    int limit = context.settings().get(LIMIT);
    lately.stream().limit(limit).map(node -> line(node, times)).forEach(lines::add);
    if (lately.size() > limit) {
      lines.add("and %d more".formatted(lately.size() - limit));
    }
    List<String> items = lately.stream()
        .map(node ->
            "%s %s".formatted(node.longName(), times.ago(node.lastHeard().get())))
        .toList();
    String brief = head.replace('\n', ' ') + (lately.isEmpty() ? "" : " ");
    return Answer.of(String.join("\n", lines)).briefly(Brief.list(brief, items));
  }

  /** Others heard within the window; while the radio is away, within the one before it went. */
  private List<NodeInfo> lately(Nodes nodes, Times times, Duration window) throws PluginException {
    List<RadioInfo> radios = nodes.radios();
    Instant end = radios.isEmpty() || radios.stream().anyMatch(RadioInfo::isConnected)
        ? times.now()
        : radios.stream().map(RadioInfo::since).max(Comparator.naturalOrder()).get();
    Set<NodeId> ours =
        radios.stream().flatMap(radio -> radio.node().stream()).collect(Collectors.toSet());
    return nodes.all().stream()
        .filter(node -> !ours.contains(node.id()))
        .filter(node ->
            node.lastHeard().filter(heard -> heard.isAfter(end.minus(window))).isPresent())
        .sorted(Comparator.comparing((NodeInfo node) -> node.lastHeard().get()).reversed())
        .toList();
  }

  private static String line(NodeInfo node, Times times) {
    List<String> parts = new ArrayList<>();
    node.hops().ifPresent(hops -> parts.add(NodeWords.hops(hops)));
    node.snr().ifPresent(snr -> parts.add(NodeWords.snr(snr)));
    node.device()
        .flatMap(device -> NodeWords.battery(device.value()))
        .ifPresent(battery -> parts.add("battery " + battery));
    parts.add(times.ago(node.lastHeard().get()));
    return "%s: %s".formatted(NodeWords.name(node), String.join(", ", parts));
  }
}
