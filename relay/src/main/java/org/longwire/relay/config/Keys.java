package org.longwire.relay.config;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.longwire.matrix.Secret;
import org.longwire.matrix.UserId;
import org.longwire.radio.NodeId;
import org.longwire.radio.OutgoingText;
import org.longwire.relay.config.DatabaseConfig.Kind;
import org.longwire.relay.config.RelayConfig.Edits;
import org.longwire.relay.config.RelayConfig.Locations;
import org.longwire.relay.config.RelayConfig.ReactionStyle;

/**
 * Every key, its form and its default: the one place where defaults stand.
 * {@code config/longwire.conf} repeats them for people, and a test holds the two together.
 */
final class Keys {
  private static final int MAX_NAME = 64;

  /** More bridges than a node has channels times any sensible number of rooms. */
  static final int MAX_BRIDGES = 64;

  private static final int MAX_LIST = 100;

  /** Bytes of text in one packet. */
  static final int MAX_TEXT = OutgoingText.MAX_BYTES;

  private static final int MIN_PART = 40;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration DECADE = Duration.ofDays(3_650);

  /** The firmware's two seconds run from its reading, which lags by up to a quarter of one. */
  private static final Duration MIN_DELAY = Duration.ofMillis(2100);

  private static final String DELAY_REASON =
      "the radio refuses a text within 2 s of the one before";
  private static final String TEXT_REASON = "one packet of the mesh carries no more";

  static final Key<String> MESHNET_NAME = Key.withoutDefault("meshnet-name", Forms.name(MAX_NAME));

  static final Key<String> LINK = Key.of("radios.*.link", Forms.word("serial", "tcp"), "serial");
  static final Key<String> PORT = Key.withoutDefault("radios.*.port", FieldForms.device());
  static final Key<Integer> BAUD = Key.of("radios.*.baud", FieldForms.baud(), "115200");
  static final Key<String> HOST = Key.withoutDefault("radios.*.host", FieldForms.host());
  static final Key<Integer> TCP_PORT =
      Key.of("radios.*.tcp-port", Forms.whole(1, 65535, ""), "4403");

  static final Key<URI> HOMESERVER =
      Key.withoutDefault("matrix.homeserver", FieldForms.homeserver());
  static final Key<UserId> USER = Key.withoutDefault("matrix.user", FieldForms.user());
  static final Key<Secret> TOKEN = Key.withoutDefault("matrix.token", FieldForms.secret());
  static final Key<String> TOKEN_FILE = Key.withoutDefault("matrix.token-file", FieldForms.path());
  static final Key<Secret> PASSWORD = Key.withoutDefault("matrix.password", FieldForms.secret());
  static final Key<String> PASSWORD_FILE =
      Key.withoutDefault("matrix.password-file", FieldForms.path());
  static final Key<Boolean> RELAY_NOTICES = Key.of("matrix.relay-notices", Forms.flag(), "false");
  static final Key<List<UserId>> TRUSTED_RELAYS =
      Key.of("matrix.trusted-relays", Forms.listOf(FieldForms.user(), MAX_LIST), "[]");
  static final Key<Duration> BACKLOG_AGE =
      Key.of("matrix.max-backlog.age", Forms.duration(Duration.ZERO, YEAR, ""), "30m");
  static final Key<Integer> BACKLOG_EVENTS =
      Key.of("matrix.max-backlog.events", Forms.whole(0, 10_000, ""), "500");
  static final Key<Duration> MATRIX_MAX_AGE =
      Key.of("matrix.max-age", Forms.duration(MINUTE, YEAR, ""), "7d");

  static final Key<String> ROOM = Key.withoutDefault("bridges[].room", FieldForms.room());
  static final Key<Integer> CHANNEL =
      Key.withoutDefault("bridges[].channel", Forms.whole(0, 7, "a node has eight channels"));
  static final Key<String> RADIO = Key.of("bridges[].radio", Forms.name(MAX_NAME), "main");
  static final Key<List<String>> VIA =
      Key.of("bridges[].via", Forms.listOf(FieldForms.server(), 10), "[]");

  static final Key<PrefixTemplate> TO_MATRIX = Key.of(
      "prefix.to-matrix",
      FieldForms.prefix(PrefixTemplate.TOWARDS_MATRIX),
      "\"[{long}/{mesh}]: \"");
  static final Key<PrefixTemplate> TO_MESH = Key.of(
      "prefix.to-mesh", FieldForms.prefix(PrefixTemplate.TOWARDS_MESH), "\"{display5}[M]: \"");

  static final Key<Boolean> SPLIT = Key.of("mesh.split", Forms.flag(), "true");
  static final Key<Integer> PART_BYTES =
      Key.of("mesh.part-bytes", Forms.whole(MIN_PART, MAX_TEXT, TEXT_REASON), "200");
  static final Key<Integer> CUT_BYTES =
      Key.of("mesh.cut-bytes", Forms.whole(MIN_PART, MAX_TEXT, TEXT_REASON), "227");
  static final Key<Integer> MAX_PARTS =
      Key.of("mesh.max-parts", Forms.whole(1, 20, "each part takes the air from everybody"), "5");
  static final Key<Duration> MESSAGE_DELAY = Key.of(
      "mesh.message-delay",
      Forms.duration(MIN_DELAY, Duration.ofMinutes(10), DELAY_REASON),
      "2.4s");
  static final Key<Boolean> BROADCAST = Key.of("mesh.broadcast", Forms.flag(), "true");
  static final Key<Boolean> DETECTION_SENSOR =
      Key.of("mesh.detection-sensor", Forms.flag(), "true");
  static final Key<List<Integer>> CHAT_PORTNUMS =
      Key.of("mesh.chat-portnums", Forms.listOf(FieldForms.portnum(), MAX_LIST), "[]");
  static final Key<List<Integer>> DISABLED_PORTNUMS =
      Key.of("mesh.disabled-portnums", Forms.listOf(FieldForms.portnum(), MAX_LIST), "[]");
  static final Key<List<NodeId>> RELAY_NODES =
      Key.of("mesh.relay-nodes", Forms.listOf(FieldForms.node(), MAX_LIST), "[]");
  static final Key<Boolean> WAYPOINTS = Key.of("mesh.waypoints", Forms.flag(), "true");
  static final Key<Boolean> POSITIONS = Key.of("mesh.positions", Forms.flag(), "false");
  static final Key<Duration> POSITION_INTERVAL =
      Key.of("mesh.position-interval", Forms.duration(SECOND, Duration.ofDays(1), ""), "15m");
  static final Key<Duration> MESH_MAX_AGE =
      Key.of("mesh.max-age", Forms.duration(SECOND, YEAR, ""), "30m");

  static final Key<Boolean> KEEP_SIGNED = Key.of("mesh.keep-signed", Forms.flag(), "false");
  static final Key<Boolean> ATTACHMENTS = Key.of("mesh.attachments", Forms.flag(), "true");
  static final Key<PrefixTemplate> ATTACHMENT_LINK =
      Key.of("mesh.attachment-link", FieldForms.prefix(PrefixTemplate.OF_ATTACHMENT), "\"\"");
  static final Key<Locations> LOCATIONS = Key.of(
      "mesh.locations",
      Forms.oneOf(Map.of("text", Locations.TEXT, "position", Locations.POSITION)),
      "text");

  static final Key<Level> LOG_LEVEL = Key.of("log.level", Forms.oneOf(levels()), "info");
  static final Key<Boolean> STORE_SUMMARY = Key.of("log.store-summary", Forms.flag(), "true");

  static final Key<Duration> ONLINE_WINDOW =
      Key.of("nodes.online-window", Forms.duration(SECOND, Duration.ofDays(30), ""), "2h");
  static final Key<Boolean> PRESENCE_EVENTS =
      Key.of("nodes.presence-events", Forms.flag(), "false");

  static final Key<Boolean> REPLIES = Key.of("interactions.replies", Forms.flag(), "true");
  static final Key<Boolean> REACTIONS = Key.of("interactions.reactions", Forms.flag(), "true");
  static final Key<ReactionStyle> REACTION_STYLE = Key.of(
      "interactions.reaction-style",
      Forms.oneOf(Map.of("native", ReactionStyle.NATIVE, "text", ReactionStyle.TEXT)),
      "native");
  static final Key<Edits> EDITS = Key.of(
      "interactions.edits",
      Forms.oneOf(Map.of("correction", Edits.CORRECTION, "ignore", Edits.IGNORE)),
      "correction");
  static final Key<Boolean> RECEIPTS = Key.of("interactions.receipts", Forms.flag(), "true");
  static final Key<Boolean> MARKS = Key.of("interactions.marks", Forms.flag(), "false");
  static final Key<Boolean> SEND_STATUS = Key.of("interactions.send-status", Forms.flag(), "false");

  static final Key<Boolean> COMMAND_MENTION =
      Key.of("commands.mention-required", Forms.flag(), "true");
  static final Key<List<UserId>> COMMAND_ADMINS =
      Key.of("commands.admins", Forms.listOf(FieldForms.user(), MAX_LIST), "[]");
  static final Key<Role> ROLE_WHERE = role("where", "everyone");
  static final Key<Role> ROLE_DM = role("dm", "moderator");
  static final Key<Role> ROLE_CLOSE = role("close", "everyone");
  static final Key<Role> ROLE_UNDM = role("undm", "admin");
  static final Key<Role> ROLE_STATUS = role("status", "moderator");
  static final Key<Role> ROLE_TRACE = role("trace", "admin");

  /** The commands, each with its role. */
  static final List<Key<Role>> ROLES =
      List.of(ROLE_WHERE, ROLE_DM, ROLE_CLOSE, ROLE_UNDM, ROLE_STATUS, ROLE_TRACE);

  /** Private rooms are between a node and a person of Matrix; a node can make or end none. */
  static final Key<List<String>> MESH_COMMANDS =
      Key.of("commands.mesh", Forms.listOf(meshCommand(), MAX_LIST), "[]");

  static final Key<List<String>> MESH_ADMINS =
      Key.of("commands.mesh-admins", Forms.listOf(FieldForms.publicKey(), MAX_LIST), "[]");

  static final Key<Boolean> DIRECT_ENABLED = Key.of("direct.enabled", Forms.flag(), "false");
  static final Key<UserId> DIRECT_USER =
      Key.withoutDefault("direct.rooms[].user", FieldForms.user());
  static final Key<NodeId> DIRECT_NODE =
      Key.withoutDefault("direct.rooms[].node", FieldForms.node());

  /** As in a bridge: the only one, else the one called main. */
  static final Key<String> DIRECT_RADIO =
      Key.withoutDefault("direct.rooms[].radio", Forms.name(MAX_NAME));

  static final Key<String> DATABASE_PATH = Key.of("database.path", FieldForms.path(), "store.db");
  static final Key<Boolean> ENABLE_WAL = Key.of("database.enable-wal", Forms.flag(), "true");
  static final Key<Duration> BUSY_TIMEOUT =
      Key.of("database.busy-timeout", Forms.duration(Duration.ZERO, MINUTE, ""), "5s");
  static final Key<Boolean> ALLOW_UNSAFE_FILESYSTEM =
      Key.of("database.allow-unsafe-filesystem", Forms.flag(), "false");
  static final Key<String> DATABASE_TYPE =
      Key.of("database.type", Forms.word("sqlite", "mysql", "mariadb"), "sqlite");
  static final Key<Secret> SERVER_URL = Key.withoutDefault("database.url", FieldForms.secret());
  static final Key<String> SERVER_HOST = Key.withoutDefault("database.host", FieldForms.server());
  static final Key<Integer> SERVER_PORT =
      Key.of("database.port", Forms.whole(1, 65535, ""), "3306");
  static final Key<String> SERVER_NAME = Key.withoutDefault("database.name", Forms.name(MAX_NAME));
  static final Key<String> SERVER_USER = Key.withoutDefault("database.user", Forms.name(MAX_NAME));
  static final Key<Secret> SERVER_PASSWORD =
      Key.withoutDefault("database.password", FieldForms.secret());
  static final Key<String> SERVER_PASSWORD_FILE =
      Key.withoutDefault("database.password-file", FieldForms.path());
  static final Key<Boolean> ALLOW_EMPTY_PASSWORD =
      Key.of("database.allow-empty-password", Forms.flag(), "false");
  static final Key<Integer> POOL_MAX =
      Key.of("database.pool.max", Forms.whole(2, 16, "one writes and the others read"), "4");
  static final Key<Duration> POOL_LIFETIME =
      Key.of("database.pool.max-lifetime", Forms.duration(MINUTE, Duration.ofDays(1), ""), "25m");
  static final Key<Duration> POOL_KEEPALIVE = Key.of(
      "database.pool.keepalive",
      Forms.duration(Duration.ofSeconds(30), Duration.ofHours(12), ""),
      "2m");
  static final Key<Duration> KEEP_MESSAGES =
      Key.of("database.retention.messages", Forms.duration(Duration.ofDays(1), DECADE, ""), "90d");
  static final Key<Duration> KEEP_MAP =
      Key.of("database.retention.map", Forms.duration(Duration.ofDays(1), DECADE, ""), "30d");
  static final Key<Integer> MAP_ENTRIES =
      Key.of("database.retention.map-entries", Forms.whole(100, 10_000_000, ""), "50000");
  static final Key<Boolean> WIPE_MAP =
      Key.of("database.retention.wipe-map-on-restart", Forms.flag(), "false");
  static final Key<String> DEFAULT_SOURCE =
      Key.of("database.default-source", Forms.name(MAX_NAME), "primary");
  static final Key<String> DEFAULT_READONLY_SOURCE =
      Key.withoutDefault("database.default-readonly-source", Forms.name(MAX_NAME));
  static final Key<String> SOURCE_PATH =
      Key.withoutDefault("database.sources.*.path", FieldForms.path());
  static final Key<Boolean> SOURCE_READONLY =
      Key.of("database.sources.*.readonly", Forms.flag(), "false");
  static final Key<Kind> SOURCE_KIND = Key.of(
      "database.sources.*.kind",
      Forms.oneOf(Map.of("longwire", Kind.LONGWIRE, "mmrelay", Kind.MMRELAY)),
      "longwire");
  static final Key<String> SOURCE_ON_MISSING =
      Key.of("database.sources.*.on-missing", Forms.word("fail", "default"), "fail");
  static final Key<Boolean> SOURCE_ENABLE_WAL =
      Key.of("database.sources.*.enable-wal", Forms.flag(), "true");
  static final Key<Duration> SOURCE_BUSY_TIMEOUT =
      Key.of("database.sources.*.busy-timeout", Forms.duration(Duration.ZERO, MINUTE, ""), "5s");
  static final Key<Integer> SOURCE_READERS = Key.withoutDefault(
      "database.sources.*.readers", Forms.whole(1, 4, "each is an open connection"));
  static final Key<String> MAPPING_ROOM =
      Key.withoutDefault("database.source-mapping[].room", FieldForms.room());
  static final Key<Integer> MAPPING_CHANNEL = Key.withoutDefault(
      "database.source-mapping[].channel", Forms.whole(0, 7, "a node has eight channels"));
  static final Key<String> MAPPING_MESHNET =
      Key.withoutDefault("database.source-mapping[].meshnet", Forms.name(MAX_NAME));
  static final Key<String> MAPPING_SOURCE =
      Key.withoutDefault("database.source-mapping[].source", Forms.name(MAX_NAME));

  /** In the order of the complete example. */
  private static final List<Key<?>> OF_THE_RELAY = List.of(
      MESHNET_NAME,
      LINK,
      PORT,
      BAUD,
      HOST,
      TCP_PORT,
      HOMESERVER,
      USER,
      TOKEN,
      TOKEN_FILE,
      PASSWORD,
      PASSWORD_FILE,
      RELAY_NOTICES,
      TRUSTED_RELAYS,
      BACKLOG_AGE,
      BACKLOG_EVENTS,
      MATRIX_MAX_AGE,
      ROOM,
      CHANNEL,
      RADIO,
      VIA,
      TO_MATRIX,
      TO_MESH,
      SPLIT,
      PART_BYTES,
      CUT_BYTES,
      MAX_PARTS,
      MESSAGE_DELAY,
      BROADCAST,
      DETECTION_SENSOR,
      CHAT_PORTNUMS,
      DISABLED_PORTNUMS,
      RELAY_NODES,
      WAYPOINTS,
      POSITIONS,
      POSITION_INTERVAL,
      MESH_MAX_AGE,
      KEEP_SIGNED,
      ATTACHMENTS,
      ATTACHMENT_LINK,
      LOCATIONS,
      LOG_LEVEL,
      STORE_SUMMARY,
      ONLINE_WINDOW,
      PRESENCE_EVENTS,
      REPLIES,
      REACTIONS,
      REACTION_STYLE,
      EDITS,
      RECEIPTS,
      MARKS,
      SEND_STATUS,
      COMMAND_MENTION,
      COMMAND_ADMINS,
      ROLE_WHERE,
      ROLE_DM,
      ROLE_CLOSE,
      ROLE_UNDM,
      ROLE_STATUS,
      ROLE_TRACE,
      MESH_COMMANDS,
      MESH_ADMINS,
      DIRECT_ENABLED,
      DIRECT_USER,
      DIRECT_NODE,
      DIRECT_RADIO,
      DATABASE_PATH,
      ENABLE_WAL,
      BUSY_TIMEOUT,
      ALLOW_UNSAFE_FILESYSTEM,
      DATABASE_TYPE,
      SERVER_URL,
      SERVER_HOST,
      SERVER_PORT,
      SERVER_NAME,
      SERVER_USER,
      SERVER_PASSWORD,
      SERVER_PASSWORD_FILE,
      ALLOW_EMPTY_PASSWORD,
      POOL_MAX,
      POOL_LIFETIME,
      POOL_KEEPALIVE,
      KEEP_MESSAGES,
      KEEP_MAP,
      MAP_ENTRIES,
      WIPE_MAP,
      DEFAULT_SOURCE,
      DEFAULT_READONLY_SOURCE,
      SOURCE_PATH,
      SOURCE_READONLY,
      SOURCE_KIND,
      SOURCE_ON_MISSING,
      SOURCE_ENABLE_WAL,
      SOURCE_BUSY_TIMEOUT,
      SOURCE_READERS,
      MAPPING_ROOM,
      MAPPING_CHANNEL,
      MAPPING_MESHNET,
      MAPPING_SOURCE);

  static final List<Key<?>> ALL =
      Stream.concat(OF_THE_RELAY.stream(), PluginKeys.ALL.stream()).toList();

  /** What people bring from MMRelay or say by habit, and our word for it. */
  static final Map<String, String> OTHER_WORDS = Map.ofEntries(
      Map.entry("access-token", "token"),
      Map.entry("baudrate", "baud"),
      Map.entry("bot-user-id", "user"),
      Map.entry("broadcast-enabled", "mesh.broadcast"),
      Map.entry("commands.roles.help", "plugins.help.roles.help"),
      Map.entry("commands.roles.nodes", "plugins.nodes.roles.nodes"),
      Map.entry("connection-type", "link"),
      Map.entry("db", "database"),
      Map.entry("device", "port"),
      Map.entry("logging", "log"),
      Map.entry("matrix-rooms", "bridges"),
      Map.entry("meshtastic", "radio"),
      Map.entry("meshtastic-channel", "channel"),
      Map.entry("message-interactions", "interactions"),
      Map.entry("path", "port"),
      Map.entry("room-id", "room"),
      Map.entry("rooms", "bridges"),
      Map.entry("serial-port", "port"),
      Map.entry("url", "homeserver"),
      Map.entry("user-id", "user"),
      Map.entry("wipe-on-restart", "wipe-map-on-restart"));

  private Keys() {}

  private static Key<Role> role(String command, String fallback) {
    return Key.of("commands.roles." + command, Forms.oneOf(Role.WORDS), fallback);
  }

  private static Form<String> meshCommand() {
    Form<String> ours = Forms.word("where", "status", "trace");
    return value -> List.of("help", "nodes").contains(value.unwrapped())
        ? Form.Reading.misfit(
            " is %s, a plugin's; remove it: plugins.%s.mesh says whether nodes may use it"
                .formatted(Forms.show(value), value.unwrapped()),
            value)
        : ours.read(value);
  }

  private static Map<String, Level> levels() {
    Map<String, Level> levels = new LinkedHashMap<>();
    levels.put("error", Level.SEVERE);
    levels.put("warning", Level.WARNING);
    levels.put("info", Level.INFO);
    levels.put("debug", Level.FINE);
    return levels;
  }
}
