package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginStore;
import org.longwire.plugins.api.Setting;
import org.longwire.plugins.api.Settings;
import org.longwire.plugins.builtin.TelemetryPlugin;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.Signal;
import org.longwire.radio.Telemetry;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.MountTable;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.repository.PluginData;
import org.longwire.relay.store.sql.SqlRepositories;
import org.longwire.relay.store.sql.StoreMetrics;

/** What keeping telemetry costs the card: sixty nodes, each of which tells once an hour. */
class TelemetryWritesTest {
  private static final int NODES = 60;
  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final int HOURS = 24;
  private static final long AIM_BYTES = 1_500;

  @TempDir
  private Path directory;

  private final Random random = new Random(5);
  private final List<Database> opened = new ArrayList<>();

  @Test
  void aPacketCostsLessThanThreeHalvesOfAKilobyte() throws Exception {
    try (TestWorld world = new TestWorld(directory);
        DatabaseManager store = open(world)) {
      HandClock clock = world.clock;
      Database database = opened.get(0);
      PluginData data = store.pluginData("telemetry");
      Plugin plugin = new TelemetryPlugin();
      plugin.start(context(data, clock));
      database.worker().runDue();
      long before = written();
      int packets = 0;
      for (int minute = 0; minute < HOURS * 60; minute++) {
        clock.advance(INTERVAL.dividedBy(NODES));
        plugin.onMesh(telemetry(minute % NODES));
        packets++;
        if (minute % 15 == 0) {
          plugin.onSchedule("write");
        }
        database.worker().runDue();
      }
      plugin.stop();
      clock.advance(Duration.ofMinutes(2));
      database.worker().runDue();
      long each = (written() - before) / packets;

      System.out.println("telemetry: " + each + " bytes written for each packet, "
          + data.kept().bytes() / 1024 + " KB kept of a day");
      assertEquals(NODES * HOURS, packets);
      assertTrue(each > 0 && each <= AIM_BYTES, each + " bytes for each packet");
      assertTrue(data.kept().bytes() < 64 * 1024, data.kept().bytes() + " bytes kept of a day");
    }
  }

  private DatabaseManager open(TestWorld world) throws Exception {
    Options options = Options.store().withNanoTime(world.clock);
    Path file = directory.resolve("store.db");
    return DatabaseManager.open(
        new DatabaseManager.Setting(file, directory, "Forx", MountTable.read()),
        TestConfig.load(world, TestConfig.usual(world), "state").database(),
        new SqlRepositories(
            world.clock, random, new StoreMetrics(world.clock, false), Optional.empty()),
        options,
        (name, source) -> {
          Database database = Database.open(file, options);
          opened.add(database);
          return database;
        });
  }

  /** By all of this process, as the kernel counts what is handed to it. */
  private static long written() throws Exception {
    return Files.readAllLines(Path.of("/proc/self/io")).stream()
        .filter(line -> line.startsWith("wchar: "))
        .mapToLong(line -> Long.parseLong(line.substring("wchar: ".length())))
        .sum();
  }

  private MeshHeard telemetry(int number) {
    PacketHeader packet = new PacketHeader(
        new NodeId(0x5e1f0000 + number),
        NodeId.BROADCAST,
        0,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.of(1),
        false,
        false,
        Optional.empty(),
        Signal.UNKNOWN);
    Telemetry telemetry = new Telemetry.Device(
        OptionalInt.of(random.nextInt(101)),
        OptionalDouble.of(3 + random.nextDouble()),
        OptionalDouble.of(30 * random.nextDouble()),
        OptionalDouble.of(10 * random.nextDouble()),
        OptionalLong.of(random.nextInt(1_000_000)));
    return new MeshHeard(
        "main",
        Optional.of(new Place.Channel("main", new ChannelIndex(0))),
        new MeshEvent.TelemetryReceived(packet, telemetry));
  }

  /** What the plugin needs of a context. */
  private static PluginContext context(PluginData data, InstantSource clock) {
    Settings settings = new Settings() {
      @Override
      public <T> T get(Setting<T> setting) {
        return setting.standard();
      }
    };
    PluginStore store = made(PluginStore.class, (self, method, arguments) -> PluginData.class
        .getMethod(method.getName(), method.getParameterTypes())
        .invoke(data, arguments));
    return made(PluginContext.class, (self, method, arguments) -> switch (method.getName()) {
      case "store" -> store;
      case "clock" -> clock;
      case "settings" -> settings;
      default -> throw new UnsupportedOperationException(method.getName());
    });
  }

  private static <T> T made(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
