package org.longwire.relay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.sim.DoubleRoom;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.radio.sim.AirPacket;
import org.longwire.radio.sim.SimulatedMesh;

/**
 * All that the relay has put on the air and into any room, written down as the tables of
 * {@link ConversationMatrixTest} have it. What it speaks of is looked up in the histories of both
 * sides, as people there would, and never in the relay.
 */
final class Appearances {
  /** What keys begin with, where a table has them. */
  static final String KEYS = "{";

  private static final Pattern KEY =
      Pattern.compile("\"meshtastic_(\\w+)\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\d+))");

  private final TestWorld world;
  private final Map<String, RoomId> rooms;
  private final Map<PacketId, String> ofPeers = new LinkedHashMap<>();
  private final Map<String, Integer> before = new HashMap<>();
  private int sentBefore;

  /** As much of a message as is enough to know it again. */
  private static final int NAME_LENGTH = 24;

  /** A packet and what was said in it. */
  record Spoken(PacketId id, String words) {}

  Appearances(TestWorld world, Map<String, RoomId> rooms) {
    this.world = world;
    this.rooms = rooms;
  }

  /** What appears from here on counts. */
  void begin() {
    rooms.forEach(
        (name, room) -> before.put(name, world.server.room(room).events().size()));
    sentBefore = world.mesh.transmissions().size();
  }

  /** A node on the mesh has said something. */
  void said(PacketId packet, String words) {
    ofPeers.put(packet, words);
  }

  /** The packets that have these words, oldest first: of others first, then ours. */
  List<Spoken> packets(String words) {
    List<Spoken> found = new ArrayList<>();
    ofPeers.forEach((id, said) -> found.add(new Spoken(id, said)));
    ours(0).forEach(packet -> found.add(new Spoken(packet.id(), words(packet))));
    return found.stream().filter(packet -> contains(packet.words(), words)).toList();
  }

  /** Whether a message has these words, as words. */
  static boolean contains(String message, String words) {
    String edge = "(^|$|\\b|(?=\\W)|(?<=\\W))";
    return Pattern.compile(edge + Pattern.quote(words) + edge).matcher(message).find();
  }

  private List<AirPacket> ours(int after) {
    List<SimulatedMesh.Transmission> all = world.mesh.transmissions();
    return all.subList(after, all.size()).stream()
        .filter(sent -> sent.attempt() == 1)
        .map(SimulatedMesh.Transmission::packet)
        .filter(packet -> packet.port() != PortNum.TELEMETRY && packet.port() != PortNum.ROUTING)
        .toList();
  }

  /** What has appeared, the mesh first, then room by room. */
  String told(boolean withKeys) {
    List<String> told = new ArrayList<>();
    ours(sentBefore).forEach(packet -> told.add(onAir(packet)));
    rooms.forEach((name, id) -> {
      DoubleRoom room = world.server.room(id);
      List<PostedEvent> events = room.events();
      events.subList(before.get(name), events.size()).stream()
          .filter(event -> event.sender().equals(world.bot) && isShown(event))
          .map(event -> name + " " + inRoom(room, event) + (withKeys ? " " + keys(event) : ""))
          .forEach(told::add);
    });
    return String.join(" + ", told);
  }

  /** A mark that gave way to the next one is seen by nobody; whatever else is gone is told. */
  private static boolean isShown(PostedEvent event) {
    boolean isGone = event.content().equals("{}") && event.type().equals("m.reaction");
    return !isGone && !event.type().equals("m.room.redaction");
  }

  // On the air.

  private String onAir(AirPacket packet) {
    String to = packet.to().isBroadcast() ? packet.channel() + "" : name(packet.to());
    String way = packet.isPrivate() ? "privately " : "";
    String what =
        packet.port() == PortNum.TEXT_MESSAGE ? said(packet) : "port " + packet.port() + " ";
    String place = packet.point().map(Appearances::coordinates).orElse("");
    return "%s %s%s%s".formatted(to, way, what, place);
  }

  private String name(NodeId node) {
    return world.mesh.peer(node).map(peer -> peer.shortName()).orElse(node.toString());
  }

  private String said(AirPacket packet) {
    String quoted = "\"%s\"".formatted(words(packet));
    if (packet.emoji() != 0) {
      return words(packet) + " on " + named(new PacketId(packet.replyTo()));
    }
    return packet.replyTo() == 0 ? quoted : quoted + " re " + named(new PacketId(packet.replyTo()));
  }

  private static String words(AirPacket packet) {
    return new String(packet.payload(), StandardCharsets.UTF_8).replace("\n", "\\n");
  }

  private String named(PacketId packet) {
    return packets("").stream()
        .filter(spoken -> spoken.id().equals(packet))
        .map(spoken -> quoted(spoken.words()))
        .findFirst()
        .orElse("a packet that nobody sent");
  }

  private static String quoted(String words) {
    String name = words.length() <= NAME_LENGTH ? words : words.substring(0, NAME_LENGTH) + "...";
    return "\"" + name + "\"";
  }

  private static String coordinates(GeoPoint point) {
    return point.latitude() + "," + point.longitude();
  }

  // In a room.

  private static String inRoom(DoubleRoom room, PostedEvent event) {
    if (event.type().equals("m.reaction")) {
      return "%s on %s"
          .formatted(event.text("m.relates_to", "key").orElse(""), target(room, event));
    }
    if (!event.type().equals("m.room.message")) {
      return event.type() + " " + event.stateKey().orElse("");
    }
    String kind = event.text("msgtype").orElse("").replaceFirst("^m\\.text$", "");
    String body = event.body().orElse("").replace("\n", "\\n");
    String thread = event.text("m.relates_to", "rel_type").isPresent()
        ? " in the thread of " + target(room, event)
        : event.replyTo().map(id -> " re " + named(room, id)).orElse("");
    String place = event.text("geo_uri").map(uri -> " at " + uri).orElse("");
    return "%s\"%s\"%s%s".formatted(kind.isEmpty() ? "" : kind + " ", body, place, thread);
  }

  /** The keys for other relays, in their order, the ids of packets by their words. */
  private String keys(PostedEvent event) {
    List<String> keys = new ArrayList<>();
    Matcher matcher = KEY.matcher(event.content());
    while (matcher.find()) {
      String key = matcher.group(1);
      boolean isId = key.equals("id") || key.equals("replyId");
      String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      keys.add(key + " " + (isId ? named(new PacketId((int) Long.parseLong(value))) : value));
    }
    return KEYS + String.join(", ", keys) + "}";
  }

  private static String target(DoubleRoom room, PostedEvent event) {
    return event.target().map(id -> named(room, id)).orElse("nothing");
  }

  private static String named(DoubleRoom room, EventId id) {
    Optional<PostedEvent> found =
        room.events().stream().filter(event -> event.id().equals(id)).findFirst();
    return found
        .flatMap(PostedEvent::body)
        .map(body -> quoted(body.replace("\n", "\\n")))
        .orElse("an event that is not there");
  }
}
