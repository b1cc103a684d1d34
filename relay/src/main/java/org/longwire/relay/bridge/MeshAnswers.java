package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.radio.PortNum;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.queue.Precedence;
import org.longwire.relay.store.StoreException;

/** Has the commands of nodes answered where they were given. Used by the bridge's thread. */
final class MeshAnswers {
  /** An answer that comes later than this is airtime for nothing. */
  static final Duration MAX_AGE = Duration.ofMinutes(5);

  /** The ledger has it already, and takes neither it nor this reason again. */
  private static final String KNOWN = "was given before";

  private final Commands commands;
  private final Ledger ledger;
  private final boolean mayTransmit;

  /** What came of the last command: while the ledger fails, it is given again and again. */
  private List<Arrival> last = List.of();

  /** @param mayTransmit whether anything is sent to the mesh at all */
  MeshAnswers(Commands commands, Ledger ledger, boolean mayTransmit) {
    this.commands = commands;
    this.ledger = ledger;
    this.mayTransmit = mayTransmit;
  }

  /**
   * What a command gives rise to.
   *
   * @param arrival the same as a message
   * @param end where it was said
   * @return empty if it is no command
   */
  List<Arrival> of(Arrival arrival, Utterance said, Portal.End end, Instant now)
      throws StoreException {
    if (!mayTransmit
        || !(said instanceof Utterance.Text text)
        || said.port() != PortNum.TEXT_MESSAGE
        || !said.words().strip().startsWith("!")
        || arrival.at().isBefore(now.minus(MAX_AGE))) {
      return List.of();
    }
    if (!last.isEmpty() && last.get(0).origin().equals(arrival.origin())) {
      return last;
    }
    if (ledger.isKnown(arrival.origin())) {
      return List.of(arrival.judged(Fate.FILTERED, KNOWN));
    }
    Optional<Commands.Answer> answer =
        commands.answer(new Commands.Asked(end, said.words(), text.event()));
    last = answer.map(it -> arrivals(arrival, it, end, now)).orElse(List.of());
    return last;
  }

  private static List<Arrival> arrivals(
      Arrival arrival, Commands.Answer answer, Portal.End end, Instant now) {
    List<Arrival> arrivals = new ArrayList<>();
    arrivals.add(arrival.judged(Fate.FILTERED, "command: " + answer.name()));
    if (!answer.text().isEmpty()) {
      arrivals.add(notice(arrival, end, answer.text(), now));
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
