package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.matrix.RoomEvent;
import org.longwire.relay.config.RelayConfig;

/**
 * What of a room's past is still sent to the mesh after a downtime: nothing older than an age, and
 * at most the newest so many. Pure.
 */
public final class BacklogPolicy {
  private final RelayConfig.Backlog limit;
  private final WallClock clock;

  public BacklogPolicy(RelayConfig.Backlog limit, WallClock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /**
   * Decides. Times are what the senders' servers claim: a false one can make a message old, never
   * the relay err.
   *
   * @param candidates what would be relayed if it were new, oldest first; one room's
   */
  public Choice choose(List<? extends RoomEvent> candidates, Instant now) {
    Instant oldest = now.minus(limit.age());
    List<RoomEvent> relayed = new ArrayList<>();
    List<RoomEvent> skipped = new ArrayList<>();
    for (RoomEvent event : candidates) {
      (event.header().at().isBefore(oldest) ? skipped : relayed).add(event);
    }
    int old = skipped.size();
    List<RoomEvent> tooMany = relayed.subList(0, Math.max(0, relayed.size() - limit.events()));
    skipped.addAll(tooMany);
    tooMany.clear();
    int over = skipped.size() - old;
    if (skipped.isEmpty()) {
      return new Choice(relayed, skipped, Optional.empty());
    }
    Instant since = over == 0 ? oldest : since(relayed, now);
    String notice = "%s from before %s %s not relayed to the mesh: %s"
        .formatted(
            skipped.size() == 1 ? "1 message" : skipped.size() + " messages",
            clock.time(since, now),
            skipped.size() == 1 ? "was" : "were",
            why(old, over));
    return new Choice(relayed, skipped, Optional.of(notice));
  }

  private static Instant since(List<RoomEvent> relayed, Instant now) {
    Instant first = relayed.isEmpty() ? now : relayed.get(0).header().at();
    return first.isBefore(now) ? first : now;
  }

  private String why(int old, int over) {
    String age = "older than " + words(limit.age());
    String number = "beyond the newest " + limit.events();
    if (over == 0) {
      return age;
    }
    return old == 0 ? number : "%d %s, %d %s".formatted(old, age, over, number);
  }

  private static String words(Duration duration) {
    if (duration.toSeconds() % 60 != 0) {
      return duration.toSeconds() + " s";
    }
    if (duration.toMinutes() % 60 != 0 || duration.isZero()) {
      return duration.toMinutes() + " min";
    }
    return duration.toHours() + " h";
  }

  /**
   * The decision.
   *
   * @param relayed in the order given
   * @param skipped to be recorded as filtered or expired
   * @param notice one sentence for the room; empty when nothing was skipped
   */
  public record Choice(List<RoomEvent> relayed, List<RoomEvent> skipped, Optional<String> notice) {
    public Choice {
      relayed = List.copyOf(relayed);
      skipped = List.copyOf(skipped);
    }
  }
}
