package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.longwire.relay.bridge.Samples.ALICE;
import static org.longwire.relay.bridge.Samples.NOON;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.relay.config.RelayConfig;

class BacklogPolicyTest {
  private static final WallClock CLOCK = new WallClock(ZoneOffset.ofHours(1));

  /** Messages one minute apart, the last one minute old. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "0  | PT30M  | 5 | 0 | none",
        "5  | PT30M  | 5 | 5 | none",
        "31 | PT30M  | 99 | 30 | 1 message from before 12:30 was not relayed to the mesh:"
            + " older than 30 min",
        "42 | PT30M  | 99 | 30 | 12 messages from before 12:30 were not relayed to the mesh:"
            + " older than 30 min",
        "8  | PT30M  | 5 | 5 | 3 messages from before 12:55 were not relayed to the mesh:"
            + " beyond the newest 5",
        "42 | PT30M  | 5 | 5 | 37 messages from before 12:55 were not relayed to the mesh:"
            + " 12 older than 30 min, 25 beyond the newest 5",
        "2  | PT0S   | 5 | 0 | 2 messages from before 13:00 were not relayed to the mesh:"
            + " older than 0 min",
        "2  | PT30M  | 0 | 0 | 2 messages from before 13:00 were not relayed to the mesh:"
            + " beyond the newest 0",
        "3  | PT90S  | 9 | 1 | 2 messages from before 12:58 were not relayed to the mesh:"
            + " older than 90 s",
        "99 | PT1H   | 99 | 60 | 39 messages from before 12:00 were not relayed to the mesh:"
            + " older than 1 h",
      })
  void theNewestWithinTheAgeAreRelayed(
      int candidates, Duration age, int events, int relayed, String notice) {
    List<RoomEvent> backlog = new ArrayList<>();
    for (int minutes = candidates; minutes > 0; minutes--) {
      backlog.add(said(NOON.minus(Duration.ofMinutes(minutes)), "m" + minutes));
    }
    BacklogPolicy.Choice choice =
        new BacklogPolicy(new RelayConfig.Backlog(age, events), CLOCK).choose(backlog, NOON);
    assertEquals(backlog.subList(candidates - relayed, candidates), choice.relayed());
    assertEquals(backlog.subList(0, candidates - relayed), choice.skipped());
    assertEquals(Optional.ofNullable(notice), choice.notice());
  }

  @Test
  void aServerThatClaimsTheFutureOrThePastConfusesNothing() {
    RoomEvent past = said(Instant.EPOCH, "past");
    RoomEvent future = said(NOON.plus(Duration.ofDays(400)), "future");
    RoomEvent now = said(NOON, "now");
    BacklogPolicy.Choice choice = new BacklogPolicy(
            new RelayConfig.Backlog(Duration.ofDays(2), 2), CLOCK)
        .choose(List.of(now, past, future, now), NOON);
    assertEquals(List.of(future, now), choice.relayed());
    assertEquals(List.of(past, now), choice.skipped());
    assertEquals(
        Optional.of("2 messages from before 13:00 were not relayed to the mesh:"
            + " 1 older than 48 h, 1 beyond the newest 2"),
        choice.notice());
  }

  private static RoomEvent said(Instant at, String body) {
    return new RoomEvent.TextMessage(
        Samples.header(ALICE, at),
        RoomEvent.Kind.TEXT,
        body,
        Relation.NONE,
        Optional.empty(),
        List.of());
  }
}
