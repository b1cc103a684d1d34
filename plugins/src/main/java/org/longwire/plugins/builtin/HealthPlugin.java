package org.longwire.plugins.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.plugins.api.RelayState;
import org.longwire.plugins.api.Setting;

/** Says how the mesh is, and to administrators how the relay is. */
public final class HealthPlugin implements BuiltIn {
  static final Setting<Integer> LOW =
      Setting.whole("low-battery", 20, 1, 100, "per cent at which a battery is called low");

  private static final int MAX_NAMED = 10;

  private PluginContext context;

  @Override
  public String id() {
    return "health";
  }

  @Override
  public String description() {
    return "says how the mesh is, and to administrators how the relay is";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(LOW);
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.of("health", "", "says how the mesh is: batteries, signals, airtime"));
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws PluginException {
    Times times = Times.of(context);
    List<NodeInfo> nodes = context.nodes().at(call.place()).all();
    List<String> lines = new ArrayList<>();
    lines.add(nodes.size() == 1 ? "1 node" : nodes.size() + " nodes");
    batteries(nodes, lines);
    double[] snr =
        nodes.stream().map(NodeInfo::snr).flatMapToDouble(told -> told.stream()).toArray();
    if (snr.length > 0) {
      lines.add("%s median of %d".formatted(NodeWords.snr(median(snr)), snr.length));
    }
    List<RadioInfo> radios = context.nodes().radios();
    for (RadioInfo radio : radios) {
      NodeWords.air(radio.channelUtilisation(), radio.airUtilisationTx())
          .map(air -> radios.size() > 1 ? "radio %s: %s".formatted(radio.id(), air) : air)
          .ifPresent(lines::add);
    }
    NodeWords.away(radios, times).ifPresent(lines::add);
    if (call.role() == Command.Role.ADMIN) {
      relay(call.place().isPrivate(), times, lines);
    }
    return PluginResult.reply(Answer.of(Brief.cut(String.join("\n", lines), Limits.TEXT))
        .briefly(Brief.cut(String.join("; ", lines))));
  }

  /** What a node told of its battery. */
  private record Battery(String node, int percent) {
    static Stream<Battery> of(NodeInfo node) {
      return node.device().stream()
          .flatMapToInt(measured -> measured.value().batteryPercent().stream())
          .mapToObj(percent -> new Battery(node.longName(), percent));
    }

    boolean isOnMains() {
      return NodeWords.isOnMains(percent);
    }
  }

  private void batteries(List<NodeInfo> nodes, List<String> lines) {
    List<Battery> all = nodes.stream().flatMap(Battery::of).toList();
    List<Battery> real = all.stream().filter(battery -> !battery.isOnMains()).toList();
    List<String> parts = new ArrayList<>();
    if (!real.isEmpty()) {
      double[] percents = real.stream().mapToDouble(Battery::percent).toArray();
      parts.add("battery of %d: average %.0f %%, median %.0f %%"
          .formatted(
              percents.length,
              DoubleStream.of(percents).average().orElseThrow(),
              median(percents)));
    }
    if (real.size() < all.size()) {
      parts.add("%d on mains".formatted(all.size() - real.size()));
    }
    if (!parts.isEmpty()) {
      lines.add(String.join("; ", parts));
    }
    int low = context.settings().get(LOW);
    List<String> names = real.stream()
        .filter(battery -> battery.percent() <= low)
        .sorted(Comparator.comparing(Battery::percent))
        .map(battery -> "%s %d %%".formatted(battery.node(), battery.percent()))
        .toList();
    if (!names.isEmpty()) {
      int more = Math.max(0, names.size() - MAX_NAMED);
      lines.add("low: "
          + String.join(", ", names.subList(0, names.size() - more))
          + (more > 0 ? ", and %d more".formatted(more) : ""));
    }
  }

  /** The relay's own state. What concerns a room is told in private only: rooms may be private. */
  private void relay(boolean isPrivate, Times times, List<String> lines) throws PluginException {
    List<RelayState.Part> unwell =
        context.relay().parts().stream().filter(part -> !part.isWell()).toList();
    List<RelayState.Part> told =
        unwell.stream().filter(part -> isPrivate || !part.isOfRoom()).toList();
    lines.add(unwell.isEmpty() ? "the relay is well" : "the relay is not well:");
    told.forEach(part -> lines.add(
        "%s: %s (since %s)".formatted(part.name(), part.sentence(), times.at(part.since()))));
    if (told.size() < unwell.size()) {
      lines.add(
          "of rooms: %d, which \"longwire status\" names".formatted(unwell.size() - told.size()));
    }
    lines.add("waiting: %d for the mesh, %d for rooms"
        .formatted(context.relay().waitingForMesh(), context.relay().waitingForRooms()));
  }

  private static double median(double[] values) {
    double[] sorted = DoubleStream.of(values).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
