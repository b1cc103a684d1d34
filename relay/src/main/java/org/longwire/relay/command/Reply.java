package org.longwire.relay.command;

import java.util.Optional;
import org.longwire.radio.GeoPoint;

/**
 * What a command has to say.
 *
 * @param words nothing is said if they are empty
 * @param place that they tell of
 */
record Reply(String words, Optional<GeoPoint> place) {
  Reply(String words) {
    this(words, Optional.empty());
  }
}
