package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.radio.PortNum;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.queue.Precedence;

/** Has the commands of nodes answered where they were given. Used by the bridge's thread. */
final class MeshAnswers {
  /** An answer that comes later than this is airtime for nothing. */
  static final Duration MAX_AGE = Duration.ofMinutes(5);

  private final Commands commands;
  private final boolean mayTransmit;

  /** @param mayTransmit whether anything is sent to the mesh at all */
  MeshAnswers(Commands commands, boolean mayTransmit) {
    this.commands = commands;
    this.mayTransmit = mayTransmit;
  }

  /**
   * What a command gives rise to.
   *
   * @param arrival the same as a message
   * @param end where it was said
   * @return empty if it is no command
   */
  List<Arrival> of(Arrival arrival, Utterance said, Portal.End end, Instant now) {
    boolean isText = said instanceof Utterance.Text && said.port() == PortNum.TEXT_MESSAGE;
    if (!mayTransmit || !isText || arrival.at().isBefore(now.minus(MAX_AGE))) {
      return List.of();
    }
    Optional<Commands.Answer> answer =
        commands.answer(new Commands.Asked(end, said.words(), said.packet().senderKey()));
    if (answer.isEmpty()) {
      return List.of();
    }
    List<Arrival> arrivals = new ArrayList<>();
    arrivals.add(arrival.judged(Fate.FILTERED, "command: " + answer.get().name()));
    if (!answer.get().text().isEmpty()) {
      arrivals.add(notice(arrival, end, answer.get().text(), now));
    }
    return arrivals;
  }

  private static Arrival notice(Arrival command, Portal.End end, String text, Instant now) {
    Payload payload = new Payload.MeshText(text, Optional.of(command.origin()));
    Precedence precedence = end.isDirect() ? Precedence.DIRECT : Precedence.ANSWER;
    return new Arrival(
        new Origin.Notice("answer to " + command.origin()),
        now,
        "longwire",
        command.place(),
        text,
        Optional.empty(),
        List.of(new Arrival.NewEntry(end.address(), payload, now.plus(MAX_AGE), 1, 1, precedence)),
        Optional.empty());
  }
}
