package org.longwire.relay.peer;

import static org.longwire.relay.peer.Await.until;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.longwire.matrix.testing.RoomUser;
import org.longwire.matrix.testing.SynapseServer;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.sim.HeardText;
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
import org.longwire.relay.run.Closer;
import org.longwire.relay.run.ControlSocket;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.run.StatusPage;

/**
 * A mesh with one node out there and the relay's own, a person and a bot on a real homeserver, a
 * room, and the configuration of a daemon between them. Remembers what was said, for the oracle.
 */
final class PeerWorld implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Duration SERVER_BACK = Duration.ofSeconds(60);

  /** Words of the mesh, and the packet that carried them. */
  record MeshWords(PacketId packet, String text) {}

  /** Words of the room, and their event. */
  record RoomWords(String event, String text) {}

  private final Closer closer = new Closer();
  private final SynapseServer synapse;
  private final Path directory;
  private final String bot;
  private final String alias;
  private final RoomUser alice;
  private final SimulatedMesh mesh = SimulatedMesh.inRealTime(new SecureRandom());
  private final SimulatedPeer hut = mesh.addPeer(new NodeId(0x5e1f0001), "Ridge Hut", "HUT");
  private final List<String> rooms = new ArrayList<>();
  private final List<MeshWords> saidOnMesh = new ArrayList<>();
  private final List<RoomWords> saidInRoom = new ArrayList<>();
  private final SimulatedNode node =
      mesh.addNode(new NodeSettings(new NodeId(0x5e1f0000)).named("Relay", "RLAY"));
  private String port = "";
  private Optional<TcpRadio> onTcp = Optional.empty();
  private String further = "";

  private PeerWorld(SynapseServer synapse, Path directory) {
    int number = COUNT.incrementAndGet();
    this.synapse = synapse;
    this.directory = directory;
    this.bot = "bot" + number;
    this.alias = "mesh" + number;
    synapse.register(bot, password());
    this.alice = RoomUser.join(synapse, "alice" + number);
    synapse.liftLimits("alice" + number);
    rooms.add(alice.createRoom(alias));
  }

  /** A world whose radio is on a TCP port. */
  static PeerWorld overTcp(SynapseServer synapse, Path directory) throws IOException {
    PeerWorld world = new PeerWorld(synapse, directory);
    TcpRadio radio = world.listen(0);
    world.port =
        "{ link = tcp, host = \"%s\", tcp-port = %d }".formatted(radio.host(), radio.port());
    return world;
  }

  private TcpRadio listen(int tcpPort) throws IOException {
    TcpRadio radio = closer.own(TcpRadio.open(mesh, node, tcpPort));
    onTcp = Optional.of(radio);
    return radio;
  }

  /** Takes the radio off its TCP port and waits until the daemon misses it. */
  void unplug() throws Exception {
    onTcp.orElseThrow().close();
    until("the radio is missed", Await.LONG, () -> !isWell("radio main"), this::status);
  }

  /** Puts the radio back on its TCP port; the daemon will find it. */
  void plug() throws IOException {
    listen(onTcp.orElseThrow().port());
  }

  /** A world whose radio is on a (pseudo) serial port. */
  static PeerWorld overSerial(SynapseServer synapse, Path directory)
      throws IOException, InterruptedException {
    PeerWorld world = new PeerWorld(synapse, directory);
    PtyRadio radio =
        world.closer.own(PtyRadio.open(world.mesh, world.node, directory.resolve("usb-radio")));
    world.port = "{ link = serial, port = \"%s\" }".formatted(radio.path());
    return world;
  }

  /** The relay's own node. */
  SimulatedNode node() {
    return node;
  }

  /** Adds a line to the configuration of daemons started from now on. */
  PeerWorld with(String line) {
    further += line + "\n";
    return this;
  }

  private String password() {
    return "password of " + bot;
  }

  /** The file that a person would write. */
  Path configuration() throws IOException {
    Path password = Files.writeString(directory.resolve("password"), password());
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    String text = """
        meshnet-name = "Peers"
        radio %s
        matrix { homeserver = "%s", user = "%s", password-file = "%s" }
        bridges = [ { room = "#%s:localhost", channel = 0 } ]
        """.formatted(port, synapse.base(), botId(), password, alias);
    return Files.writeString(directory.resolve("longwire.conf"), text + further);
  }

  Daemon startDaemon() throws IOException, Daemon.CannotStart {
    return startDaemon(Surroundings.real());
  }

  Daemon startDaemon(Surroundings surroundings) throws IOException, Daemon.CannotStart {
    ConfigLoader.Loaded loaded = ConfigLoader.load(new ConfigLoader.Sources(
        Optional.of(configuration()), Map.of(), List.of(), Optional.of(state())));
    return Daemon.start(
        loaded
            .config()
            .orElseThrow(() -> new IllegalStateException(loaded.problems().render(false))),
        surroundings);
  }

  RelayProcess startProcess() throws IOException {
    return RelayProcess.run(configuration(), state(), directory.resolve("daemon.log"));
  }

  Path state() {
    return directory.resolve("state");
  }

  StateFiles files() {
    return new StateFiles(state());
  }

  /** What the running daemon says of itself, as {@code longwire status} asks it. */
  List<StatusPage.Line> status() {
    return ControlSocket.ask(state())
        .map(StatusPage::read)
        .map(StatusPage::lines)
        .orElse(List.of());
  }

  Optional<StatusPage.Line> status(String part) {
    return status().stream().filter(line -> line.part().equals(part)).findFirst();
  }

  private boolean isWell(String part) {
    return status(part).filter(line -> line.health() == Health.OK).isPresent();
  }

  /** Waits until a part says that somebody has to do something, in these words. */
  void awaitFailed(String part, String words) throws Exception {
    until(
        "%s says \"%s\"".formatted(part, words),
        Duration.ofSeconds(60),
        () -> status(part)
            .filter(line -> line.health() == Health.FAILED)
            .filter(line -> line.sentence().contains(words))
            .isPresent(),
        this::status);
  }

  /** Waits until radio, homeserver and room are there. */
  void awaitConnected() throws Exception {
    until(
        "everything is connected",
        Duration.ofSeconds(90),
        () -> isWell("radio main") && isWell("matrix") && isWell(roomPart()),
        this::status);
  }

  String roomPart() {
    return "room #" + alias + ":localhost";
  }

  /** Somebody else enters the newest room, with a client that many people use. */
  RoomClient enter(String name) {
    return RoomClient.enter(synapse, name, room());
  }

  /** The node out there. */
  SimulatedPeer hut() {
    return hut;
  }

  /** Another node out there. */
  SimulatedPeer addPeer(NodeId id, String longName, String shortName) {
    return mesh.addPeer(id, longName, shortName);
  }

  /** A node says something on the mesh. */
  void meshSays(String text) {
    saidOnMesh.add(new MeshWords(hut.says(text), text));
  }

  /** The person says something, in the newest room; if need be, until the server is back. */
  void aliceSays(String text) throws Exception {
    until("alice can speak", SERVER_BACK, () -> trySaying(text), () -> "no answer");
  }

  private boolean trySaying(String text) {
    try {
      saidInRoom.add(
          new RoomWords(alice.say(room(), text, Integer.toHexString(text.hashCode())), text));
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** What the bot posted, in order, over all the rooms there have been. */
  List<RoomUser.Line> posted() {
    return rooms.stream()
        .flatMap(room -> alice.lines(room).stream())
        .filter(line -> line.sender().equals(botId()))
        .toList();
  }

  List<HeardText> heard() {
    return mesh.heardBy(hut);
  }

  /** Waits until both sides have as many messages as were said on the other. */
  void awaitArrivals() throws Exception {
    awaitPosted(saidOnMesh.size());
    until(
        "%d texts were heard on the mesh".formatted(saidInRoom.size()),
        Await.LONG,
        () -> heard().size() >= saidInRoom.size(),
        () -> heard().size() + " of them, status " + status());
  }

  /** Waits until the node out there heard exactly these words. */
  HeardText awaitHeard(String text) throws Exception {
    until(
        "\"%s\" was heard on the mesh".formatted(text),
        Await.LONG,
        () -> findHeard(text).isPresent(),
        () -> heard() + ", status " + status());
    return findHeard(text).orElseThrow();
  }

  private Optional<HeardText> findHeard(String text) {
    return heard().stream().filter(heard -> heard.text().equals(text)).findFirst();
  }

  void awaitPosted(int count) throws Exception {
    until(
        "%d messages are in the room".formatted(count),
        Await.LONG,
        () -> posted().size() >= count,
        () -> posted().size() + " of them, status " + status());
  }

  /** The room was replaced by another. */
  void roomIsNow(String room) {
    rooms.add(room);
  }

  String room() {
    return rooms.get(rooms.size() - 1);
  }

  RoomUser alice() {
    return alice;
  }

  String botId() {
    return "@" + bot + ":localhost";
  }

  List<MeshWords> saidOnMesh() {
    return saidOnMesh;
  }

  List<RoomWords> saidInRoom() {
    return saidInRoom;
  }

  @Override
  public void close() {
    closer.close();
  }
}
