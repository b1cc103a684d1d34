package org.longwire.relay.bridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.AttachmentKind;
import org.longwire.matrix.EmojiKey;
import org.longwire.matrix.EventId;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomListener;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.TextLimit.Answering;
import org.longwire.relay.config.RelayConfig.Locations;
import org.longwire.relay.config.RelayConfig.ReactionStyle;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Original;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.store.StoreException;

/** What one event of a room gives rise to. Used once. */
final class RoomDecision implements RoomListener {
  private static final String CUSTOM_PICTURE = "a custom picture is no tapback";
  private static final String NO_COMMAND = "a command is given in a message of its own";

  /** Packets that may follow a text to the same end. */
  private static final int POSITIONS = 1;

  private final RoomRules rules;
  private final Portal portal;
  private final RoomPage page;
  private List<Arrival> arrivals = List.of();
  private Optional<StoreException> trouble = Optional.empty();

  /** @param page what the page's earlier events gave rise to */
  RoomDecision(RoomRules rules, Portal portal, RoomPage page) {
    this.rules = rules;
    this.portal = portal;
    this.page = page;
  }

  /** The messages to accept; none for what is no message. */
  List<Arrival> arrivals() throws StoreException {
    if (trouble.isPresent()) {
      throw trouble.get();
    }
    return arrivals;
  }

  /** A piece of work that the ledger may fail. */
  @FunctionalInterface
  private interface Step {
    List<Arrival> take() throws StoreException, InterruptedException;
  }

  private void decide(Step step) {
    try {
      arrivals = step.take();
    } catch (StoreException e) {
      trouble = Optional.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      trouble = Optional.of(new StoreException.Transient("interrupted while waiting", e));
    }
  }

  @Override
  public void onText(RoomEvent.TextMessage event) {
    decide(() -> {
      Optional<Commands.Answer> answer = rules.answer(event, portal);
      return answer.isPresent()
          ? answered(event, answer.get())
          : text(event, event, answers(event.relation()));
    });
  }

  /** A command is done already, and goes no further. */
  private List<Arrival> answered(RoomEvent.TextMessage event, Commands.Answer answer) {
    List<Arrival> told =
        new ArrayList<>(filtered(event, event.body(), "command: " + answer.name()));
    if (!answer.text().isEmpty()) {
      told.add(rules
          .notices()
          .answer(portal.address(), event.header().id(), event.relation().thread(), answer));
    }
    return told;
  }

  /** What something with this relation answers, at each end that knows of it. */
  private Map<Address, Origin> answers(Relation relation) throws StoreException {
    Map<Address, Origin> answers = new HashMap<>();
    Optional<EventId> answered =
        rules.config().interactions().replies() ? relation.answered() : Optional.empty();
    if (answered.isPresent()) {
      for (Portal.End end : portal.ends()) {
        onMesh(answered.get(), end).ifPresent(origin -> answers.put(end.address(), origin));
      }
    }
    return answers;
  }

  /**
   * Words for the mesh.
   *
   * @param event what the words came with
   * @param answers what they answer, by where they go
   */
  private List<Arrival> text(
      RoomEvent event, RoomEvent.TextMessage words, Map<Address, Origin> answers)
      throws StoreException {
    Optional<Arrival.Verdict> verdict = rules.judge(words);
    if (verdict.isPresent()) {
      return List.of(RoomRules.arrival(event, words.body(), verdict, List.of()));
    }
    MeshComposer.Words said = rules.words(words);
    if (said.text().isBlank()) {
      // The body of a trusted relay says something, and the key that counts says nothing.
      return filtered(event, words.body(), LoopGuard.NOTHING_TO_SAY);
    }
    Split split = rules.split(said, portal, !answers.isEmpty());
    if (split instanceof Split.TooLong tooLong) {
      return refused(words, tooLong.sentence());
    }
    List<String> parts = ((Split.Parts) split).texts();
    if (parts.isEmpty()) {
      // The words that another relay gives may be empty where its message is not.
      return filtered(event, words.body(), LoopGuard.NOTHING_TO_SAY);
    }
    int most = Ledger.MAX_DELIVERIES / portal.ends().size() - POSITIONS;
    if (parts.size() > most) {
      return refused(words, new Split.TooLong(parts.size(), most).sentence());
    }
    Optional<String> crowd = rules.crowd(event, portal, page, parts.size());
    if (crowd.isPresent()) {
      return crowded(event, words.body(), words.relation(), crowd.get());
    }
    List<Arrival.NewEntry> entries = new ArrayList<>();
    for (Portal.End end : portal.ends()) {
      Optional<Origin> target = Optional.ofNullable(answers.get(end.address()));
      entries.addAll(rules.texts(end, parts, target));
    }
    return List.of(RoomRules.arrival(event, words.body(), Optional.empty(), entries));
  }

  /** The words of an edit. They can give no command, as nobody would see when it was given. */
  private List<Arrival> reworded(
      RoomEvent event, RoomEvent.TextMessage words, Map<Address, Origin> answers)
      throws StoreException {
    return rules.commands().isCommand(words, portal)
        ? filtered(event, words.body(), NO_COMMAND)
        : text(event, words, answers);
  }

  /** What an event means to one end, be it of this page or an earlier one. */
  private Optional<Origin> onMesh(EventId event, Portal.End end) throws StoreException {
    Optional<Arrival> ofThisPage = page.message(event);
    if (ofThisPage.isPresent()) {
      return ofThisPage
          .filter(message -> message.deliveries().stream()
              .anyMatch(delivery -> delivery.address().equals(end.address())))
          .map(Arrival::origin);
    }
    return rules.conversation().onMesh(portal, event, end);
  }

  /** Told once an hour: who floods the mesh must not flood the room with our notices as well. */
  private List<Arrival> crowded(RoomEvent event, String text, Relation relation, String why) {
    return List.of(
        RoomRules.arrival(event, text, RoomRules.verdict(Fate.REFUSED, why), List.of()),
        rules
            .notices()
            .hourly(
                portal.address(),
                event.header().id(),
                relation.thread(),
                "crowd of " + event.header().sender(),
                "your message was not sent to the mesh: " + why));
  }

  private List<Arrival> refused(RoomEvent.TextMessage event, String why) {
    return List.of(
        RoomRules.arrival(event, event.body(), RoomRules.verdict(Fate.REFUSED, why), List.of()),
        rules
            .notices()
            .about(
                portal.address(),
                event.header().id(),
                event.relation().thread(),
                "refused",
                "your message was not sent to the mesh: " + why));
  }

  private static List<Arrival> filtered(RoomEvent event, String text, String why) {
    return List.of(
        RoomRules.arrival(event, text, RoomRules.verdict(Fate.FILTERED, why), List.of()));
  }

  @Override
  public void onAttachment(RoomEvent.Attachment event) {
    decide(() -> {
      String line = rules.attachments().of(event);
      if (!rules.config().mesh().attachments()) {
        return filtered(event, line, "attachments are off (mesh.attachments)");
      }
      if (rules.commands().isCommand(words(event, event.caption(), event.relation()), portal)) {
        return filtered(event, line, NO_COMMAND);
      }
      RoomEvent.TextMessage shown = new RoomEvent.TextMessage(
          event.header(),
          RoomEvent.Kind.TEXT,
          line,
          event.relation(),
          Optional.empty(),
          event.extras());
      List<Arrival> told = text(event, shown, answers(event.relation()));
      Optional<GeoPoint> place = AttachmentLine.place(event);
      boolean isWanted = event.kind() == AttachmentKind.LOCATION
          && rules.config().mesh().locations() == Locations.POSITION;
      return isWanted && place.isPresent() ? withPosition(told, place.get()) : told;
    });
  }

  /** Something of another kind as the text that stands for it. */
  private static RoomEvent.TextMessage words(RoomEvent event, String words, Relation relation) {
    return new RoomEvent.TextMessage(
        event.header(), RoomEvent.Kind.TEXT, words, relation, Optional.empty(), List.of());
  }

  /** The packet comes last: the line says whose place it is. */
  private List<Arrival> withPosition(List<Arrival> told, GeoPoint place) throws StoreException {
    Arrival message = told.get(0);
    if (message.verdict().isPresent()) {
      return told;
    }
    List<Arrival.NewEntry> entries = new ArrayList<>(message.deliveries());
    for (Portal.End end : portal.ends()) {
      // Under a node's key goes no position.
      if (!end.isDirect()) {
        entries.add(rules.entry(end, new Payload.MeshPosition(place), Optional.empty()));
      }
    }
    return List.of(message.reworded(message.text(), entries));
  }

  @Override
  public void onReaction(RoomEvent.Reaction event) {
    decide(() -> {
      Optional<Arrival.Verdict> verdict = rules.judge(event, event.key(), event.extras());
      if (verdict.isPresent()) {
        return List.of(RoomRules.arrival(event, event.key(), verdict, List.of()));
      }
      if (!rules.config().interactions().reactions()) {
        return filtered(event, event.key(), "reactions are off (interactions.reactions)");
      }
      if (rules.commands().isCommand(words(event, event.key(), Relation.NONE), portal)) {
        return filtered(event, event.key(), NO_COMMAND);
      }
      return reaction(event);
    });
  }

  private List<Arrival> reaction(RoomEvent.Reaction event) throws StoreException {
    String symbol = PlainText.name(EmojiKey.normalised(event.key()), "");
    if (symbol.isEmpty() || symbol.startsWith("mxc://")) {
      return filtered(event, event.key(), CUSTOM_PICTURE);
    }
    if (Utf8.bytes(symbol) > rules.limit(portal, Answering.BY_REACTION)) {
      return filtered(event, event.key(), "too long for a tapback");
    }
    List<Arrival.NewEntry> entries = new ArrayList<>();
    for (Portal.End end : portal.ends()) {
      Optional<Origin> target = onMesh(event.target(), end);
      if (target.isPresent()) {
        Payload payload = rules.config().interactions().reactionStyle() == ReactionStyle.NATIVE
            ? new Payload.MeshReaction(target.get(), symbol)
            : new Payload.MeshText(inWords(event, symbol), target);
        entries.add(rules.entry(end, payload, target));
      }
    }
    if (entries.isEmpty()) {
      return filtered(event, event.key(), "what it reacts to is not on the mesh");
    }
    // A notice of a nod that is not passed on would be louder than the nod.
    Optional<String> crowd = rules.crowd(event, portal, page, 1);
    return crowd.isPresent()
        ? filtered(event, symbol, crowd.get())
        : List.of(RoomRules.arrival(event, symbol, Optional.empty(), entries));
  }

  /** MMRelay's form, within one packet (reference: mmrelay-compat.md §4.5). */
  private String inWords(RoomEvent.Reaction event, String symbol) throws StoreException {
    Optional<Arrival> ofThisPage = page.message(event.target());
    Optional<String> original = ofThisPage.isPresent()
        ? ofThisPage.map(Arrival::text)
        : rules.conversation().original(portal, event.target()).map(Original::text);
    MeshComposer.Words words =
        rules.words(words(event, Quote.reacted(symbol, original.map(Quote::of)), Relation.NONE));
    return Graphemes.cut(words.prefix() + words.text(), rules.limit(portal, Answering.BY_REPLY));
  }

  @Override
  public void onEdit(RoomEvent.Edit event) {
    decide(() -> new Revisions(rules, portal, page, this::reworded).edit(event));
  }

  @Override
  public void onRedaction(RoomEvent.Redaction event) {
    decide(() -> {
      new Revisions(rules, portal, page, this::reworded).redaction(event);
      return List.of();
    });
  }

  @Override
  public void onEncrypted(RoomEvent.Encrypted event) {
    arrivals = filtered(event, "", "encrypted, which this version cannot read");
  }

  @Override
  public void onMembership(RoomEvent.Membership event) {
    // Names are learnt by the sync; comings and goings are not worth airtime.
  }

  @Override
  public void onTombstone(RoomEvent.Tombstone event) {
    // The room keeper follows upgrades.
  }

  @Override
  public void onEncryptionEnabled(RoomEvent.EncryptionEnabled event) {
    // The room keeper shuts the room.
  }

  @Override
  public void onOther(RoomEvent.Other event) {
    // State and what else there is; no message.
  }
}
