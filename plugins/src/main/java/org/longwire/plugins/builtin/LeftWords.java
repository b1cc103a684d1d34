package org.longwire.plugins.builtin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.longwire.plugins.api.Place;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;

/**
 * Words that wait at a place for whoever comes by.
 *
 * @param owner who is counted for them: a node's id or a user's
 * @param author how people call the owner
 * @param radio by which the owner may be told, if that is a node; else empty
 * @param channels whose people they were left to; none if they were left in private
 */
record LeftWords(
    GeoPoint point,
    Instant at,
    String owner,
    String author,
    String radio,
    List<Place.Channel> channels,
    String text) {
  private static final int FIELDS = 7;

  LeftWords {
    channels = List.copyOf(channels);
  }

  /** Whether who is heard there may find them: on another channel it would tell who was where. */
  boolean isFor(Optional<Place> heardAt) {
    return channels.isEmpty() || heardAt.filter(channels::contains).isPresent();
  }

  /**
   * Where its author may be told something alone. Words that were left in private are found on any
   * channel, and who finds them there has not told its author so.
   */
  Optional<Place> back() {
    return radio.isEmpty() || channels.isEmpty()
        ? Optional.empty()
        : NodeId.parse(owner).map(node -> new Place.Direct(radio, node));
  }

  /** As it is stored: a line for each field. */
  String written() {
    return String.join(
        "\n",
        point.latitude() + " " + point.longitude(),
        Long.toString(at.getEpochSecond()),
        owner,
        author,
        radio,
        channels.stream().map(HeardChannel::written).collect(Collectors.joining(" ")),
        text);
  }

  /** Reads what {@link #written} wrote; empty if it is something else. */
  static Optional<LeftWords> read(String written) {
    String[] lines = written.split("\n", -1);
    if (lines.length != FIELDS) {
      return Optional.empty();
    }
    try {
      String[] point = lines[0].split(" ");
      return Optional.of(new LeftWords(
          new GeoPoint(Double.parseDouble(point[0]), Double.parseDouble(point[1])),
          Instant.ofEpochSecond(Long.parseLong(lines[1])),
          lines[2],
          lines[3],
          lines[4],
          Stream.of(lines[5].split(" "))
              .filter(channel -> !channel.isEmpty())
              .map(channel -> HeardChannel.read(channel).orElseThrow())
              .toList(),
          lines[6]));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
