package org.longwire.relay.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownPlugins;
import org.longwire.relay.PluginComplaints;
import org.longwire.relay.config.ConfigLoader;
import org.longwire.relay.config.ConfigProblems;
import org.longwire.relay.config.Place;
import org.longwire.relay.config.PluginsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says everything that is wrong with a configuration. */
@Command(
    name = "check-config",
    mixinStandardHelpOptions = true,
    description = {
      "Says everything that is wrong with a configuration, at once.",
      "A jar of plugins that is pinned in plugins.allow is run for that, in a process of its own,",
      "for half a minute at most; no other one is run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire check-config --config /etc/longwire/longwire.conf",
      "  longwire check-config --set mesh.part-bytes=120",
      "  LONGWIRE_MATRIX__HOMESERVER=https://example.org longwire check-config",
    })
final class CheckConfigCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    ConfigLoader.Loaded loaded = options.load();
    loaded.config().ifPresent(config -> checkPlugins(config.plugins(), loaded.problems()));
    if (json) {
      spec.commandLine().getOut().println(JsonText.of(asJson(loaded)));
    } else {
      spec.commandLine().getErr().print(loaded.problems().render(Terminal.hasColour()));
      spec.commandLine().getErr().flush();
      if (loaded.problems().exitCode() == ExitCode.OK.code()) {
        spec.commandLine().getOut().println(options.chosenFile() + " is valid");
      }
    }
    return loaded.problems().exitCode();
  }

  private static void checkPlugins(PluginsConfig plugins, ConfigProblems problems) {
    try {
      new PluginComplaints(KnownPlugins.read(plugins), problems).tell();
    } catch (IOException e) {
      problems.ofPlugin(
          ConfigProblems.Severity.ERROR,
          new Place(plugins.directory().toString(), 0),
          "",
          "cannot be read (%s); give this user the right to".formatted(e.getMessage()));
    }
  }

  private static Map<String, Object> asJson(ConfigLoader.Loaded loaded) {
    List<Map<String, Object>> problems = new ArrayList<>();
    for (ConfigProblems.Problem problem : loaded.problems().all()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("severity", problem.severity());
      one.put("file", problem.file());
      one.put("line", problem.line());
      one.put("key", problem.key());
      one.put("sentence", problem.sentence());
      problems.add(one);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("valid", loaded.problems().exitCode() == ExitCode.OK.code());
    answer.put("problems", problems);
    return answer;
  }
}
