package org.longwire.relay.bridge;

import java.time.Duration;
import org.longwire.radio.DeliveryState;
import org.longwire.relay.queue.Failures.Failure;
import org.longwire.relay.queue.Fate;

/** What an author is told of a message that did not arrive: what, why, and the cure. Pure. */
final class FailureWords {
  private FailureWords() {}

  /**
   * A delivery failed.
   *
   * @param where to follow "sent", such as "to the mesh"
   * @param isPart whether other parts of the message were sent
   */
  static String of(String text, String where, Failure failure, boolean isPart) {
    String what = failure.inDoubt() ? "may not have been sent" : "was not sent";
    String how = isPart ? "was sent only in part" : what;
    return "%s %s %s: %s".formatted(quote(text), how, where, reason(failure, false));
  }

  /**
   * Several messages failed of one cause.
   *
   * @param since when the first of them was said, for people
   * @param where to follow "sent", such as "to the mesh"
   * @param isDoubtful whether any of them may have been sent, or was in part
   */
  static String ofMany(
      int messages, String since, String where, Failure failure, boolean isDoubtful) {
    return "%d more %s since %s %s %s: %s"
        .formatted(
            messages,
            messages == 1 ? "message" : "messages",
            since,
            isDoubtful
                ? "may not have been sent whole"
                : messages == 1 ? "was not sent" : "were not sent",
            where,
            reason(failure, messages > 1));
  }

  /** Why, and the cure. */
  static String reason(Failure failure, boolean areMany) {
    if (failure.fate() != Fate.EXPIRED) {
      return failure.reason();
    }
    Duration waited =
        Duration.between(failure.entry().acceptedAt(), failure.entry().expiresAt());
    String words = areMany
        ? "they waited longer than %s for the radio; say them again if they still matter"
        : "it waited longer than %s for the radio; say it again if it still matters";
    return words.formatted(duration(waited));
  }

  /** A direct message was sent, and its addressee said nothing or could not read it. */
  static String unanswered(String text, DeliveryState state) {
    return state instanceof DeliveryState.NotHeard
        ? "%s was not heard: nobody acknowledged it; the node may be off or out of reach"
            .formatted(quote(text))
        : "%s may not have arrived: the node has not acknowledged it".formatted(quote(text));
  }

  /** Messages are held for a while. */
  static String held(String reason, Duration maxAge) {
    return "messages to the mesh are late (%s); what waits longer than %s expires"
        .formatted(reason, duration(maxAge));
  }

  static String quote(String text) {
    String words = Quote.of(text);
    return words.isEmpty() ? "your message" : "\"" + words + "\"";
  }

  private static String duration(Duration time) {
    long seconds = time.toSeconds();
    if (seconds % 3_600 == 0 && seconds >= 7_200) {
      return seconds / 3_600 + " h";
    }
    return seconds >= 120 ? seconds / 60 + " min" : seconds + " s";
  }
}
