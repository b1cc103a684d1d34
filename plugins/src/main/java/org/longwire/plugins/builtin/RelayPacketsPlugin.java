package org.longwire.plugins.builtin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.plugins.api.RoomSaid;
import org.longwire.plugins.api.Sending;
import org.longwire.plugins.api.Setting;
import org.longwire.plugins.api.Settings;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketData;
import org.longwire.radio.PortNum;

/**
 * Carries packets that are no chat between the meshes of relays that trust each other, through a
 * room. What goes on the air comes from an account of {@code matrix.trusted-relays}, is of a port
 * that the operator has given, is for everybody, and was neither heard nor sent here before.
 */
public final class RelayPacketsPlugin implements BuiltIn {
  static final Setting<String> ROOM = Setting.text(
      "room", "", "the id of the bridged room through which packets go, such as !abc:example.org");
  static final Setting<String> MESH_NAME = Setting.text(
      "mesh-name", "", "what the other relays shall call this mesh; each mesh needs its own name");
  static final Setting<String> RADIO =
      Setting.text("radio", "", "the radio that hears and sends; the only one if empty");
  static final Setting<Integer> CHANNEL =
      Setting.whole("channel", 0, 0, ChannelIndex.MAX, "the channel that packets are of");

  /**
   * Texts, whatever looks after nodes, and whatever a node says of itself: it would leave here in
   * the name of our own node, and the mesh would rename or move it. These never cross, whoever has
   * given them.
   */
  static final Set<Integer> NEVER = Set.of(
      PortNum.TEXT_MESSAGE,
      2, // remote hardware: switches pins
      PortNum.POSITION,
      PortNum.NODEINFO,
      PortNum.ROUTING,
      PortNum.ADMIN,
      PortNum.TEXT_MESSAGE_COMPRESSED,
      PortNum.WAYPOINT,
      PortNum.DETECTION_SENSOR,
      PortNum.ALERT,
      12, // key verification
      13, // remote shell
      34, // people counted
      35, // store and forward
      36, // a node's status
      37, // beacon
      PortNum.STORE_FORWARD,
      PortNum.RANGE_TEST,
      PortNum.TELEMETRY,
      69, // simulator: holds packets of any port
      PortNum.TRACEROUTE,
      71, // neighbours
      73, // map report
      74, // power stress: switches loads
      79); // firmware

  /** After this a packet is of no use any more, and its event perhaps a homeserver's backlog. */
  private static final Duration FRESH = Duration.ofMinutes(2);

  /** Relays that hear each other's meshes would otherwise send the same content round and round. */
  private static final Duration MEMORY = Duration.ofMinutes(2);

  private final LatelySeen ids = new LatelySeen(Duration.ofMinutes(10));
  private final LatelySeen contents = new LatelySeen(MEMORY);
  private final Set<Integer> ports = new TreeSet<>();
  private PluginContext context;

  @Override
  public String id() {
    return "relay-packets";
  }

  @Override
  public String description() {
    return "carries packets that are no chat between the meshes of trusted relays";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(ROOM, MESH_NAME, RADIO, CHANNEL);
  }

  @Override
  public List<String> check(Settings settings) {
    List<String> problems = new ArrayList<>();
    if (!settings.get(ROOM).matches("![^\\s]{1,254}")) {
      problems.add("room must be the id of a bridged room, such as \"!abc:example.org\"");
    }
    String mesh = settings.get(MESH_NAME);
    if (mesh.isBlank()
        || !mesh.equals(mesh.strip())
        || mesh.length() > CarriedPacket.MAX_MESH_NAME) {
      problems.add("mesh-name must be a name of 1 to %d characters that no other mesh has"
          .formatted(CarriedPacket.MAX_MESH_NAME));
    }
    return problems;
  }

  @Override
  public Set<Interest> interests() {
    return Set.of(Interest.MESH_PACKETS, Interest.ROOM_MESSAGES);
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
    ports.addAll(context.ports());
    if (ports.removeAll(NEVER)) {
      context
          .log()
          .warn("ports of texts, of administration and of what nodes say of themselves are never"
              + " carried; take them out of ports: "
              + context.ports().stream().filter(NEVER::contains).sorted().toList());
    }
    if (ports.isEmpty()) {
      context.log().warn("nothing is carried: name ports, such as ports = [72]");
    }
  }

  @Override
  public PluginResult onMesh(MeshHeard heard) throws PluginException {
    if (heard.event() instanceof MeshEvent.OtherReceived other
        && isOfOurs(heard)
        && ports.contains(other.port())
        && other.packet().to().isBroadcast()
        && !NodeWords.isOurs(other.packet().from(), context.nodes())
        && other.packet().id().isPresent()
        && other.payload().filter(payload -> !payload.hex().isEmpty()).isPresent()) {
      post(new CarriedPacket(
          other.port(),
          other.packet().from(),
          channel(),
          other.packet().id().get(),
          other.payload().get(),
          context.settings().get(MESH_NAME)));
    }
    return PluginResult.pass();
  }

  private boolean isOfOurs(MeshHeard heard) throws PluginException {
    return heard.radio().equals(radio())
        && heard.place().equals(Optional.of(new Place.Channel(radio(), channel())));
  }

  private void post(CarriedPacket packet) throws PluginException {
    Instant now = context.clock().instant();
    if (ids.contains(key(packet), now) || contents.contains(content(packet), now)) {
      context.count("not posted: known", 1);
      return;
    }
    ids.add(key(packet), now);
    contents.add(content(packet), now);
    String text =
        "packet of port %d from %s (%s)".formatted(packet.port(), packet.from(), packet.mesh());
    try {
      context.send(new Sending.PacketNotice(room(), text, packet.written()));
      context.count("posted", 1);
    } catch (PluginException.QuotaSpent tooMuch) {
      context.count("not posted: too many", 1);
    }
  }

  @Override
  public PluginResult onRoom(RoomSaid said) throws PluginException {
    if (!said.isTrustedRelay()
        || !said.place().id().equals(room().id())
        || !(said.event() instanceof RoomEvent.TextMessage message)) {
      return PluginResult.pass();
    }
    Optional<String> written = message.extras().stream()
        .filter(extra -> extra instanceof ExtraField.Text && extra.key().equals(CarriedPacket.KEY))
        .map(extra -> ((ExtraField.Text) extra).value())
        .findFirst();
    if (written.isPresent()) {
      Optional<CarriedPacket> packet = CarriedPacket.read(written.get());
      if (packet.isPresent() && isFresh(message.header().at()) && isWanted(packet.get())) {
        send(packet.get());
      } else {
        context.count("not sent: refused", 1);
      }
    }
    return PluginResult.pass();
  }

  private boolean isFresh(Instant at) {
    return Duration.between(at, context.clock().instant()).abs().compareTo(FRESH) <= 0;
  }

  private boolean isWanted(CarriedPacket packet) throws PluginException {
    Instant now = context.clock().instant();
    return ports.contains(packet.port())
        && !packet.mesh().equals(context.settings().get(MESH_NAME))
        && !NodeWords.isOurs(packet.from(), context.nodes())
        && !ids.contains(key(packet), now)
        && !contents.contains(content(packet), now);
  }

  private void send(CarriedPacket packet) throws PluginException {
    Instant now = context.clock().instant();
    ids.add(key(packet), now);
    contents.add(content(packet), now);
    PacketData payload = packet.payload();
    try {
      context.send(
          new Sending.Packet(radio(), channel(), NodeId.BROADCAST, packet.port(), payload));
      context.count("sent", 1);
    } catch (PluginException.QuotaSpent tooMuch) {
      context.count("not sent: too many", 1);
    }
  }

  private static String key(CarriedPacket packet) {
    return packet.from() + " " + packet.id();
  }

  private static String content(CarriedPacket packet) {
    return packet.port() + " " + packet.payload().hex();
  }

  private Place.Room room() {
    return new Place.Room(new RoomId(context.settings().get(ROOM)), false);
  }

  private ChannelIndex channel() {
    return new ChannelIndex(context.settings().get(CHANNEL));
  }

  private String radio() throws PluginException {
    String written = context.settings().get(RADIO);
    List<RadioInfo> radios = context.nodes().radios();
    return written.isEmpty() && !radios.isEmpty() ? radios.get(0).id() : written;
  }
}
