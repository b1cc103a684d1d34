package org.longwire.relay.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longwire.relay.run.Glyphs;

/**
 * What happened to a delivery, oldest first.
 *
 * @param steps at most {@link #MAX_STEPS}
 */
public record History(List<Step> steps) {
  /**
   * The first step and the latest ones are kept: a day of failed attempts must not fill the card.
   */
  static final int MAX_STEPS = 16;

  /** Characters of a step: words are ours, but reasons may quote a server. */
  static final int MAX_WORD = 160;

  private static final Set<String> DOUBTS =
      Set.of(Outbox.LATER + MeshDestination.NO_ANSWER, Outbox.LATER + MeshDestination.WENT_AWAY);

  public History {
    steps = List.copyOf(steps);
  }

  /** One step of it. */
  public record Step(Instant at, String word) {}

  static History of(Instant at, String word) {
    return new History(List.of()).with(at, word);
  }

  /** With one more step; a repetition of the last word replaces it, so that retries stay short. */
  History with(Instant at, String word) {
    List<Step> longer = new ArrayList<>(steps);
    Step step = new Step(Instant.ofEpochMilli(at.toEpochMilli()), plain(word));
    if (longer.size() > 1 && longer.get(longer.size() - 1).word().equals(step.word())) {
      longer.remove(longer.size() - 1);
    }
    longer.add(step);
    if (longer.size() > MAX_STEPS) {
      longer.remove(1);
    }
    return new History(longer);
  }

  /** Whether the packet may be on the air without the node having said so. */
  boolean isInDoubt() {
    boolean doubt = false;
    for (Step step : steps) {
      doubt |= DOUBTS.contains(step.word);
      doubt &= !step.word.startsWith(Outbox.RENEWED);
    }
    return doubt;
  }

  private static String plain(String word) {
    return Glyphs.atMost(word.replaceAll("[\\p{Cntrl}]", " "), MAX_WORD);
  }

  /** One line per step. */
  String encode() {
    StringBuilder lines = new StringBuilder();
    for (Step step : steps) {
      lines.append(step.at.toEpochMilli()).append(' ').append(step.word).append('\n');
    }
    return lines.toString();
  }

  static History decode(String text) {
    return new History(text.lines().map(History::step).flatMap(Optional::stream).toList());
  }

  private static Optional<Step> step(String line) {
    int space = line.indexOf(' ');
    return space < 0
        ? Optional.empty()
        : Optional.of(new Step(
            Instant.ofEpochMilli(Long.parseLong(line.substring(0, space))),
            line.substring(space + 1)));
  }
}
