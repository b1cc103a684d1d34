package org.longwire.plugins.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Nodes;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.radio.NodeId;
import org.longwire.radio.Telemetry;

/** What people read of nodes and radios. Pure. */
final class NodeWords {
  /** What a node tells that has no need of its battery. */
  private static final int ON_MAINS = 101;

  private NodeWords() {}

  /** {@code Ridge Hut (RDGE)}. */
  static String name(NodeInfo node) {
    return "%s (%s)".formatted(node.longName(), node.shortName());
  }

  /** The long name of a node, or its number if nobody knows it. */
  static String name(NodeId id, Nodes nodes) throws PluginException {
    return nodes.byId(id).map(NodeInfo::longName).orElse(id.toString());
  }

  /** Whether it is the node of one of our radios. */
  static boolean isOurs(NodeId node, Nodes nodes) throws PluginException {
    return nodes.radios().stream().anyMatch(radio -> radio.node().equals(Optional.of(node)));
  }

  /** The sentence for words that {@link Nodes#find} understands as no single node. */
  static String unknown(String words) {
    return words.isEmpty()
        ? "say which node: its number, such as !a1b2c3d4, or its name"
        : "no node is called \"%s\", or more than one: give its number, such as !a1b2c3d4"
            .formatted(words);
  }

  /** {@code 1 hop}. */
  static String hops(int hops) {
    return hops == 1 ? "1 hop" : hops + " hops";
  }

  /** {@code SNR 5.5 dB}. */
  static String snr(double decibels) {
    return "SNR %s dB".formatted(number(decibels));
  }

  /** At most two decimals, and none that says nothing. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    String bare = text.replaceAll("\\.?0+$", "");
    return bare.equals("-0") ? "0" : bare;
  }

  /** {@code 87 %}, or {@code on mains}; empty if the node did not tell. */
  static Optional<String> battery(Telemetry.Device device) {
    OptionalInt percent = device.batteryPercent();
    return percent.isEmpty()
        ? Optional.empty()
        : Optional.of(isOnMains(percent.getAsInt()) ? "on mains" : percent.getAsInt() + " %");
  }

  static boolean isOnMains(int batteryPercent) {
    return batteryPercent >= ON_MAINS;
  }

  /** {@code channel busy 4.2 %, own airtime 0.8 %}; empty if nothing of it is known. */
  static Optional<String> air(OptionalDouble channelUtilisation, OptionalDouble airUtilisationTx) {
    List<String> parts = new ArrayList<>();
    channelUtilisation.ifPresent(busy -> parts.add("channel busy %s %%".formatted(number(busy))));
    airUtilisationTx.ifPresent(own -> parts.add("own airtime %s %%".formatted(number(own))));
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
  }

  /** Which radios are away and since when; empty if all are there. */
  static Optional<String> away(List<RadioInfo> radios, Times times) {
    List<String> away = radios.stream()
        .filter(radio -> !radio.isConnected())
        .map(radio -> "the radio%s is away since %s"
            .formatted(radios.size() > 1 ? " " + radio.id() : "", times.at(radio.since())))
        .toList();
    return away.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", away));
  }
}
