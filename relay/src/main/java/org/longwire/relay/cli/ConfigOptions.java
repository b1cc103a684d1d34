package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.ConfigLoader;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.RelayConfig;
import picocli.CommandLine.Option;

/** The options by which every command finds its configuration. */
final class ConfigOptions {
  private static final Path SYSTEM_WIDE = Path.of("/etc/longwire/longwire.conf");
  private static final Path HERE = Path.of("longwire.conf");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration; else ./longwire.conf, else /etc/longwire/longwire.conf.")
  private @Nullable Path file;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where the ledger and the login live; else as systemd or XDG say.")
  private @Nullable Path state;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one key, as if it stood in the file. May be repeated.")
  private List<String> settings = List.of();

  /** Reads the configuration and tells what is wrong with it. */
  ConfigLoader.Loaded load() {
    return load(DatabaseConfig.Keeping.ON_DISK);
  }

  /** The same, with the databases where they outlive the process, or not. */
  ConfigLoader.Loaded load(DatabaseConfig.Keeping keeping) {
    return ConfigLoader.load(new ConfigLoader.Sources(
        Optional.of(chosenFile()), System.getenv(), settings, Optional.ofNullable(state), keeping));
  }

  Path chosenFile() {
    if (file != null) {
      return file;
    }
    return Files.exists(HERE) ? HERE : SYSTEM_WIDE;
  }

  /**
   * Reads the configuration and shows what makes it useless; its warnings are for {@code run} and
   * {@code check-config}.
   *
   * @throws CommandFailure if it cannot be used
   */
  RelayConfig require(PrintWriter err) throws CommandFailure {
    ConfigLoader.Loaded loaded = load();
    if (loaded.config().isPresent()) {
      return loaded.config().get();
    }
    err.print(loaded.problems().render(Terminal.hasColour()));
    err.flush();
    throw new CommandFailure(
        loaded.problems().exitCode() == ExitCode.PERMISSION.code()
            ? ExitCode.PERMISSION
            : ExitCode.CONFIG,
        "the configuration cannot be used; mend what is said above");
  }
}
