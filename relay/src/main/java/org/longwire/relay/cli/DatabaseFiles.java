package org.longwire.relay.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownThings;
import org.longwire.relay.StateFiles;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.InstanceLock;
import org.longwire.relay.store.FileTools;
import org.longwire.relay.store.Schema;
import org.longwire.relay.store.ServerTools;
import picocli.CommandLine.Option;

/** The options by which the commands of {@code db} choose among the files, and the files. */
final class DatabaseFiles {
  static final String LEDGER = "ledger";

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "One database alone: ledger, primary, or a source of the configuration.")
  private @Nullable String only;

  /** One of our files, by the name that people choose it by. */
  record Target(String name, Path path, Schema schema) {
    FileTools tools() {
      return new FileTools(path, schema);
    }
  }

  /** Whether a database of this name is among what was chosen. */
  boolean areMeant(String name) {
    return only == null || only.equals(name);
  }

  /** The store that is on a server, if there is one and it is meant too. */
  Optional<ServerTools> server(RelayConfig config) {
    return config
        .database()
        .server()
        .filter(server -> areMeant(DatabaseConfig.PRIMARY))
        .map(ServerTools::new);
  }

  /** The same as {@link #of} for commands that do the {@link #server} too. */
  List<Target> besideServer(RelayConfig config) throws CommandFailure {
    return only != null && server(config).isPresent() ? List.of() : of(config);
  }

  /** The chosen files that are written by this relay; a store on a server is none. */
  List<Target> of(RelayConfig config) throws CommandFailure {
    List<Target> all = all(config);
    if (only == null) {
      return all;
    }
    List<Target> chosen = all.stream().filter(t -> t.name().equals(only)).toList();
    if (chosen.isEmpty() && server(config).isPresent()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "%s is on a server; use the tools of the server (mariadb-dump, mariadb-check)"
              .formatted(DatabaseConfig.PRIMARY));
    }
    if (chosen.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "\"%s\" is no file of this relay's; choose one of %s"
              .formatted(only, String.join(", ", all.stream().map(Target::name).toList())));
    }
    return chosen;
  }

  /** The one file that is meant. */
  Target one(RelayConfig config) throws CommandFailure {
    List<Target> chosen = of(config);
    if (only == null) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "say which database is meant: --only %s"
              .formatted(String.join(" or ", chosen.stream().map(Target::name).toList())));
    }
    return chosen.get(0);
  }

  /** All but the ledger, unless that was asked for by name. */
  List<Target> stores(RelayConfig config) throws CommandFailure {
    List<Target> chosen = besideServer(config);
    return only == null ? chosen.stream().filter(t -> !t.name().equals(LEDGER)).toList() : chosen;
  }

  private static List<Target> all(RelayConfig config) {
    List<Target> all = new ArrayList<>();
    all.add(new Target(LEDGER, new StateFiles(config.stateDirectory()).ledger(), Schema.LEDGER));
    DatabaseConfig database = config.database();
    for (Map.Entry<String, DatabaseConfig.Source> source : database.sources().entrySet()) {
      boolean onServer = KnownThings.isOnServer(config, source.getKey());
      if (!source.getValue().readOnly() && !onServer) {
        all.add(new Target(source.getKey(), source.getValue().path(), Schema.STORE));
      }
    }
    return all;
  }

  /**
   * Keeps daemons out while a file is changed.
   *
   * @throws CommandFailure if one runs
   */
  static InstanceLock keepOut(RelayConfig config) throws CommandFailure {
    try {
      if (!Files.isDirectory(config.stateDirectory())) {
        throw new CommandFailure(
            ExitCode.UNAVAILABLE,
            "there is no state directory %s: has the daemon run yet, and is --state right?"
                .formatted(config.stateDirectory()));
      }
      return InstanceLock.take(config.stateDirectory());
    } catch (InstanceLock.Taken e) {
      throw new CommandFailure(
          ExitCode.TEMPORARY,
          "the daemon runs in %s: stop it first (systemctl stop longwire)"
              .formatted(config.stateDirectory()));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.PERMISSION,
          "cannot write to %s; are you the user of the relay?".formatted(config.stateDirectory()));
    }
  }

  /** How a line about a database begins that there is something to say against. */
  static String mark(ExitCode code) {
    return code == ExitCode.UNAVAILABLE ? Terminal.dim("none") : Terminal.red("FAIL");
  }

  static ProgressBar progress(String what, PrintWriter err) {
    return new ProgressBar(what, err, Terminal.isThere());
  }

  /** A size as people read it. */
  static String size(long bytes) {
    if (bytes < 10_000) {
      return bytes + " B";
    }
    return bytes < 10_000_000 ? bytes / 1_000 + " kB" : bytes / 1_000_000 + " MB";
  }
}
