package org.longwire.relay.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.host.PluginState.Condition;
import org.longwire.radio.sim.HeardText;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.relay.Daemon;
import org.longwire.relay.KnownPlugins;
import org.longwire.relay.PluginComplaints;
import org.longwire.relay.config.ConfigLoader;
import org.longwire.relay.config.ConfigProblems;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.demo.DemoWorld;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.run.StatusPage;
import org.longwire.relay.run.Waiter;

/**
 * Runs a plugin as a relay would: packed into a jar, pinned by its hash, in a process of its own,
 * in a real daemon between a simulated mesh (the nodes {@code Ridge Hut}, {@code Valley Farm} and
 * {@code Lake Boat 🚣}, channel 0) and a small homeserver with one room, where {@code maria} and
 * {@code tom} are and the relay is {@code @longwire:localhost}. In real time: texts to the mesh
 * keep 2.4 s apart. For one thread.
 */
public final class PluginHarness implements AutoCloseable {
  /** For whatever is waited for; far beyond what anything here takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String KEY = "plugins.";

  private static final Duration LOOK = Duration.ofMillis(20);

  private final Path jars;
  private final DemoWorld world;
  private int takenInRoom;
  private final Map<String, Integer> takenOnMesh = new HashMap<>();

  private PluginHarness(Path jars, DemoWorld world) {
    this.jars = jars;
    this.world = world;
  }

  /**
   * Starts a relay with a plugin in it, and waits until all of it works.
   *
   * @param id what the plugin is called
   * @param settings the lines of its section of the configuration
   * @throws IllegalStateException if the plugin does not start, with what is said of it
   */
  public static PluginHarness start(String id, Class<? extends Plugin> plugin, String settings)
      throws IOException, InterruptedException {
    Path jars = Files.createTempDirectory("longwire-harness");
    PackedPlugin packed = PackedPlugin.write(jars, id, plugin);
    DemoWorld world = DemoWorld.buildOverTcp();
    try {
      world.startDaemon(packed.configuration(settings));
      PluginHarness harness = new PluginHarness(jars, world);
      harness.await("the relay", harness::isConnected);
      harness.await("the plugin", () -> world.runs(id));
      return harness;
    } catch (Daemon.CannotStart | IOException | InterruptedException | RuntimeException e) {
      world.close();
      remove(jars);
      if (e instanceof InterruptedException stop) {
        throw stop;
      }
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * What {@code longwire check-config} has to say of a plugin's section.
   *
   * @return the sentences, which begin with the key; empty if all is well
   */
  public static List<String> check(String id, Class<? extends Plugin> plugin, String settings)
      throws IOException {
    Path jars = Files.createTempDirectory("longwire-harness");
    try {
      Path file = jars.resolve("longwire.conf");
      Files.writeString(file, """
          meshnet-name = "Demo"
          radio { link = tcp, host = "localhost" }
          matrix { homeserver = "https://example.org", user = "@relay:example.org" }
          bridges = [ { room = "#mesh:example.org", channel = 0 } ]
          """ + PackedPlugin.write(jars, id, plugin).configuration(settings));
      ConfigLoader.Loaded loaded = ConfigLoader.load(
          new ConfigLoader.Sources(Optional.of(file), Map.of(), List.of(), Optional.of(jars)));
      Optional<RelayConfig> config = loaded.config();
      if (config.isPresent()) {
        new PluginComplaints(KnownPlugins.read(config.get().plugins()), loaded.problems()).tell();
      }
      return loaded.problems().all().stream()
          .map(ConfigProblems.Problem::sentence)
          .filter(sentence -> sentence.contains(KEY + id))
          .map(sentence -> sentence.substring(sentence.indexOf(KEY + id)))
          .toList();
    } finally {
      remove(jars);
    }
  }

  private boolean isConnected() {
    return Stream.of("radio main", "matrix", "room " + DemoWorld.ROOM)
        .allMatch(part -> world.status().lines().stream()
            .anyMatch(line -> line.part().equals(part) && line.health() == Health.OK));
  }

  /** A node says something to everybody. */
  public void nodeSays(String node, String text) {
    peer(node).says(text);
  }

  /** A node says something to the relay's node alone. */
  public void nodeWhispers(String node, String text) {
    peer(node).whispers(world.ownNode(), text);
  }

  /** Somebody says something in the room. */
  public void personSays(String person, String text) {
    UserId user = world.people().stream()
        .filter(known -> known.value().startsWith("@" + person + ":"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is nobody called " + person));
    world.homeserver().userSays(world.room(), user, text);
  }

  /** What the relay says next in the room; waits for it. */
  public String nextInRoom() throws InterruptedException {
    await("something in the room", () -> said().size() > takenInRoom);
    return said().get(takenInRoom++).body().orElse("");
  }

  /** What the relay has said in the room and nobody has taken yet, without waiting. */
  public List<String> inRoom() {
    List<PostedEvent> said = said();
    return said.subList(takenInRoom, said.size()).stream()
        .map(event -> event.body().orElse(""))
        .toList();
  }

  /** What a node hears next from the relay; waits for it. */
  public String nextOnMesh(String node) throws InterruptedException {
    int taken = takenOnMesh.getOrDefault(node, 0);
    await("something on the mesh", () -> heard(node).size() > taken);
    takenOnMesh.put(node, taken + 1);
    return heard(node).get(taken);
  }

  private List<PostedEvent> said() {
    return world.homeserver().room(world.room()).messages().stream()
        .filter(event -> event.sender().equals(world.bot()))
        .toList();
  }

  private List<String> heard(String node) {
    return peer(node).heard().stream()
        .filter(text -> text.from().equals(world.ownNode()))
        .map(HeardText::text)
        .toList();
  }

  private SimulatedPeer peer(String name) {
    return world.peers().stream()
        .filter(peer -> peer.longName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no node called " + name));
  }

  private void await(String what, Supplier<Boolean> fact) throws InterruptedException {
    Waiter waiter = new Waiter();
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!fact.get()) {
      if (System.nanoTime() - until > 0) {
        throw new IllegalStateException("waited in vain for %s; %s".formatted(what, present()));
      }
      waiter.pause(LOOK);
    }
  }

  /** For whoever has to find out why. */
  private String present() {
    StatusPage page = world.status();
    return Stream.concat(
            page.lines().stream().map(line -> line.part() + ": " + line.sentence()),
            page.plugins().stream()
                .filter(plugin -> plugin.condition() != Condition.IDLE)
                .map(plugin -> "plugin %s: %s %s, %d calls, %d faults, %d missed"
                    .formatted(
                        plugin.id(),
                        plugin.condition().name().toLowerCase(Locale.ROOT),
                        plugin.sentence(),
                        plugin.calls(),
                        plugin.faults(),
                        plugin.missed())))
        .collect(Collectors.joining("; "));
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Ends the relay; nothing of it stays. */
  @Override
  public void close() {
    world.close();
    try {
      remove(jars);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
