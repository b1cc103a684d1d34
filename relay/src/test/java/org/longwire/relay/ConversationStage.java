package org.longwire.relay;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.matrix.sim.Posting;
import org.longwire.radio.ChannelDescription;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.radio.Waypoint;
import org.longwire.radio.sim.AirPacket;
import org.longwire.radio.sim.NodeSettings;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.relay.queue.DirectRoom;
import org.longwire.relay.store.StoreException;

/**
 * Two channels with a room each, {@code hall} and {@code loft}, a channel and a room that lead
 * nowhere, perhaps a private room, and people on both sides who do what a line says. The tables
 * explain the language.
 */
final class ConversationStage implements AutoCloseable {
  /** What has been said before anything else, if a line speaks of it. */
  private static final Map<String, String> BEFORE = new LinkedHashMap<>();

  static {
    BEFORE.put("alpha", "RDG says 0 alpha");
    BEFORE.put("beta", "tom says beta");
    BEFORE.put("gamma", "RDG says 1 gamma");
    BEFORE.put("delta", "tom@loft says delta");
    BEFORE.put("epsilon", "RDG says 2 epsilon");
    BEFORE.put("zeta", "RDG whispers zeta");
    BEFORE.put("eta|theta", "tom says eta " + "is a long story ".repeat(8) + "that ends in theta");
    BEFORE.put("was not sent", "tom says iota " + "is far too long ".repeat(20));
    BEFORE.put("kappa", "tom@attic says kappa");
    BEFORE.put("lambda", "maria says lambda");
  }

  private static final Pattern REFERENCE = Pattern.compile("<([^>]*)>\\s?(.*)", Pattern.DOTALL);
  private static final String NOWHERE = "?";

  final TestWorld world;
  final Map<String, RoomId> rooms = new LinkedHashMap<>();
  private SteppedRelay relay;
  private Appearances appearances;
  private Optional<String> last = Optional.empty();

  private ConversationStage(TestWorld world) {
    this.world = world;
    rooms.put("hall", world.room);
    for (String name : List.of("loft", "attic")) {
      RoomId room = world.server.createRoom(name);
      world.server.join(room, world.tom);
      world.server.join(room, world.maria);
      rooms.put(name, room);
    }
    world.server.join(rooms.get("attic"), world.bot);
  }

  /** @param settings lines of configuration */
  static ConversationStage open(Path directory, String settings) throws Exception {
    NodeSettings node =
        new NodeSettings(TestWorld.NODE).withChannel(2, "third", ChannelDescription.Role.SECONDARY);
    ConversationStage stage = new ConversationStage(new TestWorld(directory, node));
    String text = TestConfig.usual(stage.world)
        .replace("channel = 0 }", "channel = 0 }, { room = \"#loft:localhost\", channel = 1 }");
    String limits = "\nmesh { part-bytes = 100, max-parts = 2 }\n";
    stage.relay = SteppedRelay.start(stage.world, text + limits + settings, "state");
    stage.enterPrivateRooms();
    stage.appearances = new Appearances(stage.world, stage.rooms);
    return stage;
  }

  /** The private room that settings may ask for is the {@code cell}. */
  private void enterPrivateRooms() throws Exception {
    if (relay.config.direct().enabled()) {
      relay.seconds(10);
    }
    for (DirectRoom direct : relay.ledger.directRooms().all()) {
      world.server.join(direct.room(), direct.person());
      rooms.put("cell", direct.room());
      relay.seconds(5);
    }
  }

  /** Has that said before which these deeds speak of. */
  void prepare(String deeds) throws Exception {
    for (Map.Entry<String, String> message : BEFORE.entrySet()) {
      if (Pattern.compile("<(%s)>".formatted(message.getKey())).matcher(deeds).find()) {
        take(message.getValue());
        relay.seconds(20);
      }
    }
  }

  /**
   * Does it all, and tells what has appeared of it anywhere.
   *
   * @param withKeys whether the keys for other relays are told too
   */
  String perform(String deeds, boolean withKeys) throws Exception {
    appearances.begin();
    for (String moment : deeds.split(" ; ")) {
      for (String deed : moment.split(" & ")) {
        take(deed.strip());
      }
      relay.seconds(20);
    }
    String shown = appearances.told(withKeys);
    return shown.isEmpty() ? "nothing" + why() : shown;
  }

  /** What the ledger says of the last thing done, if it has a row for it. */
  private String why() throws StoreException {
    return last.isEmpty()
        ? ""
        : relay.trace(last.get()).stream()
            .findFirst()
            .map(entry -> ", for " + entry.reason())
            .orElse("");
  }

  private void take(String deed) throws Exception {
    String[] words = deed.split(" ", 3);
    String rest = words.length > 2 ? words[2] : "";
    switch (words[0]) {
      case "radio" -> radio(words[1]);
      case "wait" -> relay.seconds(Integer.parseInt(words[1]));
      case "relay" -> relay = relay.crash().seconds(5);
      case "RDG" -> speak(world.ridge, words[1], rest);
      case "VLY" -> speak(world.valley, words[1], rest);
      default -> last = Optional.of(person(words[0], words[1], rest).value());
    }
  }

  private void radio(String state) throws InterruptedException {
    if (state.equals("leaves")) {
      world.cable.pull();
      relay.seconds(5);
    } else {
      world.cable.plug();
      relay.seconds(60);
    }
  }

  // People in rooms.

  private EventId person(String who, String verb, String rest) {
    String[] place = who.split("@");
    UserId user = place[0].equals("tom") ? world.tom : world.maria;
    RoomId room = rooms.get(place.length > 1 ? place[1] : "hall");
    if (verb.equals("removes")) {
      return world.server.userRedacts(room, user, event(reference(rest)));
    }
    return world.server.userPosts(room, user, posting(verb, rest));
  }

  private Posting posting(String verb, String rest) {
    return switch (verb) {
      case "says" -> Posting.text(unescaped(rest));
      case "rambles" -> Posting.text("blah ".repeat(Integer.parseInt(rest)).strip());
      case "emotes" -> Posting.emote(rest);
      case "notices" -> Posting.notice(rest);
      case "posts" -> Posting.raw("m.room.message", rest);
      case "replies" -> Posting.text(unescaped(behind(rest))).replyingTo(event(reference(rest)));
      case "threads" -> {
        EventId root = event(reference(rest));
        yield Posting.text(behind(rest)).inThread(root, root);
      }
      case "answers-in-thread" -> {
        String inner = behind(rest);
        yield Posting.text(behind(inner))
            .replyingInThread(event(reference(rest)), event(reference(inner)));
      }
      case "reacts" -> Posting.reaction(event(reference(rest)), behind(rest));
      case "edits" -> Posting.edit(event(reference(rest)), unescaped(behind(rest)));
      default -> attachment(verb, rest);
    };
  }

  private Posting attachment(String verb, String rest) {
    Posting posting =
        switch (verb) {
          case "sticks" -> Posting.sticker(rest);
          case "asks" -> Posting.poll(rest, List.of("yes", "no"));
          case "places" -> {
            String[] place = behind(rest).split(" ", 2);
            yield Posting.location(place.length > 1 ? place[1] : "", place[0]);
          }
          default -> file(verb, behind(rest));
        };
    return REFERENCE.matcher(rest).matches() ? posting.replyingTo(event(reference(rest))) : posting;
  }

  private static Posting file(String verb, String rest) {
    String[] words = rest.split(" ", 3);
    long bytes = Long.parseLong(words[1]);
    Posting posting =
        switch (verb) {
          case "image" -> Posting.image(words[0], bytes);
          case "file" -> Posting.file(words[0], bytes);
          case "audio" -> Posting.audio(words[0], bytes);
          case "voice" -> Posting.voice(words[0], bytes);
          case "video" -> Posting.video(words[0], bytes);
          default -> throw new IllegalArgumentException("nobody can do that: " + verb);
        };
    return words.length > 2 ? posting.captioned(words[2]) : posting;
  }

  // Nodes on the mesh.

  private void speak(SimulatedPeer peer, String verb, String rest) {
    PacketId packet = node(peer, verb, rest);
    appearances.said(packet, rest.replaceFirst("^[0-7] ", "").replaceFirst("^<[^>]*> ", ""));
    last = Optional.of(packet.toString());
  }

  private PacketId node(SimulatedPeer peer, String verb, String rest) {
    if (verb.startsWith("whispers")) {
      return whisper(peer, verb, rest);
    }
    String[] words = rest.split(" ", 2);
    int channel = Integer.parseInt(words[0]);
    String text = words[1];
    return switch (verb) {
      case "says" -> peer.says(channel, unescaped(text));
      case "replies" -> peer.replies(channel, packet(text), behind(text));
      case "reacts" -> peer.reacts(channel, packet(text), behind(text));
      case "detects" -> peer.detects(channel, text);
      case "alerts" -> peer.sendsOn(PortNum.ALERT, channel, bytes(text));
      case "ranges" -> peer.sendsOn(PortNum.RANGE_TEST, channel, bytes(text));
      case "encrypts" ->
        peer.send(AirPacket.text(peer.id(), new PacketId(77), text).undecodable(channel));
      case "is-at" -> peer.tellsPosition(channel, point(text));
      case "marks" -> peer.marks(channel, waypoint(text));
      default -> throw new IllegalArgumentException("no node can do that: " + verb);
    };
  }

  private PacketId whisper(SimulatedPeer peer, String verb, String rest) {
    NodeId to = TestWorld.NODE;
    return switch (verb) {
      case "whispers-reply" -> peer.whispersReply(to, packet(rest), behind(rest));
      case "whispers-reaction" -> peer.whispersReaction(to, packet(rest), behind(rest));
      default -> peer.whispers(to, rest);
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static GeoPoint point(String text) {
    String[] numbers = text.split(",");
    return new GeoPoint(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
  }

  private static Waypoint waypoint(String text) {
    String[] words = text.split(" ", 2);
    return new Waypoint(9, words[1], "", point(words[0]), Optional.<Instant>empty());
  }

  // What they speak of.

  private static String reference(String rest) {
    Matcher matcher = REFERENCE.matcher(rest);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("speaks of nothing: " + rest);
    }
    return matcher.group(1);
  }

  private static String behind(String rest) {
    Matcher matcher = REFERENCE.matcher(rest);
    return matcher.matches() ? matcher.group(2) : rest;
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n");
  }

  /** The newest event that has these words, or is a reaction with this key. */
  private EventId event(String words) {
    if (words.equals(NOWHERE)) {
      return new EventId("$nowhere");
    }
    List<PostedEvent> found = rooms.values().stream()
        .flatMap(room -> world.server.room(room).events().stream())
        .filter(event -> event
            .body()
            .or(() -> event.text("m.relates_to", "key"))
            .filter(body -> Appearances.contains(body, words))
            .isPresent())
        .toList();
    return latest(found, words).id();
  }

  /** The newest packet that has these words. */
  private PacketId packet(String text) {
    String words = reference(text);
    if (words.equals(NOWHERE)) {
      return new PacketId(0x7777);
    }
    return latest(appearances.packets(words), words).id();
  }

  private static <T> T latest(List<T> found, String words) {
    if (found.isEmpty()) {
      throw new IllegalArgumentException("nobody has said " + words);
    }
    return found.get(found.size() - 1);
  }

  @Override
  public void close() {
    relay.close();
    world.close();
  }
}
