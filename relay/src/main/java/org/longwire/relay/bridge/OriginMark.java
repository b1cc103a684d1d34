package org.longwire.relay.bridge;

import org.longwire.matrix.ExtraField;
import org.longwire.relay.queue.Origin;

/**
 * Our own key on what we post, {@code main/!a1b2c3d4/0badcafe}: it tells people and other programs
 * which packet a message was made of. The relay never reads it: it finds its own message in a room
 * again by {@link org.longwire.relay.queue.MatrixDestination#TRANSACTION_KEY}.
 */
public final class OriginMark {
  public static final String KEY = "org.longwire.origin";

  private OriginMark() {}

  /** The key for a packet that came in by one of our radios. */
  public static ExtraField write(Origin.Packet origin) {
    return new ExtraField.Text(
        KEY, "%s/%s/%s".formatted(origin.radio(), origin.from(), origin.id()));
  }
}
