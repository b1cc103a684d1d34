package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownThings;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.MessageArchive.LinkStatistics;
import org.longwire.relay.store.repository.ReadScope;
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
      "Nothing is removed. A file that is there already is not overwritten."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire db export --to /srv/mesh",
      "  longwire db export --to . --room '#mesh:example.org'",
    })
final class DbExportCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Option(names = "--to", required = true, paramLabel = "DIR", description = "Where to.")
  private Path folder = Path.of(".");

  @Option(
      names = "--room",
      paramLabel = "ROOM",
      description = "This room alone, as the configuration calls it.")
  private @Nullable String room;

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
      List<LinkKey> links = manager.archive().statistics(ReadScope.ANY).value().stream()
          .map(LinkStatistics::link)
          .filter(link -> room == null || link.room().equals(room))
          .toList();
      for (LinkKey link : links) {
        Path file = folder.resolve(fileName(link));
        if (Files.exists(file)) {
          throw new CommandFailure(
              ExitCode.IO, "%s is there already: move it away first".formatted(file));
        }
        long count = manager.archive().export(link, file);
        written.put(file.toString(), count);
        if (!json) {
          out.printf("%8d  %s%n", count, file);
        }
      }
    } catch (StoreException e) {
      throw new CommandFailure(ExitCode.IO, e.getMessage());
    }
    if (json) {
      out.println(JsonText.of(written));
    } else if (written.isEmpty()) {
      out.println("nothing was said yet");
    }
    return ExitCode.OK.code();
  }

  /** No room can name a file elsewhere. */
  private static String fileName(LinkKey link) {
    return "%s-%s-%s.jsonl"
        .formatted(
            link.room().replaceAll("[^A-Za-z0-9.-]", "_").replaceAll("^[._]+", ""),
            link.radio(),
            link.channel());
  }
}
