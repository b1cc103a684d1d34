package org.longwire.plugins.builtin;

import java.util.Optional;
import org.longwire.plugins.api.Place;
import org.longwire.radio.ChannelIndex;

/** A channel as it is stored beside what was told there: {@code main/0}. Pure. */
final class HeardChannel {
  private HeardChannel() {}

  static String written(Place.Channel channel) {
    return channel.radio() + "/" + channel.channel();
  }

  /** Reads what {@link #written} wrote; empty if it is something else. */
  static Optional<Place.Channel> read(String written) {
    String[] parts = written.split("/", -1);
    return parts.length == 2 && !parts[0].isEmpty() && parts[1].matches("[0-7]")
        ? Optional.of(new Place.Channel(parts[0], new ChannelIndex(Integer.parseInt(parts[1]))))
        : Optional.empty();
  }
}
