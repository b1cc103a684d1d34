package org.longwire.relay.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.HomeserverDouble;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.plugins.host.PluginState;
import org.longwire.plugins.host.PluginState.Condition;
import org.longwire.plugins.host.load.PluginLoader;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.sim.NodeSettings;
import org.longwire.radio.sim.PtyRadio;
import org.longwire.radio.sim.SimulatedMesh;
import org.longwire.radio.sim.SimulatedNode;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.radio.sim.TcpRadio;
import org.longwire.relay.Daemon;
import org.longwire.relay.StateFiles;
import org.longwire.relay.Surroundings;
import org.longwire.relay.config.ConfigLoader;
import org.longwire.relay.config.ConfigProblems;
import org.longwire.relay.run.Closer;
import org.longwire.relay.run.ControlSocket;
import org.longwire.relay.run.StatusPage;

/**
 * A little world: four nodes on a mesh, one of them on a (pseudo) serial port; a homeserver with a
 * room and two people; and the real daemon between them, on a state directory that goes when it
 * ends.
 */
public final class DemoWorld implements AutoCloseable {
  private static final String ROOM_NAME = "ridge";
  public static final String ROOM = "#" + ROOM_NAME + ":localhost";
  private static final NodeId OWN_NODE = new NodeId(0x5e1f0000);
  private static final String BOT = "longwire";
  private static final String BOT_PASSWORD = "only-for-the-demo";

  private final Closer closer = new Closer();
  private final Path directory;
  private final SimulatedMesh mesh;
  private final List<SimulatedPeer> peers;
  private final HomeserverDouble homeserver;
  private final RoomId room;
  private final UserId bot;
  private final List<UserId> people;
  private Optional<PtyRadio> pty = Optional.empty();
  private Optional<TcpRadio> tcp = Optional.empty();

  private DemoWorld(Optional<Path> kept) throws IOException {
    if (kept.isPresent()) {
      directory = Files.createDirectories(kept.get().toAbsolutePath());
    } else {
      directory = Files.createTempDirectory("longwire-demo");
      closer.own(() -> remove(directory));
    }
    mesh = SimulatedMesh.inRealTime(new SecureRandom());
    peers = List.of(
        mesh.addPeer(new NodeId(0x5e1f0001), "Ridge Hut", "HUT"),
        mesh.addPeer(new NodeId(0x5e1f0002), "Valley Farm", "FARM"),
        mesh.addPeer(new NodeId(0x5e1f0003), "Lake Boat 🚣", "BOAT"));
    homeserver = closer.own(HomeserverDouble.start());
    bot = homeserver.registerUser(BOT, BOT_PASSWORD);
    people =
        List.of(homeserver.registerUser("maria", "maria"), homeserver.registerUser("tom", "tom"));
    room = homeserver.createRoom(ROOM_NAME);
    for (UserId person : people) {
      homeserver.join(room, person);
    }
    homeserver.rename(people.get(0), "Maria");
    homeserver.rename(people.get(1), "Tom");
  }

  /**
   * Builds the world; the daemon is started separately, so that nothing it does is missed.
   *
   * @param kept a new folder for configuration and state, which stay there; else they go
   */
  public static DemoWorld build(Optional<Path> kept) throws IOException, InterruptedException {
    DemoWorld world = new DemoWorld(kept);
    try {
      world.openRadio();
      return world;
    } catch (IOException | InterruptedException e) {
      world.close();
      throw e;
    }
  }

  /** The same with the radio on the network, which needs no pseudo-terminal. */
  public static DemoWorld buildOverTcp() throws IOException {
    DemoWorld world = new DemoWorld(Optional.empty());
    world.tcp = Optional.of(world.closer.own(TcpRadio.open(world.mesh, world.node(), 0)));
    return world;
  }

  private SimulatedNode node() {
    return mesh.addNode(new NodeSettings(OWN_NODE).named("Demo Relay", "RLAY").withPollModel(true));
  }

  private void openRadio() throws IOException, InterruptedException {
    SimulatedNode node = node();
    if (PtyRadio.isAvailable()) {
      pty = Optional.of(closer.own(PtyRadio.open(mesh, node, directory.resolve("usb-radio"))));
    } else {
      tcp = Optional.of(closer.own(TcpRadio.open(mesh, node, 0)));
    }
  }

  /**
   * Starts the real daemon, from a configuration file as anybody would write it.
   *
   * @param more further lines of it
   * @throws IOException with sentences if these are wrong, too
   */
  public Daemon startDaemon(String more) throws IOException, Daemon.CannotStart {
    return startDaemon(more, List.of());
  }

  /**
   * The same.
   *
   * @param settings {@code key=value}, over the file
   */
  Daemon startDaemon(String more, List<String> settings) throws IOException, Daemon.CannotStart {
    Path file = configurationFile();
    Files.writeString(file, configuration() + more);
    ConfigLoader.Loaded loaded = ConfigLoader.load(
        new ConfigLoader.Sources(Optional.of(file), Map.of(), settings, Optional.of(state())));
    if (loaded.config().isEmpty()) {
      throw new IOException(loaded.problems().all().stream()
          .filter(problem -> problem.severity() == ConfigProblems.Severity.ERROR)
          .map(ConfigProblems.Problem::sentence)
          .collect(Collectors.joining("; ")));
    }
    return closer.own(Daemon.start(loaded.config().get(), Surroundings.real()));
  }

  /** What anybody would be told: {@code longwire status}. */
  public StatusPage status() {
    return StatusPage.read(ControlSocket.ask(state()).orElse(""));
  }

  /**
   * Whether a jar's plugin has been started.
   *
   * @throws IllegalStateException if it does not start, with what is said of it
   */
  public boolean runs(String plugin) {
    PluginState state = status().plugins().stream()
        .filter(other -> other.id().equals(plugin) && !other.origin().equals(PluginLoader.BUILT_IN))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(
            "the relay does not take it; is it called as a plugin of Longwire itself is?"));
    if (state.condition() != Condition.ACTIVE && state.condition() != Condition.STARTING) {
      throw new IllegalStateException(state.sentence());
    }
    return state.condition() == Condition.ACTIVE;
  }

  Path configurationFile() {
    return directory.resolve("longwire.conf");
  }

  /** Where plugins of others lie. */
  Path plugins() {
    return directory.resolve("plugins");
  }

  /** The daemon's state directory. */
  public Path state() {
    return directory.resolve("state");
  }

  /** The daemon's ledger; there is none before the daemon has started. */
  Path ledger() {
    return new StateFiles(state()).ledger();
  }

  private String configuration() throws IOException {
    Path password = directory.resolve("password");
    Files.writeString(password, BOT_PASSWORD);
    String radio = pty.map(p -> "{ link = serial, port = \"%s\" }".formatted(p.path()))
        .orElseGet(() -> "{ link = tcp, host = \"%s\", tcp-port = %d }"
            .formatted(tcp.orElseThrow().host(), tcp.orElseThrow().port()));
    return """
        meshnet-name = "Demo"
        radio  %s
        matrix { homeserver = "%s", user = "%s", password-file = "%s" }
        bridges = [ { room = "%s", channel = 0 } ]
        """.formatted(radio, homeserver.baseUrl(), bot, password, ROOM);
  }

  String radioPort() {
    return pty.map(p -> p.path().toString())
        .orElseGet(() -> "a TCP port, as this machine has no `script` to make a serial one");
  }

  /** Pulls the cable. */
  void unplug() throws IOException {
    if (pty.isPresent()) {
      pty.get().unplug();
    } else {
      tcp.orElseThrow().dropClient();
    }
  }

  void replug() throws IOException, InterruptedException {
    if (pty.isPresent()) {
      pty.get().replug();
    }
  }

  SimulatedMesh mesh() {
    return mesh;
  }

  /** The relay's node. */
  public NodeId ownNode() {
    return OWN_NODE;
  }

  public List<SimulatedPeer> peers() {
    return peers;
  }

  public HomeserverDouble homeserver() {
    return homeserver;
  }

  public RoomId room() {
    return room;
  }

  /** The events of the room that a packet of the mesh became: more than one is one too many. */
  Stream<PostedEvent> posted(PacketId packet) {
    String mark = "\"meshtastic_id\":" + packet.unsigned();
    return homeserver.room(room).events().stream()
        .filter(event -> event.sender().equals(bot))
        .filter(event -> event.content().replace(" ", "").contains(mark));
  }

  public UserId bot() {
    return bot;
  }

  public List<UserId> people() {
    return people;
  }

  private static void remove(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Idempotent. */
  @Override
  public synchronized void close() {
    closer.close();
  }
}
