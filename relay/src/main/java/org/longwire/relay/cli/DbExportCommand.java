package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownThings;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.sql.StoreExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the archive to files. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes what was said over each link to a file, one JSON object a line, oldest first.",
      "Nothing is removed. A file that is there already is not overwritten. `longwire db import`",
      "reads these files."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire db export --to /srv/mesh",
      "  longwire db export --to /srv/mesh --all",
      "  longwire db export --to . --room '#mesh:example.org'",
    })
final class DbExportCommand implements Callable<Integer> {
  /** What belongs to no link; no name of a link's file is so short. */
  private static final String THE_REST = "store.jsonl";

  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Option(names = "--to", required = true, paramLabel = "DIR", description = "Where to.")
  private Path folder = Path.of(".");

  @Option(
      names = "--room",
      paramLabel = "ROOM",
      description = "This room alone, as the configuration calls it.")
  private @Nullable String room;

  @Option(
      names = "--all",
      description = "Also the nodes, the message map, settings and plugins' data: store.jsonl.")
  private boolean all;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(ExitCode.USAGE, "there is no folder %s".formatted(folder));
    }
    Map<String, Object> written = new LinkedHashMap<>();
    try (DatabaseManager manager = KnownThings.open(config)) {
      Map<Path, LinkKey> links = links(manager);
      Path rest = fresh(THE_REST, all);
      for (Map.Entry<Path, LinkKey> link : links.entrySet()) {
        written.put(
            link.getKey().toString(), manager.archive().export(link.getValue(), link.getKey()));
      }
      if (all) {
        written.put(rest.toString(), StoreExport.write(manager.sources().main(), rest));
      }
    } catch (StoreException e) {
      throw new CommandFailure(e);
    }
    tellOfOthers(config);
    if (json) {
      out.println(JsonText.of(written));
    } else if (written.isEmpty()) {
      out.println(room == null ? "nothing was said yet" : "nothing was said in " + room);
    } else {
      written.forEach((file, count) -> out.printf("%8d  %s%n", count, file));
    }
    return ExitCode.OK.code();
  }

  /** All files are known to be new before the first is written. */
  private Map<Path, LinkKey> links(DatabaseManager manager) throws StoreException, CommandFailure {
    Map<Path, LinkKey> links = new LinkedHashMap<>();
    for (LinkKey link : manager.archive().links()) {
      if (room == null || link.room().equals(room)) {
        links.put(fresh(fileName(link), true), link);
      }
    }
    return links;
  }

  private void tellOfOthers(RelayConfig config) {
    config.database().sources().forEach((name, source) -> {
      if (source.readOnly()) {
        spec.commandLine()
            .getErr()
            .printf("%s is only read here; its owner can export what is in it%n", name);
      }
    });
  }

  private Path fresh(String name, boolean wanted) throws CommandFailure {
    Path file = folder.resolve(name);
    if (wanted && Files.exists(file)) {
      throw new CommandFailure(
          ExitCode.IO, "%s is there already: move it away first".formatted(file));
    }
    return file;
  }

  /** No room can name a file elsewhere; rooms of one name after that have different marks. */
  private static String fileName(LinkKey link) {
    return "%s-%s-%s-%08x.jsonl"
        .formatted(
            link.room().replaceAll("[^A-Za-z0-9.-]", "_").replaceAll("^[._]+", ""),
            link.radio(),
            link.channel(),
            StoreExport.mark(link));
  }
}
