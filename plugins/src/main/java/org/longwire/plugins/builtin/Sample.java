package org.longwire.plugins.builtin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.plugins.api.Place;
import org.longwire.radio.NodeId;

/**
 * What a node has measured and told on a channel at a time, to the minute. Many of them are one row
 * of the store, so that a packet costs few bytes on the card: {@code 29412345;@main/0;a1b2c3d4 0
 * b93 v4.12;…} has the minute of the first since 1970, the channel of all that follow up to the
 * next channel, and of each sample the node, the minutes since then, and the values by the letters
 * of their metrics.
 */
record Sample(Place.Channel channel, NodeId node, Instant at, Map<Metric, Double> values) {
  private static final long MINUTE = 60;
  private static final String CHANNEL = "@";

  Sample {
    values = Map.copyOf(values);
  }

  /** @param samples in the order of time, at least one */
  static String row(List<Sample> samples) {
    long first = samples.get(0).minute();
    StringBuilder row = new StringBuilder().append(first);
    Optional<Place.Channel> channel = Optional.empty();
    for (Sample sample : samples) {
      if (!channel.equals(Optional.of(sample.channel))) {
        channel = Optional.of(sample.channel);
        row.append(';').append(CHANNEL).append(HeardChannel.written(sample.channel));
      }
      row.append(";%08x %d".formatted(sample.node.number(), sample.minute() - first));
      new EnumMap<>(sample.values)
          .forEach((metric, value) ->
              row.append(' ').append(metric.letter()).append(metric.number(value)));
    }
    return row.toString();
  }

  /** What {@link #row} has written; what cannot be read of it is left out. */
  static List<Sample> read(String row) {
    String[] parts = row.split(";");
    List<Sample> samples = new ArrayList<>();
    Optional<Place.Channel> channel = Optional.empty();
    try {
      long first = Long.parseLong(parts[0]);
      for (int i = 1; i < parts.length; i++) {
        if (parts[i].startsWith(CHANNEL)) {
          channel = HeardChannel.read(parts[i].substring(CHANNEL.length()));
        } else if (channel.isPresent()) {
          one(channel.get(), first, parts[i].strip().split(" +")).ifPresent(samples::add);
        }
      }
    } catch (NumberFormatException e) {
      // Written by nobody we know: the rest of the row says nothing to us.
      return samples;
    }
    return samples;
  }

  private static Optional<Sample> one(Place.Channel channel, long first, String[] words) {
    Optional<NodeId> node = NodeId.parse(words[0]);
    if (node.isEmpty() || words.length < 2) {
      return Optional.empty();
    }
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    for (int i = 2; i < words.length; i++) {
      double value = Double.parseDouble(words[i].substring(1));
      Metric.of(words[i].charAt(0)).ifPresent(metric -> values.put(metric, value));
    }
    Instant at = Instant.ofEpochSecond((first + Long.parseLong(words[1])) * MINUTE);
    return Optional.of(new Sample(channel, node.get(), at, values));
  }

  private long minute() {
    return Math.floorDiv(at.getEpochSecond(), MINUTE);
  }
}
