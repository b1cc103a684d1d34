package org.longwire.plugins.builtin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Located;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Nodes;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.radio.Telemetry;

/** All that is known of one node, in words. */
record NodeSheet(Nodes nodes, Times times) {
  Answer of(NodeInfo node) throws PluginException {
    List<String> lines = new ArrayList<>();
    lines.add("%s, %s%s"
        .formatted(
            NodeWords.name(node),
            node.id(),
            node.hardware().map(model -> ", " + model).orElse("")));
    lines.add(heard(node));
    node.device().map(this::device).filter(line -> !line.isEmpty()).ifPresent(lines::add);
    node.environment().map(this::environment).filter(line -> !line.isEmpty()).ifPresent(lines::add);
    if (node.position().isPresent()) {
      lines.add(position(node, node.position().get()));
    }
    NodeWords.away(nodes.radios(), times).ifPresent(lines::add);
    return Answer.of(String.join("\n", lines)).briefly(Brief.cut(String.join("; ", lines)));
  }

  private String heard(NodeInfo node) {
    List<String> parts = new ArrayList<>();
    parts.add(node.lastHeard()
        .map(at -> "heard %s (%s)".formatted(times.ago(at), times.at(at)))
        .orElse("never heard"));
    node.hops().ifPresent(hops -> parts.add(NodeWords.hops(hops)));
    node.snr().ifPresent(snr -> parts.add(NodeWords.snr(snr)));
    return String.join(", ", parts);
  }

  private String device(NodeInfo.Measured<Telemetry.Device> measured) {
    Telemetry.Device device = measured.value();
    List<String> parts = new ArrayList<>();
    NodeWords.battery(device).ifPresent(battery -> parts.add("battery " + battery));
    device.voltage().ifPresent(volts -> parts.add(NodeWords.number(volts) + " V"));
    NodeWords.air(device.channelUtilisation(), device.airUtilisationTx()).ifPresent(parts::add);
    device
        .uptimeSeconds()
        .ifPresent(seconds -> parts.add("up " + Times.span(Duration.ofSeconds(seconds))));
    return measured(parts, measured);
  }

  private String environment(NodeInfo.Measured<Telemetry.Environment> measured) {
    Telemetry.Environment around = measured.value();
    List<String> parts = new ArrayList<>();
    around.temperature().ifPresent(celsius -> parts.add(NodeWords.number(celsius) + " °C"));
    around.humidityPercent().ifPresent(wet -> parts.add(NodeWords.number(wet) + " % humidity"));
    around
        .pressureHectopascal()
        .ifPresent(pressure -> parts.add(NodeWords.number(pressure) + " hPa"));
    around.airQualityIndex().ifPresent(index -> parts.add("air quality " + index));
    return measured(parts, measured);
  }

  private String measured(List<String> parts, NodeInfo.Measured<?> measured) {
    return parts.isEmpty()
        ? ""
        : "%s (%s)".formatted(String.join(", ", parts), times.ago(measured.at()));
  }

  private String position(NodeInfo node, Located located) throws PluginException {
    String precision = located.precisionMetres().orElse(0) > 0
        ? " ± " + new Distance(located.precisionMetres().getAsInt(), 0).words()
        : "";
    String line = String.format(
        Locale.ROOT,
        "at %.5f, %.5f%s (%s)",
        located.point().latitude(),
        located.point().longitude(),
        precision,
        times.ago(located.at()));
    return line + fromUs(node, located).map(words -> ", " + words).orElse("");
  }

  /** How it lies from our own node, if that knows where it is. */
  private Optional<String> fromUs(NodeInfo node, Located located) throws PluginException {
    for (RadioInfo radio : nodes.radios()) {
      Optional<NodeInfo> own =
          radio.node().isPresent() ? nodes.byId(radio.node().get()) : Optional.empty();
      if (own.isPresent() && own.get().position().isPresent() && !own.get().equals(node)) {
        Distance way = Distance.between(own.get().position().get().point(), located.point());
        return Optional.of("%s %s of the relay".formatted(way.words(), way.wind()));
      }
    }
    return Optional.empty();
  }
}
