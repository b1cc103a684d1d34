package org.longwire.relay.queue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message as it is accepted: what came, and what is to be done about it. The row for it and the
 * rows of its deliveries commit together.
 *
 * @param at when it was said, as far as known, else when it came
 * @param sender how people call its author, for {@code trace}; of an event, the user's id; of a
 *     plugin's notice, {@code plugin} and its id
 * @param place the channel or room it was said in, for {@code trace}
 * @param text its words, kept for {@code trace} until retention ends
 * @param verdict empty when it is to be delivered, else why it is not
 * @param deliveries in order; empty when there is a verdict
 * @param revision empty for all but edits
 */
public record Arrival(
    Origin origin,
    Instant at,
    String sender,
    String place,
    String text,
    Optional<Verdict> verdict,
    List<NewEntry> deliveries,
    Optional<Revision> revision) {
  public Arrival {
    deliveries = List.copyOf(deliveries);
    if (verdict.isPresent() && !deliveries.isEmpty()) {
      throw new IllegalArgumentException("a message with a verdict is not delivered");
    }
  }

  /** What it answers, by where it goes. */
  public Map<Address, Origin> answers() {
    Map<Address, Origin> answers = new HashMap<>();
    for (NewEntry delivery : deliveries) {
      delivery.payload.answers().ifPresent(origin -> answers.put(delivery.address, origin));
    }
    return answers;
  }

  /** The same, as a revision of an earlier message. */
  public Arrival revising(Revision other) {
    return new Arrival(origin, at, sender, place, text, verdict, deliveries, Optional.of(other));
  }

  /** The same, neither to be delivered nor to revise anything after all. */
  public Arrival judged(Fate fate, String reason) {
    return new Arrival(
        origin,
        at,
        sender,
        place,
        text,
        Optional.of(new Verdict(fate, reason)),
        List.of(),
        Optional.empty());
  }

  /** The same message in other words. */
  public Arrival reworded(String words, List<NewEntry> others) {
    return new Arrival(origin, at, sender, place, words, verdict, others, revision);
  }

  /**
   * What the author of an earlier message has made of it: its text is now the one of this arrival.
   *
   * @param deliveries take the place of the earlier message's own, which must have been withdrawn;
   *     none if it is on the air already
   */
  public record Revision(Origin earlier, List<NewEntry> deliveries) {
    public Revision {
      deliveries = List.copyOf(deliveries);
    }
  }

  /** Why an accepted message is not delivered at all. */
  public record Verdict(Fate fate, String reason) {}

  /**
   * One delivery to make. Its transaction id or packet id is chosen by the outbox when it is
   * stored.
   *
   * @param expiresAt after which it is not delivered any more
   * @param part which part of a split text this is, from 1
   * @param precedence the same for all parts of a text; of no account for a room
   */
  public record NewEntry(
      Address address,
      Payload payload,
      Instant expiresAt,
      int part,
      int parts,
      Precedence precedence) {
    /** Something that is said to everybody. */
    public NewEntry(Address address, Payload payload, Instant expiresAt, int part, int parts) {
      this(address, payload, expiresAt, part, parts, Precedence.CHAT);
    }
  }
}
