package org.longwire.relay.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.relay.config.RelayConfig.Edits;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Original;
import org.longwire.relay.queue.Withdrawals;
import org.longwire.relay.store.StoreException;

/**
 * Second thoughts of a message's author. What still waits is changed or taken back, as if it had
 * been said so at once; what is on the air stays there, and may be followed by a correction.
 */
final class Revisions {
  static final String CHANGED = "changed by its author before it was sent";
  private static final String NEVER_WENT = "the message it corrects did not go to the mesh";

  /** What marks the new words of a message that the mesh has heard already. */
  private static final String PENCIL = "✏ ";

  private final RoomRules rules;
  private final Portal portal;
  private final RoomPage page;
  private final Words words;

  /** Decides about words as such. */
  @FunctionalInterface
  interface Words {
    /** @param answers what they answer, by where they go: an edit does not say, its original did */
    List<Arrival> decide(RoomEvent event, RoomEvent.TextMessage words, Map<Address, Origin> answers)
        throws StoreException;
  }

  Revisions(RoomRules rules, Portal portal, RoomPage page, Words words) {
    this.rules = rules;
    this.portal = portal;
    this.page = page;
    this.words = words;
  }

  /** What becomes of an edit. */
  List<Arrival> edit(RoomEvent.Edit event) throws StoreException, InterruptedException {
    Optional<Arrival.Verdict> verdict = rules.judge(event, event.newBody(), event.extras());
    if (verdict.isPresent()) {
      return List.of(RoomRules.arrival(event, event.newBody(), verdict, List.of()));
    }
    Optional<Arrival> ofThisPage = page.message(event.original());
    if (ofThisPage.isPresent()) {
      return editOfThisPage(event, ofThisPage.get());
    }
    Optional<Original> original = rules.conversation().said(portal, event.original());
    if (original.isEmpty()) {
      return filtered(event, "the message it corrects is not known");
    }
    if (original.get().afterthought().takenBack()) {
      return filtered(event, "the message was taken back");
    }
    String words = page.revisionOf(original.get().origin())
        .map(Arrival::text)
        .orElse(original.get().text());
    Optional<String> objection = objection(event, original.get().sender(), words);
    if (objection.isPresent()) {
      return filtered(event, objection.get());
    }
    return edit(event, original.get());
  }

  private static Optional<String> objection(RoomEvent.Edit event, String author, String text) {
    if (!event.header().sender().value().equals(author)) {
      return Optional.of("only its author can correct a message");
    }
    return PlainText.text(event.newBody()).equals(PlainText.text(text))
        ? Optional.of("the words are the same")
        : Optional.empty();
  }

  private List<Arrival> editOfThisPage(RoomEvent.Edit event, Arrival original)
      throws StoreException {
    String latest = page.revisionOf(original.origin()).map(Arrival::text).orElse(original.text());
    Optional<String> objection = objection(event, original.sender(), latest);
    if (objection.isPresent()) {
      return filtered(event, objection.get());
    }
    boolean wasRefused =
        original.verdict().filter(v -> v.fate() == Fate.REFUSED).isPresent();
    if (original.deliveries().isEmpty() && !wasRefused) {
      return filtered(event, NEVER_WENT);
    }
    List<Arrival> anew = words.decide(event, message(event, event.newBody()), original.answers());
    if (anew.get(0).verdict().isPresent()) {
      return anew;
    }
    if (wasRefused) {
      page.dropRevisionsOf(original.origin(), CHANGED);
      return List.of(anew.get(0).revising(new Arrival.Revision(original.origin(), List.of())));
    }
    page.replace(
        event.original(), original.reworded(event.newBody(), anew.get(0).deliveries()));
    return filtered(event, CHANGED);
  }

  private List<Arrival> edit(RoomEvent.Edit event, Original original)
      throws StoreException, InterruptedException {
    Original carrier = rules.conversation().carrier(portal, original);
    boolean wasRefused = original.verdict().filter(Fate.REFUSED::equals).isPresent();
    if (carrier.deliveries().isEmpty() && !wasRefused) {
      return filtered(event, NEVER_WENT);
    }
    List<Arrival> anew = words.decide(event, message(event, event.newBody()), carrier.answers());
    if (anew.get(0).verdict().isPresent()) {
      return anew;
    }
    if (rules.config().interactions().edits() == Edits.IGNORE
        && !rules.ledger().withdrawals().whole(carrier, CHANGED)) {
      return filtered(event, "corrections are off (interactions.edits)");
    }
    rules.ledger().withdrawals().rest(carrier, CHANGED);
    withdrawCorrection(original);
    page.dropRevisionsOf(original.origin(), CHANGED);
    if (carrier.deliveries().isEmpty()) {
      return List.of(anew.get(0).revising(new Arrival.Revision(original.origin(), List.of())));
    }
    if (!rules.ledger().originals().of(carrier.origin()).orElse(carrier).mayBeThere()) {
      return List.of(anew.get(0)
          .judged(Fate.FILTERED, CHANGED)
          .revising(new Arrival.Revision(original.origin(), anew.get(0).deliveries())));
    }
    return correction(event, original, carrier);
  }

  private List<Arrival> correction(RoomEvent.Edit event, Original original, Original carrier)
      throws StoreException {
    RoomEvent.TextMessage again = message(event, PENCIL + event.newBody());
    Split split = rules.split(rules.words(again), portal, true);
    if (!(split instanceof Split.Parts parts)) {
      return words.decide(event, again, Map.of());
    }
    List<Arrival.NewEntry> entries = new ArrayList<>();
    for (Portal.End end : portal.ends()) {
      Optional<Origin> target = Optional.of(carrier.origin())
          .filter(it -> rules.config().interactions().replies());
      entries.addAll(rules.texts(end, parts.texts(), target));
    }
    return List.of(RoomRules.arrival(event, event.newBody(), Optional.empty(), entries)
        .revising(new Arrival.Revision(original.origin(), List.of())));
  }

  /** An earlier correction of the same message that still waits is out of date. */
  private void withdrawCorrection(Original original) throws StoreException, InterruptedException {
    Optional<EventId> correction = original.afterthought().correction();
    Optional<Original> earlier = correction.isPresent()
        ? rules.conversation().said(portal, correction.get())
        : Optional.empty();
    if (earlier.isPresent()) {
      rules.ledger().withdrawals().rest(earlier.get(), CHANGED);
    }
  }

  private RoomEvent.TextMessage message(RoomEvent.Edit event, String body) {
    return new RoomEvent.TextMessage(
        event.header(), event.kind(), body, Relation.NONE, Optional.empty(), event.extras());
  }

  /** Takes back what has not been sent of a message, a reaction or a correction. */
  void redaction(RoomEvent.Redaction event) throws StoreException, InterruptedException {
    EventId target = event.target();
    Optional<Arrival> ofThisPage = page.message(target);
    if (ofThisPage.filter(message -> message.verdict().isEmpty()).isPresent()) {
      page.replace(target, ofThisPage.get().judged(Fate.FILTERED, Withdrawals.TAKEN_BACK));
    }
    if (ofThisPage.isPresent()) {
      page.dropRevisionsOf(ofThisPage.get().origin(), Withdrawals.TAKEN_BACK);
    }
    Optional<Original> message = rules.conversation().said(portal, target);
    if (message.isPresent()) {
      page.dropRevisionsOf(message.get().origin(), Withdrawals.TAKEN_BACK);
      takeBack(message.get());
    }
  }

  private void takeBack(Original message) throws StoreException, InterruptedException {
    rules.ledger().withdrawals().takeBack(message);
    Optional<EventId> correction = message.afterthought().correction();
    if (correction.isPresent()) {
      Optional<Original> edit = rules.conversation().said(portal, correction.get());
      if (edit.isPresent()) {
        rules.ledger().withdrawals().takeBack(edit.get());
      }
    }
  }

  private static List<Arrival> filtered(RoomEvent.Edit event, String why) {
    return List.of(RoomRules.arrival(
        event, event.newBody(), RoomRules.verdict(Fate.FILTERED, why), List.of()));
  }
}
