package org.longwire.relay.plugin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.matrix.EmojiKey;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.ImageContent;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.Relation;
import org.longwire.plugins.api.About;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Sending;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.TextLimit.Answering;
import org.longwire.relay.bridge.Conversation;
import org.longwire.relay.bridge.MeshWords;
import org.longwire.relay.bridge.PlainText;
import org.longwire.relay.bridge.Portal;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.bridge.RoomNotices;
import org.longwire.relay.bridge.Utf8;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Author;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Courtesies;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.queue.Precedence;
import org.longwire.relay.store.StoreException;

/** Puts what a plugin says into the queue, under the plugin's own name. Any thread. */
final class PluginPost {
  /** An answer that comes later than this is airtime for nothing. */
  private static final Duration MAX_ANSWER_AGE = Duration.ofMinutes(5);

  private static final String PACKET_KEY = "org.longwire.packet";

  private final String plugin;
  private final RelayConfig config;
  private final PortalTable portals;
  private final Ledger ledger;
  private final Conversation conversation;
  private final Courtesies courtesies;
  private final Conditions conditions;
  private final Uploader uploader;
  private final MeshWords meshWords;

  PluginPost(String plugin, RelayServices.Means means, Conditions conditions) {
    this.plugin = plugin;
    this.config = means.config();
    this.portals = means.portals();
    this.ledger = means.ledger();
    this.conversation = means.conversation();
    this.courtesies = means.courtesies();
    this.uploader = means.uploader();
    this.conditions = conditions;
    this.meshWords = new MeshWords(config.mesh());
  }

  void send(Sending sending) throws PluginException, StoreException, InterruptedException {
    if (sending instanceof Sending.Words words) {
      say(words);
    } else if (sending instanceof Sending.Reaction reaction) {
      react(reaction);
    } else if (sending instanceof Sending.PacketNotice notice) {
      Portal portal = portal(notice.place());
      MessageContent content = RoomNotices.words(notice.text(), Optional.empty());
      List<ExtraField> extras = new ArrayList<>(content.extras());
      extras.add(new ExtraField.Text(PACKET_KEY, notice.data()));
      Payload payload = new Payload.RoomMessage(content.withExtras(extras));
      accept(unasked(), List.of(toRoom(portal, payload)), notice.text());
    } else if (sending instanceof Sending.RouteRequest route) {
      Portal.End end = packetEnd(route.radio(), route.channel(), route.node());
      Instant expiry = now().plus(Limits.ROUTE_REQUEST);
      accept(
          unasked(),
          List.of(toMesh(end, new Payload.MeshRouteRequest(), expiry)),
          "a route request");
    } else if (sending instanceof Sending.Packet packet) {
      Payload payload = new Payload.MeshPacket(packet.port(), packet.payload());
      Portal.End end = packetEnd(packet.radio(), packet.channel(), packet.to());
      accept(unasked(), List.of(toMesh(end, payload)), payload.words());
    }
  }

  private void say(Sending.Words words)
      throws PluginException, StoreException, InterruptedException {
    if (words.place() instanceof Place.Room room) {
      Portal portal = portal(room);
      Optional<Origin> target = inRoom(words.about(), portal);
      Relation relation = words
          .about()
          .filter(about -> target.isEmpty())
          .flatMap(about -> about instanceof About.Event event
                  && portals.of(event.room()).filter(portal::equals).isPresent()
              ? Optional.of(Relation.reply(event.id()))
              : Optional.empty())
          .orElse(Relation.NONE);
      accept(
          unasked(),
          toRoom(portal, words.answer(), relation, target, target),
          words.answer().text());
      return;
    }
    Portal.End end = end(words.place());
    Optional<Origin> target = onMesh(words.about(), end);
    Precedence precedence = end.isDirect() ? Precedence.DIRECT : Precedence.PLUGIN;
    String text = words.answer().forMesh();
    Instant expiry = now().plus(config.mesh().maxAge());
    accept(unasked(), toMesh(end, text, target, precedence, expiry), text);
  }

  /** What a message of the mesh is called in a room; an event of it is known by its own name. */
  private Optional<Origin> inRoom(Optional<About> about, Portal portal) throws StoreException {
    if (about.isPresent()
        && about.get() instanceof About.Packet packet
        && RadioId.isValid(packet.radio())) {
      for (Portal.End end : portal.ends()) {
        if (end.radio().value().equals(packet.radio())) {
          Optional<Origin> target = conversation.inRoom(packet.id(), end, portal, now());
          if (target.isPresent()) {
            return target;
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Origin> onMesh(Optional<About> about, Portal.End end) throws StoreException {
    if (about.isEmpty()) {
      return Optional.empty();
    }
    if (about.get() instanceof About.Event event) {
      Optional<Portal> portal = portals.of(event.room());
      return portal.isPresent()
          ? conversation.onMesh(portal.get(), event.id(), end)
          : Optional.empty();
    }
    About.Packet packet = (About.Packet) about.get();
    if (!packet.radio().equals(end.radio().value())) {
      return Optional.empty();
    }
    Origin.Packet origin = new Origin.Packet(end.radio(), packet.from(), packet.id());
    // What was heard a moment ago may not be in the ledger yet; its id alone gives nothing away.
    return conversation.whereSaid(origin, now()).map(end::equals).orElse(true)
        ? Optional.of(origin)
        : Optional.empty();
  }

  /** Where on the mesh it was said, as far as the ledger has it. */
  Optional<Portal.End> whereSaid(About.Packet packet) throws PluginException, StoreException {
    return conversation.whereSaid(origin(packet), now());
  }

  private Origin.Packet origin(About.Packet packet) throws PluginException {
    return new Origin.Packet(radio(packet.radio()), packet.from(), packet.id());
  }

  private void react(Sending.Reaction reaction)
      throws PluginException, StoreException, InterruptedException {
    if (reaction.about() instanceof About.Event event) {
      Portal portal = portals
          .of(event.room())
          .orElseThrow(() -> new PluginException.Refused("that room is not bridged"));
      Payload payload = new Payload.RoomReaction(
          new Origin.Event(event.room(), event.id()),
          EmojiKey.forMatrix(reaction.symbol()),
          List.of(
              new ExtraField.Text(Courtesies.MARK_KEY, reaction.symbol()), Courtesies.SUPPRESS));
      accept(unasked(), List.of(toRoom(portal, payload)), reaction.symbol());
      return;
    }
    About.Packet packet = (About.Packet) reaction.about();
    Portal.End end = whereSaid(packet)
        .orElseThrow(() -> new PluginException.Refused("what it reacts to is not known any more"));
    Origin.Packet origin = origin(packet);
    String symbol = PlainText.name(EmojiKey.normalised(reaction.symbol()), "");
    if (symbol.isEmpty()
        || Utf8.bytes(symbol) > meshWords.limit(end.isDirect(), Answering.BY_REACTION)) {
      throw new PluginException.Refused("a reaction is one symbol, such as ✅");
    }
    requireTransmission();
    accept(unasked(), List.of(toMesh(end, new Payload.MeshReaction(origin, symbol))), symbol);
  }

  void answer(CommandCall call, PluginResult result)
      throws PluginException, StoreException, InterruptedException {
    if (result instanceof PluginResult.Pass) {
      return;
    }
    Optional<Answer> answer = Optional.empty();
    if (result instanceof PluginResult.Replied replied) {
      answer = Optional.of(replied.answer());
    } else if (result instanceof PluginResult.Failed failed) {
      answer = Optional.of(Answer.of("❌ " + failed.sentence()));
    }
    if (call instanceof CommandCall.FromRoom asked) {
      if (answer.isPresent()) {
        answer(asked, answer.get());
      }
      if (config.interactions().marks()) {
        String mark = result instanceof PluginResult.Failed ? "❌" : "✅";
        courtesies.mark(
            new Origin.Event(asked.place().id(), asked.event().header().id()), mark);
      }
    } else if (answer.isPresent()) {
      answer((CommandCall.FromMesh) call, answer.get());
    }
  }

  private void answer(CommandCall.FromRoom asked, Answer answer)
      throws PluginException, StoreException, InterruptedException {
    Relation relation = Relation.inThread(
        asked.event().relation().thread().orElse(asked.event().header().id()),
        asked.event().header().id());
    accept(
        "answer to " + asked.event().header().id(),
        toRoom(
            portal(asked.place()),
            answer,
            relation,
            Optional.empty(),
            Optional.of(
                new Origin.Event(asked.place().id(), asked.event().header().id()))),
        answer.text());
  }

  private void answer(CommandCall.FromMesh asked, Answer answer)
      throws PluginException, StoreException, InterruptedException {
    Portal.End end = end(asked.place());
    Optional<Origin> command = asked
        .event()
        .packet()
        .id()
        .map(id -> new Origin.Packet(end.radio(), asked.event().packet().from(), id));
    Precedence precedence = end.isDirect() ? Precedence.DIRECT : Precedence.ANSWER;
    accept(
        command.map(origin -> "answer to " + origin).orElseGet(this::unasked),
        toMesh(end, answer.forMesh(), command, precedence, now().plus(MAX_ANSWER_AGE)),
        answer.forMesh());
  }

  /**
   * The words above a picture are said with it, unless they show a place.
   *
   * @param shownTo what a picture answers
   */
  private List<Arrival.NewEntry> toRoom(
      Portal portal,
      Answer answer,
      Relation relation,
      Optional<Origin> target,
      Optional<Origin> shownTo)
      throws PluginException, StoreException {
    List<Arrival.NewEntry> entries = new ArrayList<>();
    String text = PlainText.text(answer.text());
    boolean isCaption = answer.picture().isPresent() && answer.point().isEmpty();
    if (answer.point().isPresent() || !text.isEmpty() && !isCaption) {
      MessageContent content = RoomNotices.words(text, answer.point()).with(relation);
      entries.add(toRoom(portal, new Payload.RoomMessage(content, target)));
    }
    if (answer.picture().isPresent()) {
      requireRoom(portal.address(), entries.size() + 1);
      entries.add(toRoom(portal, uploaded(answer.picture().get(), isCaption ? text : "", shownTo)));
    }
    return entries;
  }

  /** Uploaded before its message is accepted, so that no sender ever waits for a file. */
  private Payload uploaded(Picture picture, String text, Optional<Origin> shownTo)
      throws PluginException {
    ImageContent.Info info = new ImageContent.Info(
        picture.type(), picture.content().length, picture.width(), picture.height());
    return new Payload.RoomPicture(text, picture.name(), info, uploader.upload(picture), shownTo);
  }

  private Arrival.NewEntry toRoom(Portal portal, Payload payload) {
    Instant expiry = now().plus(config.matrix().maxAge());
    return new Arrival.NewEntry(portal.address(), payload, expiry, 1, 1);
  }

  private Arrival.NewEntry toMesh(Portal.End end, Payload payload) {
    return toMesh(end, payload, now().plus(config.mesh().maxAge()));
  }

  private static Arrival.NewEntry toMesh(Portal.End end, Payload payload, Instant expiry) {
    Precedence precedence = end.isDirect() ? Precedence.DIRECT : Precedence.PLUGIN;
    return new Arrival.NewEntry(end.address(), payload, expiry, 1, 1, precedence);
  }

  private List<Arrival.NewEntry> toMesh(
      Portal.End end, String text, Optional<Origin> target, Precedence precedence, Instant expiry) {
    List<String> parts = meshWords.fitting(
        text, end.isDirect(), target.isPresent() ? Answering.BY_REPLY : Answering.NOTHING);
    List<Arrival.NewEntry> entries = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Payload payload = new Payload.MeshText(parts.get(i), i == 0 ? target : Optional.empty());
      entries.add(
          new Arrival.NewEntry(end.address(), payload, expiry, i + 1, parts.size(), precedence));
    }
    return entries;
  }

  /** The same occasion is spoken of once. */
  private void accept(String occasion, List<Arrival.NewEntry> entries, String words)
      throws PluginException, StoreException, InterruptedException {
    if (entries.isEmpty()) {
      return;
    }
    requireRoom(entries.get(0).address(), entries.size());
    ledger.accept(new Arrival(
        new Origin.Notice("plugin %s %s".formatted(plugin, occasion)),
        now(),
        "plugin " + plugin,
        "the plugin " + plugin,
        words,
        Optional.empty(),
        entries,
        Optional.empty()));
  }

  private void requireRoom(Address address, int more) throws PluginException, StoreException {
    int most =
        address instanceof Address.Mesh ? Ledger.MAX_WAITING_FOR_MESH : Ledger.MAX_WAITING_FOR_ROOM;
    int waiting = ledger.waiting(address, Author.plugin(plugin));
    if (waiting > 0 && waiting + more > most) {
      throw new PluginException.QuotaSpent(
          "%d messages of this plugin wait already, and at most %d may; try again later"
              .formatted(waiting, most));
    }
  }

  private String unasked() {
    return "%016x%016x"
        .formatted(conditions.random().nextLong(), conditions.random().nextLong());
  }

  private Portal portal(Place.Room room) throws PluginException {
    return portals
        .of(room.id())
        .filter(portal -> portal.isDirect() == room.isPrivate())
        .orElseThrow(() -> new PluginException.Refused("that room is not bridged"));
  }

  private Portal.End end(Place place) throws PluginException {
    requireTransmission();
    if (place instanceof Place.Channel channel) {
      return Portal.End.channel(radio(channel.radio()), channel.channel());
    }
    Place.Direct direct = (Place.Direct) place;
    if (direct.node().isBroadcast()) {
      throw new PluginException.Refused("everybody is no node; name a channel");
    }
    return Portal.End.direct(radio(direct.radio()), direct.node());
  }

  /** What is no text goes to a node on a channel as well. */
  private Portal.End packetEnd(String radio, ChannelIndex channel, NodeId to)
      throws PluginException {
    requireTransmission();
    return new Portal.End(radio(radio), channel, to);
  }

  private void requireTransmission() throws PluginException {
    if (!config.mesh().broadcast()) {
      throw new PluginException.Refused("the relay only listens (mesh.broadcast is off)");
    }
  }

  private RadioId radio(String id) throws PluginException {
    if (!RadioId.isValid(id) || !config.radios().containsKey(new RadioId(id))) {
      throw new PluginException.Refused("there is no radio " + PlainText.name(id, "of no name"));
    }
    return new RadioId(id);
  }

  private Instant now() {
    return conditions.clock().instant();
  }
}
