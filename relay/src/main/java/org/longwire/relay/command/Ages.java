package org.longwire.relay.command;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in words that are short on the air. Pure. */
final class Ages {
  private Ages() {}

  static String ago(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    if (age.toMinutes() < 1) {
      return "now";
    }
    if (age.toHours() < 2) {
      return age.toMinutes() + " min ago";
    }
    return age.toDays() < 2 ? age.toHours() + " h ago" : age.toDays() + " days ago";
  }
}
