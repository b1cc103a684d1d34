package org.longwire.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.HomeserverDouble;
import org.longwire.radio.NodeId;
import org.longwire.radio.sim.HeardText;
import org.longwire.radio.sim.NodeSettings;
import org.longwire.radio.sim.SimulatedMesh;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.radio.sim.TcpRadio;
import org.longwire.relay.config.ConfigLoader;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.Closer;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.Waiter;

/**
 * A homeserver with one room and one person, a mesh with one node beside ours, a configuration in a
 * file, and as many daemons as a test starts.
 */
public final class SmallWorld implements AutoCloseable {
  public static final String PASSWORD = "pass-word-of-the-bot";
  public static final String ROOM = "#mesh:localhost";

  /** Longer than anything here takes on a slow machine; only a failing test waits so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration LOOK = Duration.ofMillis(10);

  private final Closer closer = new Closer();
  private final Path folder;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final SimulatedMesh mesh;
  private final SimulatedPeer peer;
  private final TcpRadio radio;
  private final HomeserverDouble homeserver;
  private final UserId bot;
  private final UserId maria;
  private final RoomId room;

  private SmallWorld(Path folder) throws IOException {
    this.folder = folder;
    mesh = SimulatedMesh.inRealTime(new SecureRandom());
    peer = mesh.addPeer(new NodeId(0x5e1f0001), "Ridge\u001b[31mHut", "HUT");
    radio = closer.own(TcpRadio.open(
        mesh,
        mesh.addNode(
            new NodeSettings(new NodeId(0x5e1f0000)).named("Relay", "RLAY").withPollModel(true)),
        0));
    homeserver = closer.own(HomeserverDouble.start());
    bot = homeserver.registerUser("bot", PASSWORD);
    maria = homeserver.registerUser("maria", "maria");
    room = homeserver.createRoom("mesh");
    homeserver.join(room, maria);
    Files.writeString(folder.resolve("password"), PASSWORD);
    write(radioLine(), "password-file = \"%s\"".formatted(folder.resolve("password")));
    for (Path file : List.of(folder.resolve("password"), file())) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** Writes the configuration anew, with another radio or another way to log in. */
  public void write(String radioKeys, String loginKeys) throws IOException {
    String text = """
        meshnet-name = "Forx"
        radio { %s }
        matrix { homeserver = "%s", user = "%s", %s }
        bridges = [ { room = "%s", channel = 0 } ]
        """;
    Files.writeString(
        file(), text.formatted(radioKeys, homeserver.baseUrl(), bot, loginKeys, ROOM));
  }

  /** The keys of the simulated radio. */
  public String radioLine() {
    return "link = tcp, host = \"127.0.0.1\", tcp-port = " + radio.port();
  }

  public static SmallWorld in(Path folder) throws IOException {
    return new SmallWorld(folder);
  }

  public Path file() {
    return folder.resolve("longwire.conf");
  }

  public Path state() {
    return folder.resolve("state");
  }

  /** A command line for this world's configuration. */
  public String[] line(String command, String... more) {
    List<String> line = new ArrayList<>(
        List.of(command, "-c", file().toString(), "--state", state().toString()));
    line.addAll(List.of(more));
    return line.toArray(new String[0]);
  }

  /** The configuration, with some keys set otherwise. */
  public RelayConfig config(String... settings) {
    ConfigLoader.Loaded loaded = ConfigLoader.load(new ConfigLoader.Sources(
        Optional.of(file()), Map.of(), List.of(settings), Optional.of(state())));
    return loaded
        .config()
        .orElseThrow(() -> new IllegalArgumentException(loaded.problems().render(false)));
  }

  /** Time as this world's daemons see it. */
  public InstantSource clock() {
    return () -> Instant.now().plus(ahead.get());
  }

  public void passes(Duration time) {
    ahead.updateAndGet(before -> before.plus(time));
  }

  public Surroundings surroundings() {
    Surroundings real = Surroundings.real();
    return new Surroundings(
        clock(), real.nanoTime(), real.random(), real.ports(), real.servers(), real.commits());
  }

  /** Starts a daemon, which ends with this world if not before. */
  public Daemon daemon(String... settings) throws Daemon.CannotStart {
    return closer.own(Daemon.start(config(settings), surroundings()));
  }

  public HomeserverDouble homeserver() {
    return homeserver;
  }

  public TcpRadio radio() {
    return radio;
  }

  public SimulatedPeer peer() {
    return peer;
  }

  public UserId bot() {
    return bot;
  }

  public UserId maria() {
    return maria;
  }

  public RoomId room() {
    return room;
  }

  /** What stands in the room, the relay's prefixes included. */
  public List<String> bodies() {
    return homeserver.room(room).messages().stream()
        .flatMap(m -> m.body().stream())
        .toList();
  }

  /** What the node beside ours has heard of the room, in order. */
  public List<String> heard() {
    return mesh.heardBy(peer).stream().map(HeardText::text).toList();
  }

  /** Waits until a part of a daemon says a sentence with these words, and gives it. */
  public static String awaitSentence(Daemon daemon, String part, String words) {
    AtomicReference<String> last = new AtomicReference<>("");
    await(() -> part + " to say \"" + words + "\", not \"" + last.get() + "\"", () -> {
      StatusBoard.Entry entry = daemon.status().entries().get(part);
      last.set(entry == null ? "" : entry.sentence());
      return last.get().contains(words);
    });
    return last.get();
  }

  public static void await(String what, BooleanSupplier condition) {
    await(() -> what, condition);
  }

  private static void await(java.util.function.Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Waiter look = new Waiter();
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() - end > 0) {
          throw new AssertionError("waited in vain for " + what.get());
        }
        look.pause(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    closer.close();
  }
}
