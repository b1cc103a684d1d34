package org.longwire.relay;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.longwire.matrix.AttachmentKind;
import org.longwire.matrix.EventHeader;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeDescription;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.radio.Signal;
import org.longwire.radio.Waypoint;
import org.longwire.relay.bridge.RandomTexts;
import org.longwire.relay.config.RadioId;

/** A few things that people and programs on both sides say, and what they refer to. */
final class FuzzedConversation {
  static final int MOST_EVENTS = 6;

  private static final List<RoomId> ROOMS = List.of(
      new RoomId(FuzzedConfig.ROOM_A),
      new RoomId(FuzzedConfig.ROOM_A),
      new RoomId(FuzzedConfig.ROOM_B),
      new RoomId(FuzzedConfig.ROOM_B),
      FuzzedRelay.PRIVATE_ROOM,
      new RoomId("!elsewhere:example.org"));

  private static final UserId RELAY = new UserId("@mmrelay:example.org");
  private static final List<UserId> PEOPLE = List.of(
      FuzzedRelay.PERSON,
      FuzzedRelay.PERSON,
      new UserId("@al\u0131ce:example.org"),
      new UserId("@" + "m".repeat(200) + ":evil.example.org"),
      RELAY);

  private static final List<NodeId> NODES = List.of(
      FuzzedRelay.CONFIDANT,
      new NodeId(0x5e1f0002),
      new NodeId(0x7e1f0002),
      new NodeId(0x10de0002),
      new NodeId(0));

  private static final int[] PORTS = {
    PortNum.TEXT_MESSAGE,
    PortNum.TEXT_MESSAGE,
    PortNum.TEXT_MESSAGE,
    PortNum.TEXT_MESSAGE_COMPRESSED,
    PortNum.DETECTION_SENSOR,
    PortNum.ALERT,
    PortNum.STORE_FORWARD,
    PortNum.RANGE_TEST,
    300,
    301
  };

  private static final int[] CHANNELS = {0, 0, 0, 1, 1, 2, 200};

  private static final List<String> COMMANDS = List.of(
      "longwire: !help", "!nodes ", "!where ", "longwire: !trace ", "longwire: !close", "!dm ");

  private static final String[] KEYS = {
    "meshtastic_longname",
    "meshtastic_shortname",
    "meshtastic_meshnet",
    "meshtastic_text",
    "meshtastic_portnum",
    "meshtastic_id",
    "meshtastic_replyId",
    "meshtastic_emoji",
    "meshtastic_packet",
    "mmrelay_suppress",
    "org.longwire.origin",
    "org.longwire.transaction",
    "msgtype",
    "m.mentions",
    ""
  };

  private final FuzzedRelay relay;
  private final Instant now;
  private final SplittableRandom random;
  private final RandomTexts texts;
  private final List<EventId> events = new ArrayList<>();
  private final List<PacketId> packets = new ArrayList<>();

  FuzzedConversation(FuzzedRelay relay, Instant now, long seed) {
    this.relay = relay;
    this.now = now;
    this.random = new SplittableRandom(seed);
    this.texts = new RandomTexts(random);
  }

  void run() throws Exception {
    PEOPLE.forEach(user -> relay.homeserver.names.put(user, name()));
    if (random.nextInt(8) > 0) {
      relay.read(List.of());
    }
    for (int left = 1 + random.nextInt(MOST_EVENTS); left > 0; left--) {
      if (random.nextBoolean()) {
        relay.read(page());
      } else {
        relay.hear(random.nextInt(3) > 0 ? RadioId.MAIN : new RadioId("hill"), meshEvent());
      }
      if (random.nextInt(3) > 0) {
        relay.work();
      }
    }
    relay.work();
  }

  private List<RoomEvent> page() {
    List<RoomEvent> page = new ArrayList<>();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      page.add(roomEvent());
    }
    return page;
  }

  private RoomEvent roomEvent() {
    EventHeader header = new EventHeader(
        freshEvent(),
        any(ROOMS),
        any(PEOPLE),
        random.nextInt(10) > 0 ? now : Instant.ofEpochMilli(random.nextLong()));
    boolean isPrivate = header.room().equals(FuzzedRelay.PRIVATE_ROOM);
    String body = said((isPrivate ? FuzzedRelay.HUSH + " " : "") + words());
    return switch (random.nextInt(10)) {
      case 0 -> new RoomEvent.Reaction(header, event(), said(symbol()), keys());
      case 1 -> new RoomEvent.Edit(header, event(), kind(), body, Optional.empty(), keys());
      case 2 -> new RoomEvent.Redaction(header, event());
      case 3 -> attachment(header, body);
      case 4 ->
        new RoomEvent.Membership(
            header, header.sender(), "join", Optional.of(name()), Optional.empty());
      case 5 -> new RoomEvent.Encrypted(header);
      default ->
        new RoomEvent.TextMessage(header, kind(), body, relation(), Optional.empty(), keys());
    };
  }

  private RoomEvent attachment(EventHeader header, String caption) {
    return new RoomEvent.Attachment(
        header,
        any(Arrays.asList(AttachmentKind.values())),
        caption,
        said(name()),
        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()),
        random.nextBoolean() ? Optional.empty() : Optional.of(said(geo())),
        random.nextBoolean() ? Optional.empty() : Optional.of("mxc://" + said(words())),
        relation(),
        keys());
  }

  private String geo() {
    return random.nextInt(4) == 0
        ? words()
        : "geo:%d.%d,%d"
            .formatted(
                random.nextInt(200) - 100, random.nextInt(1_000_000), random.nextInt(400) - 200);
  }

  private MeshEvent meshEvent() {
    boolean isPrivate = random.nextInt(5) == 0;
    PacketHeader header = header(isPrivate);
    String words = said((isPrivate ? FuzzedRelay.HUSH + " " : "") + words());
    return switch (random.nextInt(8)) {
      case 0 -> new MeshEvent.NodeSeen(node());
      case 1 ->
        new MeshEvent.ReactionReceived(
            header,
            isPrivate ? words : said(symbol()),
            random.nextInt(8) == 0 ? Optional.empty() : Optional.of(packet()));
      case 2 ->
        new MeshEvent.WaypointReceived(
            header,
            new Waypoint(
                random.nextInt(),
                onAir(words, 29),
                onAir(words, 99),
                point(),
                random.nextBoolean() ? Optional.empty() : Optional.of(now.plusSeconds(60))));
      case 3 -> new MeshEvent.PositionReceived(header, point(), OptionalInt.empty());
      default ->
        new MeshEvent.TextReceived(
            header,
            PORTS[random.nextInt(PORTS.length)],
            onAir(words, 233),
            random.nextBoolean() ? Optional.empty() : Optional.of(packet()));
    };
  }

  /** Bytes may end anywhere, and what is broken is replaced as the codec does. */
  private static String onAir(String words, int most) {
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    return new String(bytes, 0, Math.min(most, bytes.length), StandardCharsets.UTF_8);
  }

  private PacketHeader header(boolean isPrivate) {
    PacketId id = new PacketId(random.nextInt() | 1);
    packets.add(id);
    NodeId self = new NodeId(0x10de0001);
    boolean isUnderKey = isPrivate && random.nextInt(3) > 0;
    NodeId to = isPrivate ? self : random.nextInt(12) == 0 ? any(NODES) : NodeId.BROADCAST;
    return new PacketHeader(
        any(NODES),
        isUnderKey && random.nextInt(4) == 0 ? NodeId.BROADCAST : to,
        CHANNELS[random.nextInt(CHANNELS.length)],
        random.nextInt(12) == 0 ? Optional.empty() : Optional.of(id),
        random.nextInt(4) == 0
            ? Optional.empty()
            : Optional.of(now.minusSeconds(random.nextInt(9_000))),
        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(8)),
        random.nextBoolean(),
        isUnderKey,
        Optional.empty(),
        Signal.UNKNOWN);
  }

  private NodeDescription node() {
    return new NodeDescription(
        any(NODES),
        Optional.of(onAir(name(), 39)),
        random.nextBoolean() ? Optional.empty() : Optional.of(onAir(name(), 4)),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.of(now),
        OptionalDouble.empty());
  }

  private GeoPoint point() {
    return new GeoPoint(random.nextDouble(-90, 90), random.nextDouble(-180, 180));
  }

  private Relation relation() {
    return switch (random.nextInt(4)) {
      case 0 -> Relation.reply(event());
      case 1 -> new Relation(Optional.empty(), Optional.of(event()));
      case 2 -> random.nextBoolean() ? Relation.inThread(event(), event()) : Relation.NONE;
      default -> Relation.NONE;
    };
  }

  private RoomEvent.Kind kind() {
    return switch (random.nextInt(6)) {
      case 0 -> RoomEvent.Kind.NOTICE;
      case 1 -> RoomEvent.Kind.EMOTE;
      default -> RoomEvent.Kind.TEXT;
    };
  }

  private List<ExtraField> keys() {
    List<ExtraField> keys = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      for (String key : KEYS) {
        switch (random.nextInt(4)) {
          case 0 ->
            keys.add(new ExtraField.Text(key, said(random.nextInt(4) == 0 ? "Forx" : words())));
          case 1 -> keys.add(new ExtraField.Number(key, number()));
          default -> {
            // Not there.
          }
        }
      }
    }
    return keys;
  }

  private long number() {
    return switch (random.nextInt(4)) {
      case 0 -> packet().unsigned();
      case 1 -> (1L << 53) - 1;
      case 2 -> 1 - (1L << 53);
      default -> random.nextInt();
    };
  }

  private String words() {
    return switch (random.nextInt(16)) {
      case 0 -> texts.next(400);
      case 1 -> texts.next(20).repeat(1 + random.nextInt(60));
      case 2, 3 -> NastyNames.any(random);
      case 4 -> NastyNames.any(random) + texts.next(12) + NastyNames.any(random);
      case 5 -> any(COMMANDS) + words();
      default -> texts.next(30);
    };
  }

  private String name() {
    return said(random.nextInt(4) == 0 ? texts.next(6) : NastyNames.any(random));
  }

  private String symbol() {
    return switch (random.nextInt(4)) {
      case 0 -> words();
      case 1 -> NastyNames.any(random);
      case 2 -> "\uD83D\uDC4D";
      default -> "\u2764\uFE0F";
    };
  }

  /** Notes what was said, so that halves of it can be told. */
  private String said(String text) {
    relay.whole.learn(text);
    return text;
  }

  private EventId freshEvent() {
    EventId id = new EventId("$" + Long.toHexString(random.nextLong()));
    events.add(id);
    return id;
  }

  /** One that is known, by us or the other side, or none. */
  private EventId event() {
    List<EventId> posted = List.copyOf(relay.homeserver.posted.keySet());
    int choice = random.nextInt(8);
    if (choice < 3 && !posted.isEmpty()) {
      return any(posted);
    }
    return choice < 7 ? any(events) : new EventId("$unknown");
  }

  private PacketId packet() {
    List<PacketId> sent = new ArrayList<>(packets);
    relay.radios.values().forEach(radio -> sent.addAll(radio.sent));
    return sent.isEmpty() || random.nextInt(8) == 0
        ? new PacketId(random.nextInt() | 1)
        : any(sent);
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
