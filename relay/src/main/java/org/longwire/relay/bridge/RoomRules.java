package org.longwire.relay.bridge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.DisplayNames;
import org.longwire.matrix.EmojiKey;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.RoomEvent;
import org.longwire.radio.PacketId;
import org.longwire.radio.TextLimit.Answering;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Author;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Original;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.queue.Precedence;
import org.longwire.relay.store.StoreException;

/** What the decisions about a room's events have in common. Used by the sync thread. */
final class RoomRules {
  /** Commands whose answers are remembered. */
  private static final int MAX_ANSWERED = 200;

  private static final Commands.Answer GIVEN_BEFORE = new Commands.Answer("given before", "");

  private final RelayConfig config;
  private final DisplayNames names;
  private final Ledger ledger;
  private final Conversation conversation;
  private final Commands commands;
  private final Conditions conditions;
  private final LoopGuard guard;
  private final MeshComposer composer;
  private final MeshWords meshWords;
  private final AttachmentLine attachments;
  private final RoomNotices notices;
  private final Map<EventId, Commands.Answer> answered = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<EventId, Commands.Answer> eldest) {
      return size() > MAX_ANSWERED;
    }
  };

  RoomRules(RelayConfig config, MatrixToMesh.Means means, Conditions conditions) {
    RelayConfig.Matrix matrix = config.matrix();
    this.config = config;
    this.names = means.names();
    this.ledger = means.ledger();
    this.conversation = means.conversation();
    this.commands = means.commands();
    this.conditions = conditions;
    this.guard = new LoopGuard(config.meshnetName(), matrix.relayNotices(), matrix.trustedRelays());
    this.composer = new MeshComposer(
        config.prefix().toMesh()::render,
        config.prefix().toMatrix()::render,
        matrix.trustedRelays(),
        new NameTags());
    this.meshWords = new MeshWords(config.mesh());
    this.attachments = new AttachmentLine(config.mesh().attachmentLink()::render);
    this.notices = new RoomNotices(conditions.clock(), matrix.maxAge());
  }

  RelayConfig config() {
    return config;
  }

  Ledger ledger() {
    return ledger;
  }

  Conversation conversation() {
    return conversation;
  }

  Commands commands() {
    return commands;
  }

  /**
   * What comes of a command, once, however often the ledger fails to take the page of it.
   *
   * @return empty if the message is none
   */
  Optional<Commands.Answer> answer(RoomEvent.TextMessage event, Portal portal)
      throws StoreException {
    EventId id = event.header().id();
    Optional<Commands.Answer> before = Optional.ofNullable(answered.get(id));
    if (before.isPresent() || !commands.isCommand(event, portal)) {
      return before;
    }
    boolean isKnown = ledger.isKnown(new Origin.Event(event.header().room(), id));
    Optional<Commands.Answer> answer =
        isKnown ? Optional.of(GIVEN_BEFORE) : commands.answer(event, portal);
    answer.ifPresent(it -> answered.put(id, it));
    return answer;
  }

  AttachmentLine attachments() {
    return attachments;
  }

  RoomNotices notices() {
    return notices;
  }

  /**
   * Why an event must not go to the mesh, by where it came from; empty if it may.
   *
   * @param words what it says
   */
  Optional<Arrival.Verdict> judge(RoomEvent event, String words, List<ExtraField> extras)
      throws StoreException {
    Optional<Arrival.Verdict> verdict = guard.judge(event.header().sender(), extras);
    if (verdict.isEmpty() && isEcho(words, extras)) {
      verdict = verdict(Fate.FILTERED, LoopGuard.OWN_MESH);
    }
    if (verdict.isEmpty() && !config.mesh().broadcast()) {
      verdict = verdict(Fate.FILTERED, "the relay only listens (mesh.broadcast is off)");
    }
    return verdict;
  }

  /** The same for words. */
  Optional<Arrival.Verdict> judge(RoomEvent.TextMessage message) throws StoreException {
    Optional<Arrival.Verdict> verdict = judge(message, message.body(), message.extras());
    return verdict.isPresent() ? verdict : guard.judge(message);
  }

  /**
   * Whether another relay posted what our radios have sent or heard. Anybody may claim the id of a
   * packet, which hides nothing but the claim; so no trust is needed, and two relays of one mesh in
   * one room cannot loop.
   */
  boolean isEcho(String words, List<ExtraField> extras) throws StoreException {
    Optional<PacketId> packet = MeshKeys.packet(extras);
    if (packet.isEmpty()) {
      return false;
    }
    String claimed = MeshKeys.text(extras, MeshKeys.TEXT).orElse(words);
    Instant now = conditions.clock().instant();
    for (RadioId radio : config.radios().keySet()) {
      List<Original> originals = ledger.originals().ofPacket(radio, packet.get(), now);
      if (originals.stream().anyMatch(original -> isSame(original, claimed))) {
        return true;
      }
    }
    return false;
  }

  /** Another mesh may use the same id, so what was heard must say the same as well. */
  private static boolean isSame(Original original, String claimed) {
    return original.origin() instanceof Origin.Event
        || EmojiKey.equal(PlainText.text(original.text()), PlainText.text(claimed));
  }

  MeshComposer.Words words(RoomEvent.TextMessage message) {
    return composer.compose(
        message, Optional.of(names.of(message.header().room(), message.header().sender())));
  }

  /** Cuts words to what one packet to that end carries. */
  Split split(MeshComposer.Words words, Portal portal, boolean answers) {
    return meshWords.split(
        words, portal.isDirect(), answers ? Answering.BY_REPLY : Answering.NOTHING);
  }

  /** The most bytes that a text has on its way to a portal's ends. */
  int limit(Portal portal, Answering answering) {
    return meshWords.limit(portal.isDirect(), answering);
  }

  /**
   * Why so many packets more would be too much for one person; empty if they would not. Whoever has
   * that much waiting has the mesh's ear already.
   */
  Optional<String> crowd(RoomEvent event, Portal portal, RoomPage page, int packets)
      throws StoreException {
    if (page.isBacklog()) {
      return Optional.empty();
    }
    Author author = Author.of(event.header().sender());
    for (Portal.End end : portal.ends()) {
      int waiting = ledger.waiting(end.address(), author)
          + page.deliveries(event.header().sender(), end.address());
      if (waiting > 0 && waiting + packets > Ledger.MAX_WAITING_FOR_MESH) {
        return Optional.of("%d of yours wait already, and at most %d may; say it again later"
            .formatted(waiting, Ledger.MAX_WAITING_FOR_MESH));
      }
    }
    return Optional.empty();
  }

  /** The deliveries of texts to one end; what they answer is named by the first alone. */
  List<Arrival.NewEntry> texts(Portal.End end, List<String> parts, Optional<Origin> answers)
      throws StoreException {
    List<Arrival.NewEntry> entries = new ArrayList<>();
    Precedence precedence = precedence(end, answers);
    for (int i = 0; i < parts.size(); i++) {
      Payload payload = new Payload.MeshText(parts.get(i), i == 0 ? answers : Optional.empty());
      entries.add(
          new Arrival.NewEntry(end.address(), payload, expiry(), i + 1, parts.size(), precedence));
    }
    return entries;
  }

  /** The delivery of something in one packet. */
  Arrival.NewEntry entry(Portal.End end, Payload payload, Optional<Origin> about)
      throws StoreException {
    return new Arrival.NewEntry(end.address(), payload, expiry(), 1, 1, precedence(end, about));
  }

  private Instant expiry() {
    return conditions.clock().instant().plus(config.mesh().maxAge());
  }

  /** An answer to what waits itself must not overtake it. */
  private Precedence precedence(Portal.End end, Optional<Origin> about) throws StoreException {
    if (end.isDirect()) {
      return Precedence.DIRECT;
    }
    boolean isThere = about.isPresent()
        && (about.get() instanceof Origin.Packet
            || ledger.originals().nameAt(about.get(), end.address()).isPresent());
    return isThere ? Precedence.ANSWER : Precedence.CHAT;
  }

  static Optional<Arrival.Verdict> verdict(Fate fate, String reason) {
    return Optional.of(new Arrival.Verdict(fate, reason));
  }

  /** An event as a message. */
  static Arrival arrival(
      RoomEvent event,
      String text,
      Optional<Arrival.Verdict> verdict,
      List<Arrival.NewEntry> deliveries) {
    return new Arrival(
        new Origin.Event(event.header().room(), event.header().id()),
        event.header().at(),
        event.header().sender().value(),
        event.header().room().value(),
        text,
        verdict,
        deliveries,
        Optional.empty());
  }
}
