package org.longwire.relay;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.HomeserverDouble;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.matrix.sim.Posting;
import org.longwire.radio.PacketId;
import org.longwire.radio.sim.HeardText;
import org.longwire.radio.sim.SimulatedMesh;
import org.longwire.radio.sim.SimulatedPeer;

/**
 * A relay that does as MMRelay does, good and bad (mmrelay-compat.md §3 and §4): it believes
 * anybody's keys, relays notices, sends an edit as a new message and a reaction as a text, and
 * looks for replies before it looks where a message came from. One room, channel 0.
 */
final class Mmrelay {
  private static final int QUOTED = 40;
  private static final int MAX_BYTES = 227;
  private static final Pattern SYMBOL = Pattern.compile("reacted (.*?) to");

  private final HomeserverDouble server;
  private final RoomId room;
  private final UserId self;
  private final String meshnet;
  private final SimulatedMesh mesh;
  private final SimulatedPeer radio;
  private final Map<PacketId, Mapped> byPacket = new HashMap<>();
  private final Map<EventId, Mapped> byEvent = new HashMap<>();
  private final Set<PacketId> heard = new HashSet<>();
  private int seen;

  /** A row of its message map. */
  private record Mapped(PacketId packet, EventId event, String text) {}

  /** Its account in a room, and the name of its mesh. */
  record Place(HomeserverDouble server, RoomId room, UserId self, String meshnet) {}

  /** Its radio. */
  record Air(SimulatedMesh mesh, SimulatedPeer radio) {}

  Mmrelay(Place place, Air air) {
    this.server = place.server();
    this.room = place.room();
    this.self = place.self();
    this.meshnet = place.meshnet();
    this.mesh = air.mesh();
    this.radio = air.radio();
    this.seen = server.room(room).events().size();
  }

  /** Deals with all that is new on either side. */
  void step() {
    for (HeardText text : mesh.heardBy(radio)) {
      if (heard.add(text.id()) && text.to().isBroadcast() && text.channel() == 0) {
        onPacket(text);
      }
    }
    List<PostedEvent> events = server.room(room).events();
    for (PostedEvent event : events.subList(seen, events.size())) {
      if (!event.sender().equals(self)) {
        onEvent(event);
      }
    }
    seen = events.size();
  }

  // From its mesh (§3.3, §3.4, §3.6).

  private void onPacket(HeardText text) {
    Optional<Mapped> original = text.replyTo() == 0
        ? Optional.empty()
        : Optional.ofNullable(byPacket.get(new PacketId(text.replyTo())));
    String prefix = "[%s/%s]: ".formatted(longName(text), meshnet);
    if (text.tapback() && original.isPresent()) {
      String body = "\n %sreacted %s to \"%s\""
          .formatted(prefix, text.text(), quote(original.get().text()));
      post("m.emote", body, keys(text, original.get().text()) + ",\"meshtastic_emoji\":1");
      return;
    }
    String quoted = original
        .map(it -> "> <%s> [%s]: %s\n\n".formatted(self, meshnet, it.text()))
        .orElse("");
    String relation = original
        .map(it ->
            ",\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"%s\"}}".formatted(it.event()))
        .orElse("");
    EventId event =
        post("m.text", quoted + prefix + text.text(), keys(text, text.text()) + relation);
    map(new Mapped(text.id(), event, text.text()));
  }

  private String longName(HeardText text) {
    return mesh.peer(text.from())
        .map(SimulatedPeer::longName)
        .orElse(text.from().toString());
  }

  private String keys(HeardText text, String words) {
    String shortName =
        mesh.peer(text.from()).map(SimulatedPeer::shortName).orElse(text.from().toString());
    String reply = text.replyTo() == 0
        ? ""
        : ",\"meshtastic_replyId\":" + Integer.toUnsignedLong(text.replyTo());
    return """
        "meshtastic_longname":"%s","meshtastic_shortname":"%s","meshtastic_meshnet":"%s",\
        "meshtastic_portnum":"TEXT_MESSAGE_APP","meshtastic_id":%d,\
        "meshtastic_text":"%s"%s""".formatted(
            longName(text), shortName, meshnet, text.id().unsigned(), escaped(words), reply);
  }

  private EventId post(String msgtype, String body, String more) {
    String content =
        "{\"msgtype\":\"%s\",\"body\":\"%s\",%s}".formatted(msgtype, escaped(body), more);
    return server.userPosts(room, self, Posting.raw("m.room.message", content));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String quote(String text) {
    return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "...";
  }

  // From the room (§4.2 to §4.6).

  private void onEvent(PostedEvent event) {
    Optional<String> longName = event.text("meshtastic_longname");
    Optional<String> origin = event.text("meshtastic_meshnet");
    boolean isRemote = longName.isPresent() && origin.isPresent();
    if (event.type().equals("m.reaction")) {
      onReaction(event);
    } else if (!event.type().equals("m.room.message") || event.body().isEmpty()) {
      return;
    } else if (isRemote
        && event.content().contains("\"meshtastic_replyId\"")
        && event.text("msgtype").equals(Optional.of("m.emote"))) {
      onRemoteReaction(event, origin.get());
    } else if (event.replyTo().map(byEvent::get).isPresent()) {
      onReply(event, byEvent.get(event.replyTo().get()));
    } else if (!isRemote) {
      send(event, "%s[M]: ".formatted(display(event)) + words(event), Optional.empty());
    } else if (!origin.get().equals(meshnet)) {
      send(event, remotePrefix(longName.get(), origin.get()) + words(event), Optional.empty());
    }
  }

  private void onReaction(PostedEvent event) {
    Optional<Mapped> original = event.target().map(byEvent::get);
    original.ifPresent(it -> send(
        event,
        "%s[M]: reacted %s to \"%s\""
            .formatted(
                display(event), event.text("m.relates_to", "key").orElse("?"), quote(it.text())),
        Optional.of(it.packet())));
  }

  private void onRemoteReaction(PostedEvent event, String origin) {
    Matcher symbol = SYMBOL.matcher(event.body().orElse(""));
    if (!origin.equals(meshnet)) {
      String text = "%s/%s reacted %s to \"%s\""
          .formatted(
              event.text("meshtastic_shortname").orElse("?"),
              cut(origin, 4),
              symbol.find() ? symbol.group(1) : "?",
              quote(event.text("meshtastic_text").orElse("")));
      send(event, text, Optional.empty());
    }
  }

  /** Comes before the guard against its own mesh, which is its mistake. */
  private void onReply(PostedEvent event, Mapped original) {
    Optional<String> origin = event.text("meshtastic_meshnet");
    boolean isRemote = origin.isPresent() && !origin.get().equals(meshnet);
    String lines = event.body().orElse("").replaceAll("(?m)^>.*$", "").strip();
    String text = isRemote
        ? remotePrefix(event.text("meshtastic_longname").orElse("?"), origin.get())
            + " "
            + words(event)
        : display(event) + "[M]: " + lines;
    send(event, text, Optional.of(original.packet()));
  }

  private static String words(PostedEvent event) {
    return event.text("meshtastic_text").or(event::body).orElse("").strip();
  }

  private String display(PostedEvent event) {
    return cut(event.sender().value().substring(1, event.sender().value().indexOf(':')), 5);
  }

  private static String remotePrefix(String longName, String origin) {
    return "[%s/%s]: ".formatted(longName, cut(origin, 4));
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private void send(PostedEvent event, String text, Optional<PacketId> answered) {
    String fitting = text;
    while (fitting.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      fitting = fitting.substring(0, fitting.length() - 1);
    }
    PacketId packet =
        answered.isPresent() ? radio.replies(0, answered.get(), fitting) : radio.says(0, fitting);
    if (!event.type().equals("m.reaction")) {
      map(new Mapped(packet, event.id(), words(event)));
    }
  }

  private void map(Mapped mapped) {
    byPacket.put(mapped.packet(), mapped);
    byEvent.put(mapped.event(), mapped);
  }
}
