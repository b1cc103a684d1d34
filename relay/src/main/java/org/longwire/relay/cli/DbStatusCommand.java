package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownThings;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.store.FileTools;
import org.longwire.relay.store.OnlookersOpener;
import org.longwire.relay.store.ServerTools;
import org.longwire.relay.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what databases there are. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says where each database is, how big it is, and what it holds.",
      "Exit code 0: all can be read; 69: one is not there yet; 74: one cannot be read; 78: one is",
      "not for this program."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire db status", "  longwire db status --only ledger --json"})
final class DbStatusCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Mixin
  private DatabaseFiles files = new DatabaseFiles();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  private ExitCode worst = ExitCode.OK;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    List<Map<String, Object>> answers = new ArrayList<>();
    for (DatabaseFiles.Target target : files.besideServer(config)) {
      answers.add(answer(target.name(), target.path(), answer -> describe(target, answer, out)));
    }
    Optional<ServerTools> server = files.server(config);
    if (server.isPresent()) {
      answers.add(answer(
          DatabaseConfig.PRIMARY, server.get(), answer -> describe(server.get(), answer, out)));
    }
    onlyRead(config, answers, out);
    if (json) {
      out.println(JsonText.of(answers));
    }
    return worst.code();
  }

  /** Says something of a database, or fails at it. */
  private interface Description {
    void into(Map<String, Object> answer) throws StoreException;
  }

  private Map<String, Object> answer(String name, Object path, Description description) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", name);
    answer.put("path", path);
    try {
      description.into(answer);
    } catch (StoreException e) {
      ExitCode code = ExitCode.of(e);
      worst = code.code() > worst.code() ? code : worst;
      answer.put("problem", e.getMessage());
      if (!json) {
        spec.commandLine()
            .getOut()
            .printf(
                "%s  %s%n      %s%n",
                DatabaseFiles.mark(code), name, Words.line(String.valueOf(e.getMessage())));
      }
    }
    return answer;
  }

  private void describe(DatabaseFiles.Target target, Map<String, Object> answer, PrintWriter out)
      throws StoreException {
    FileTools tools = target.tools();
    FileTools.Facts facts = tools.facts();
    int backups = tools.backups().size();
    answer.put("schema", facts.version());
    answer.put("bytes", facts.bytes());
    answer.put("logBytes", facts.logBytes());
    answer.put("freeBytes", facts.freeBytes());
    answer.put("backups", backups);
    answer.put("rows", facts.rows());
    if (!json) {
      print(target, facts, backups, out);
    }
  }

  private void describe(ServerTools server, Map<String, Object> answer, PrintWriter out)
      throws StoreException {
    ServerTools.Facts facts = server.facts();
    answer.put("schema", facts.version());
    answer.put("rows", facts.rows());
    if (!json) {
      out.printf("%s    %s  %s%n", Terminal.green("ok"), DatabaseConfig.PRIMARY, server);
      out.printf("      schema %d%s%n", facts.version(), old(facts.version(), facts.newest()));
      print(facts.rows(), out);
    }
  }

  private static String old(int version, int newest) {
    return version < newest
        ? Terminal.yellow(" (the next start brings it to %d)".formatted(newest))
        : "";
  }

  private static void print(Map<String, Long> rows, PrintWriter out) {
    StringBuilder line = new StringBuilder();
    rows.forEach((table, count) -> line.append("%s %d  ".formatted(table, count)));
    out.println("      " + line.toString().strip());
  }

  private static void print(
      DatabaseFiles.Target target, FileTools.Facts facts, int backups, PrintWriter out) {
    out.printf("%s    %s  %s%n", Terminal.green("ok"), target.name(), target.path());
    out.printf(
        "      %s, log %s, %s to be had by compacting; schema %d%s; %d backups%n",
        DatabaseFiles.size(facts.bytes()),
        DatabaseFiles.size(facts.logBytes()),
        DatabaseFiles.size(facts.freeBytes()),
        facts.version(),
        old(facts.version(), facts.newest()),
        backups);
    print(facts.rows(), out);
  }

  /** Of what is only read: whether it can be. */
  private void onlyRead(RelayConfig config, List<Map<String, Object>> answers, PrintWriter out) {
    OnlookersOpener opener = KnownThings.onlooker(config);
    config.database().sources().forEach((name, source) -> {
      if (source.readOnly() && files.areMeant(name)) {
        answers.add(answer(name, source.path(), answer -> {
          opener.tryOut(name, source);
          answer.put("readOnly", true);
          if (!json) {
            out.printf(
                "%s    %s  %s (only read)%n",
                Terminal.green("ok"), name, Words.line(source.path().toString()));
          }
        }));
      }
    });
  }
}
