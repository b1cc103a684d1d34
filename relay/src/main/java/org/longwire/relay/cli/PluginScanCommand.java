package org.longwire.relay.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.longwire.plugins.host.load.BadJarException;
import org.longwire.plugins.host.load.JarVerdict;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownPlugins;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.scan.ScanException;
import org.longwire.relay.scan.ScanReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks for known holes in the libraries of plugins. */
@Command(
    name = "scan",
    mixinStandardHelpOptions = true,
    description = {
      "Looks for known holes in the libraries that plugins bring along.",
      "Asks an installed osv-scanner, else the service security.osv-url; what was found less than a",
      "day ago is not asked again.",
      "Exit code 0: none is known; 65: some are; 69: nobody could be asked, or else a jar could",
      "not be read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire plugin scan",
      "  longwire plugin scan tides --json",
      "  longwire plugin scan --set security.osv-database=/var/lib/osv",
    })
final class PluginScanCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "ID", arity = "0..1", description = "One plugin alone.")
  private @Nullable String id;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    KnownPlugins known = id == null ? PluginFiles.known(config) : PluginFiles.require(config, id);
    PluginScan scan = new PluginScan(config, spec.commandLine());
    PrintWriter out = spec.commandLine().getOut();
    List<Map<String, Object>> answers = new ArrayList<>();
    boolean anyHoles = false;
    boolean anyUnread = false;
    for (JarVerdict jar : PluginFiles.chosen(known, Optional.ofNullable(id))) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("file", jar.jar().name());
      answers.add(answer);
      try {
        ScanReport report = scan.scan(jar.jar().file());
        anyHoles |= !report.findings().isEmpty();
        answer.putAll(PluginScan.asMap(report));
        if (!json) {
          out.printf("%s: ", Words.line(jar.jar().name()));
          scan.print(report);
        }
      } catch (ScanException e) {
        throw new CommandFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
      } catch (BadJarException | IOException e) {
        anyUnread = true;
        String problem = problem(jar, e);
        answer.put("problem", problem);
        spec.commandLine().getErr().println(Terminal.red("error: ") + Words.line(problem));
      }
    }
    if (json) {
      out.println(JsonText.of(Map.of("jars", answers)));
    } else if (id != null && known.isBuiltIn(id)) {
      out.printf("%s comes with Longwire, and brings no libraries of its own%n", id);
    } else if (known.jars().isEmpty()) {
      out.printf("there is no jar in %s%n", config.plugins().directory());
    }
    ExitCode code = anyUnread ? ExitCode.UNAVAILABLE : ExitCode.OK;
    return (anyHoles ? ExitCode.DATA : code).code();
  }

  private static String problem(JarVerdict jar, Exception failure) {
    return failure instanceof BadJarException
        ? "%s %s; get it again, or remove it".formatted(jar.jar().name(), failure.getMessage())
        : "cannot read " + jar.jar().file();
  }
}
