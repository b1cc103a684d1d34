package org.longwire.relay.crash;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.longwire.relay.Daemon;
import org.longwire.relay.DaemonRun;
import org.longwire.relay.StateFiles;
import org.longwire.relay.Surroundings;
import org.longwire.relay.config.ConfigLoader;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.Logging;

/**
 * The real daemon in a process of its own that dies where it is told to. What it takes from outside
 * is wrapped; the daemon itself knows nothing of it.
 */
final class CrashMain {
  /** Sooner than any node allows, so that many texts cross between two crashes. */
  private static final Duration MESSAGE_DELAY = Duration.ofMillis(200);

  private CrashMain() {}

  /** @param arguments the configuration and the state directory */
  public static void main(String[] arguments) throws SQLException {
    Path state = Path.of(arguments[1]);
    RelayConfig config = hurried(load(Path.of(arguments[0]), state));
    Logging.configure(Level.INFO, Map.of());
    Fuse fuse = Fuse.ofProperties();
    Sabotage sabotage = Sabotage.ofProperties(new StateFiles(state).ledger());
    sabotage.beforeStart();
    Surroundings real = Surroundings.real();
    Surroundings fused = new Surroundings(
        real.clock(),
        real.nanoTime(),
        real.random(),
        port -> new FusedPort(real.ports().apply(port), fuse),
        new FusedServers(real.servers(), fuse, sabotage),
        fuse);
    Daemon.Ending ending = DaemonRun.untilStopped(config, fused);
    System.exit(ending.exitCode().code());
  }

  private static RelayConfig load(Path file, Path state) {
    ConfigLoader.Loaded loaded = ConfigLoader.load(
        new ConfigLoader.Sources(Optional.of(file), Map.of(), List.of(), Optional.of(state)));
    return loaded
        .config()
        .orElseThrow(() -> new IllegalStateException(loaded.problems().render(false)));
  }

  private static RelayConfig hurried(RelayConfig config) {
    RelayConfig.Mesh mesh = config.mesh();
    RelayConfig.Mesh hurried = new RelayConfig.Mesh(
        mesh.split(),
        mesh.partBytes(),
        mesh.cutBytes(),
        mesh.maxParts(),
        MESSAGE_DELAY,
        mesh.broadcast(),
        mesh.detectionSensor(),
        mesh.chatPortnums(),
        mesh.disabledPortnums(),
        mesh.relayNodes(),
        mesh.places(),
        mesh.maxAge(),
        mesh.keepSigned(),
        mesh.attachments(),
        mesh.attachmentLink(),
        mesh.locations());
    return new RelayConfig(
        config.meshnetName(),
        config.stateDirectory(),
        config.radios(),
        config.matrix(),
        config.bridges(),
        config.prefix(),
        hurried,
        config.log(),
        config.database(),
        config.nodes(),
        config.commands(),
        config.direct(),
        config.interactions(),
        config.plugins(),
        config.security());
  }
}
