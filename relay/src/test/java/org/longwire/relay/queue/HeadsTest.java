package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.longwire.relay.queue.LedgerFixture.START;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.matrix.UserId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;

class HeadsTest {
  /** Channel, precedence, author, message, part, and for how many seconds it is put off. */
  private static final Pattern HEAD =
      Pattern.compile("([01])-([A-Z]+)-(\\w+)-(\\d+)\\.(\\d)(@\\d+)?");

  private final Fairness fairness = Fairness.toMesh(() -> 0);
  private final Heads heads = new Heads(START, fairness);

  @ParameterizedTest
  @CsvSource({
    // The oldest goes first, whoever said it.
    "0-CHAT-alice-1.1 0-CHAT-bob-2.1, '', 1.1",
    "0-CHAT-alice-2.1 0-CHAT-bob-1.1, '', 1.1",
    // What is put off holds back its like and nothing else.
    "0-CHAT-alice-1.1@9 0-CHAT-bob-2.1, '', wait 9",
    "0-CHAT-alice-1.1@9 1-CHAT-bob-2.1@7, '', wait 7",
    "0-CHAT-alice-1.1@9 1-CHAT-bob-2.1, '', 2.1",
    "0-CHAT-alice-1.1@9 0-ANSWER-bob-2.1, '', 2.1",
    "0-ANSWER-alice-1.1@9 0-CHAT-bob-2.1, '', 2.1",
    // Precedence is worth more than age, on all channels of a radio.
    "0-PLUGIN-a-1.1 0-CHAT-b-2.1 0-ANSWER-c-3.1 0-DIRECT-d-4.1, '', 4.1",
    "0-PLUGIN-a-1.1 0-CHAT-b-2.1 0-ANSWER-c-3.1, '', 3.1",
    "0-PLUGIN-a-1.1 1-CHAT-b-2.1, '', 2.1",
    // Who has said too much comes last, with everything, and goes on when nobody else waits.
    "0-CHAT-alice-1.1 0-CHAT-bob-2.1, alice, 2.1",
    "0-DIRECT-alice-1.1 0-PLUGIN-bob-2.1, alice, 2.1",
    "0-CHAT-alice-1.1 0-CHAT-bob-2.1, alice bob, 1.1",
    "0-CHAT-alice-1.1, alice, 1.1",
    "0-CHAT-alice-1.1@9 0-CHAT-bob-2.1, alice, 2.1",
    "0-CHAT-alice-1.1 0-CHAT-bob-2.1@9, alice, wait 9",
    "'', '', none",
  })
  void oneOfTheHeadsIsNext(String waiting, String overdrawn, String next) {
    for (String name : words(overdrawn)) {
      for (int i = 0; i < Fairness.TO_MESH.atOnce(); i++) {
        fairness.delivered(author(name));
      }
    }
    words(waiting).forEach(head -> heads.consider(head(head)));
    assertEquals(next, told());
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private static Author author(String name) {
    return Author.of(new UserId("@" + name + ":example.org"));
  }

  private String told() {
    Optional<Outbox.Head> due = heads.due();
    if (due.isPresent()) {
      return due.get().id() / 64 + "." + due.get().id() % 64;
    }
    return heads
        .next()
        .map(then -> "wait " + Duration.between(START, then).toSeconds())
        .orElse("none");
  }

  private static Outbox.Head head(String text) {
    Matcher parts = HEAD.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    ChannelIndex channel = new ChannelIndex(Integer.parseInt(parts.group(1)));
    Lane lane = Lane.of(
        new Address.Mesh(RadioId.MAIN, channel, NodeId.BROADCAST),
        Precedence.valueOf(parts.group(2)),
        author(parts.group(3)));
    int seconds = parts.group(6) == null ? 0 : Integer.parseInt(parts.group(6).substring(1));
    return new Outbox.Head(
        Long.parseLong(parts.group(4)) * 64 + Long.parseLong(parts.group(5)),
        lane,
        START.plusSeconds(seconds).toEpochMilli(),
        START.plusSeconds(3_600).toEpochMilli());
  }
}
