package org.longwire.relay.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.HomeserverDouble;
import org.longwire.radio.NodeId;
import org.longwire.radio.sim.NodeSettings;
import org.longwire.radio.sim.PtyRadio;
import org.longwire.radio.sim.SimulatedMesh;
import org.longwire.radio.sim.SimulatedNode;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.radio.sim.TcpRadio;
import org.longwire.relay.StateFiles;
import org.longwire.relay.run.Closer;
import org.longwire.relay.run.ControlSocket;
import org.longwire.relay.run.Waiter;
import org.longwire.relay.store.StoreException;

/**
 * A mesh and a homeserver that outlive the daemon between them, which is started and killed over
 * and over. Both sides can be made to say numbered texts.
 */
final class CrashWorld implements AutoCloseable {
  /** Everything that is awaited here takes a few seconds; this is far beyond. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** So many texts of the room may wait for the mesh; more would only wait longer. */
  private static final int ROOM_BACKLOG = 6;

  /** How long the bytes of a dead process may be on their way through a pseudo-terminal. */
  private static final Duration LAST_BYTES = Duration.ofMillis(200);

  private static final Duration LOOK = Duration.ofMillis(20);

  /** How the radio is attached. */
  enum Wire {
    TCP,
    PTY
  }

  private final Closer closer = new Closer();
  private final Path directory;
  private final Sabotage.Kind sabotage;
  private final Random random;
  private final SimulatedMesh mesh;
  private final SimulatedNode node;
  private final List<SimulatedPeer> peers;
  private final HomeserverDouble homeserver;
  private final UserId bot;
  private final List<UserId> people;
  private final RoomId room;
  private final List<Said> saidOnMesh = new ArrayList<>();
  private final List<Said> saidInRoom = new ArrayList<>();
  private final List<Instant> ends = new ArrayList<>();
  private Optional<TcpRadio> tcp = Optional.empty();
  private Optional<DaemonProcess> daemon = Optional.empty();
  private int handshakesBefore;
  private int lives;

  private CrashWorld(Sabotage.Kind sabotage, long seed) throws IOException {
    this.sabotage = sabotage;
    this.random = new Random(seed);
    Path target = Path.of("target").toAbsolutePath();
    directory = Files.createTempDirectory(Files.createDirectories(target), "crash");
    mesh = SimulatedMesh.inRealTime(new Random(seed + 1));
    mesh.setRepeatDelay(Duration.ofMillis(100));
    peers = List.of(
        mesh.addPeer(new NodeId(0x5e1f0001), "Ridge Hut", "HUT"),
        mesh.addPeer(new NodeId(0x5e1f0002), "Valley Farm", "FARM"));
    node = mesh.addNode(new NodeSettings(new NodeId(0x5e1f0000))
        .withModem(500_000, 7, 5)
        .withTextGap(Duration.ofMillis(150))
        .withPollModel(false));
    homeserver = closer.own(HomeserverDouble.start());
    bot = homeserver.registerUser("longwire", "secret");
    people =
        List.of(homeserver.registerUser("maria", "maria"), homeserver.registerUser("tom", "tom"));
    room = homeserver.createRoom("ridge");
    people.forEach(person -> homeserver.join(room, person));
  }

  /** Builds a world in which the daemon has been ready once and is running. */
  static CrashWorld open(Wire wire, Sabotage.Kind sabotage, long seed)
      throws IOException, InterruptedException {
    return open(wire, sabotage, seed, "");
  }

  /** @param furtherConfig lines of the configuration */
  static CrashWorld open(Wire wire, Sabotage.Kind sabotage, long seed, String furtherConfig)
      throws IOException, InterruptedException {
    CrashWorld world = new CrashWorld(sabotage, seed);
    try {
      Files.writeString(world.directory.resolve("password"), "secret");
      Files.writeString(
          world.directory.resolve("longwire.conf"), world.configuration(wire) + furtherConfig);
      world.start();
      world.await("the first start", world::isReady);
      return world;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      world.close();
      throw e;
    }
  }

  private String configuration(Wire wire) throws IOException, InterruptedException {
    String radio;
    if (wire == Wire.PTY) {
      PtyRadio pty = closer.own(PtyRadio.open(mesh, node, directory.resolve("usb-radio")));
      radio = "{ link = serial, port = \"%s\" }".formatted(pty.path());
    } else {
      TcpRadio open = closer.own(TcpRadio.open(mesh, node, 0));
      radio = "{ link = tcp, host = \"%s\", tcp-port = %d }".formatted(open.host(), open.port());
      tcp = Optional.of(open);
    }
    return """
        meshnet-name = "Ridge"
        radio  %s
        matrix { homeserver = "%s", user = "%s", password-file = "%s" }
        bridges = [ { room = "#ridge:localhost", channel = 0 } ]
        """.formatted(radio, homeserver.baseUrl(), bot, directory.resolve("password"));
  }

  private boolean isReady() {
    return isInSession()
        && homeserver.room(room).members().contains(bot)
        && ledger().hasBookmark();
  }

  /** Starts a daemon that nothing ends but {@link #kill()}. */
  void start() throws IOException, InterruptedException {
    start(Map.of());
  }

  /** Starts a daemon that dies at the n-th visit of a named point. */
  void start(String point, int visit) throws IOException, InterruptedException {
    start(Map.of(Fuse.POINT, point, Fuse.VISIT, Integer.toString(visit)));
  }

  private void start(Map<String, String> properties) throws IOException, InterruptedException {
    if (isAlive()) {
      throw new IllegalStateException("a daemon is running");
    }
    awaitSilence();
    launch(properties);
  }

  /** What a dead process wrote is still read; its handshake must not pass for the next one's. */
  private void awaitSilence() throws InterruptedException {
    if (tcp.isPresent()) {
      await("the end of the connection", () -> !tcp.get().hasClient());
    } else {
      new Waiter().pause(LAST_BYTES);
    }
  }

  private synchronized void launch(Map<String, String> properties) throws IOException {
    if (daemon.isPresent() && ends.size() <= life()) {
      ends.add(Instant.now());
    }
    Map<String, String> all = new HashMap<>(properties);
    all.put(Sabotage.PROPERTY, sabotage.key());
    handshakesBefore = node.handshakes();
    daemon = Optional.of(DaemonProcess.start(directory, all));
    lives++;
  }

  /** The number of the present or last process. */
  private int life() {
    return lives - 1;
  }

  boolean isAlive() {
    return daemon.filter(DaemonProcess::isAlive).isPresent();
  }

  boolean isInSession() {
    return isAlive() && node.handshakes() > handshakesBefore;
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    DaemonProcess doomed = daemon.orElseThrow();
    doomed.kill();
    synchronized (this) {
      ends.add(Instant.now());
    }
  }

  /** Waits until the daemon has died at its point. */
  void awaitCrash(String what) throws InterruptedException {
    await("a crash " + what, () -> !isAlive());
    assertEquals(Fuse.EXIT_CODE, daemon.orElseThrow().await(), what + ": it ended by itself");
  }

  /** Lets a node say the next text, if there is a session to hear it. */
  synchronized boolean sayOnMesh() {
    if (!isInSession()) {
      return false;
    }
    String mark = Said.meshMark(saidOnMesh.size());
    saidOnMesh.add(new Said(mark, life()));
    SimulatedPeer speaker = peers.get(random.nextInt(peers.size()));
    speaker.says("%s says %s".formatted(speaker.shortName(), mark));
    return true;
  }

  /** Lets somebody in the room say the next text, unless many wait already. */
  void chatInRoom() {
    if (saidInRoom().size() - heardMarks(peers.get(0)).size() < ROOM_BACKLOG) {
      sayInRoom();
    }
  }

  private synchronized void sayInRoom() {
    String mark = Said.roomMark(saidInRoom.size());
    saidInRoom.add(new Said(mark, life()));
    homeserver.userSays(
        room, people.get(random.nextInt(people.size())), mark + " for everybody up there");
  }

  /**
   * Lets a last daemon deliver all that is left, ends it in order, and judges. The last text of
   * each side comes after all others, so when it is there, nothing is still to come.
   */
  Verdict settle() throws IOException, InterruptedException, StoreException {
    if (!isAlive()) {
      start();
    }
    await("the last session", this::isInSession);
    await("the last text on the mesh", this::sayOnMesh);
    sayInRoom();
    String lastOnMesh = Said.meshMark(saidOnMesh.size() - 1);
    String lastInRoom = Said.roomMark(saidInRoom.size() - 1);
    await(lastOnMesh + " in the room", () -> roomMarks().contains(lastOnMesh));
    await(lastInRoom + " on the mesh", () -> peers.stream()
        .allMatch(peer -> heardMarks(peer).contains(lastInRoom)));
    await("an empty queue", this::isDrained);
    assertEquals(0, daemon.orElseThrow().stop(), "the orderly end");
    return new Oracle(this).judge();
  }

  private boolean isDrained() {
    try {
      return ledger().waiting() == 0;
    } catch (StoreException e) {
      return false;
    }
  }

  void await(String what, BooleanSupplier fact) throws InterruptedException {
    Waiter waiter = new Waiter();
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!fact.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new AssertionError("waited in vain for %s%n%s".formatted(what, present()));
      }
      waiter.pause(LOOK);
    }
  }

  /** For the reports of failures: what waits, and the last words of the daemon. */
  String present() {
    try {
      List<String> log = Files.readAllLines(directory.resolve("daemon.log"));
      return "waiting: %s%nlog: %s"
          .formatted(
              ledger().waitingLines(),
              String.join("\n", log.subList(Math.max(0, log.size() - 40), log.size())));
    } catch (IOException | StoreException e) {
      return e.toString();
    }
  }

  /** What the running daemon says of itself. */
  Optional<String> status() {
    return ControlSocket.ask(directory.resolve("state"));
  }

  /** Whether nothing that the last daemon had started is still there. */
  boolean isCleanedUp() {
    return daemon.orElseThrow().leftBehind() == 0;
  }

  LedgerHistory ledger() {
    return new LedgerHistory(new StateFiles(directory.resolve("state")).ledger());
  }

  /** The mesh's texts in the room, as the relay put them there, in order. */
  List<String> roomMarks() {
    return homeserver.room(room).messages().stream()
        .filter(event -> event.sender().equals(bot))
        .flatMap(event -> event.body().stream())
        .flatMap(body -> Said.meshMarkIn(body).stream())
        .toList();
  }

  /** The room's texts as a node heard them, in order. */
  List<String> heardMarks(SimulatedPeer peer) {
    return mesh.heardBy(peer).stream()
        .flatMap(heard -> Said.roomMarkIn(heard.text()).stream())
        .toList();
  }

  SimulatedMesh mesh() {
    return mesh;
  }

  List<SimulatedPeer> peers() {
    return peers;
  }

  HomeserverDouble homeserver() {
    return homeserver;
  }

  synchronized List<Said> saidOnMesh() {
    return List.copyOf(saidOnMesh);
  }

  synchronized List<Said> saidInRoom() {
    return List.copyOf(saidInRoom);
  }

  /** When a process had died; empty for the one that did not. */
  synchronized Optional<Instant> endOf(int life) {
    return life < ends.size() ? Optional.of(ends.get(life)) : Optional.empty();
  }

  @Override
  public void close() {
    daemon.ifPresent(DaemonProcess::close);
    closer.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the crash world cannot be removed", e);
    }
  }
}
