package org.longwire.relay.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.longwire.matrix.EventId;

/**
 * A message that another one answers, reacts to, corrects or takes back, as the ledger has it.
 *
 * @param sender how people call its author; of an event, the user id
 * @param text its words as its author left them last
 * @param verdict why it was not delivered at all
 * @param afterthought what its author made of it later
 * @param deliveries in order; empty if it was not delivered at all
 */
public record Original(
    Origin origin,
    String sender,
    String place,
    String text,
    Optional<Fate> verdict,
    Afterthought afterthought,
    List<Sending> deliveries) {
  public Original {
    deliveries = List.copyOf(deliveries);
  }

  /**
   * What became of it by its author's hand.
   *
   * @param takenBack whether it is not to be sent, nor spoken of, any more
   * @param correction the edit that went out by itself
   */
  public record Afterthought(boolean takenBack, Optional<EventId> correction) {}

  /** Whether the mesh or the room has it, or may have it: then it cannot be changed any more. */
  public boolean mayBeThere() {
    return deliveries.stream()
        .anyMatch(sending ->
            sending.inDoubt || sending.fate == Fate.WAITING || sending.fate == Fate.DELIVERED);
  }

  /**
   * One delivery of it.
   *
   * @param remoteId under which the other side knows it; empty while it does not
   * @param answers what it answers there
   * @param inDoubt whether it was written and nobody answered for it
   */
  public record Sending(
      long entry,
      Address address,
      Fate fate,
      String remoteId,
      Optional<Origin> answers,
      boolean inDoubt) {
    /** The same as this process knows it better. */
    Sending as(Marks.Standing known) {
      return new Sending(entry, address, known.fate(), known.remoteId(), answers, inDoubt);
    }
  }

  /** The same message with some of its deliveries alone. */
  Original with(Predicate<Sending> wanted) {
    List<Sending> some = deliveries.stream().filter(wanted).toList();
    return new Original(origin, sender, place, text, verdict, afterthought, some);
  }

  /** What it answers, by where it goes. */
  public Map<Address, Origin> answers() {
    Map<Address, Origin> answers = new HashMap<>();
    for (Sending sending : deliveries) {
      sending.answers.ifPresent(origin -> answers.put(sending.address, origin));
    }
    return answers;
  }

  /** The deliveries that have not been made yet, by their ids. */
  List<Long> waiting() {
    return deliveries.stream()
        .filter(sending -> sending.fate == Fate.WAITING)
        .map(Sending::entry)
        .toList();
  }

  /** Whether it was or may yet be delivered to an address. */
  public boolean goesTo(Address address) {
    return deliveries.stream()
        .anyMatch(sending -> sending.address.equals(address)
            && (sending.fate == Fate.WAITING || sending.fate == Fate.DELIVERED));
  }
}
