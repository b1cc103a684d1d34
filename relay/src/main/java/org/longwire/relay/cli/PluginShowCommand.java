package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.longwire.plugins.api.Command.Where;
import org.longwire.plugins.api.Setting;
import org.longwire.plugins.host.Declarations;
import org.longwire.plugins.host.PluginPolicy;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownPlugins;
import org.longwire.relay.config.RelayConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one plugin. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Says what a plugin can do, its commands, and what its section may say, with defaults.",
      "A jar that is allowed is run for that, in a process of its own."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire plugin show weather"})
final class PluginShowCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "ID", description = "The plugin.")
  private String id = "";

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    KnownPlugins known = PluginFiles.require(config, id);
    PrintWriter out = spec.commandLine().getOut();
    PluginRow row = PluginRow.of(known).stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow();
    Declarations declared = declarations(known);
    out.printf("%s (%s): it %s%n", row.name(), row.origin(), Words.line(declared.description()));
    if (!row.sentence().isEmpty()) {
      out.println(Words.line(row.sentence()));
    }
    declared.problems().forEach(problem -> out.println(Terminal.red(Words.line(problem))));
    if (!declared.commands().isEmpty()) {
      out.printf("%nCommands:%n");
      declared.commands().forEach(command -> print(command, config.plugins().policy(id), out));
    }
    out.printf("%nplugins {%n  %s {%n", id);
    declared.settings().forEach(setting -> print(setting, out));
    out.printf("    # and what every plugin's section may say: see longwire.conf%n  }%n}%n");
    return ExitCode.OK.code();
  }

  private Declarations declarations(KnownPlugins known) throws CommandFailure {
    try {
      return known.declarations(id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.TEMPORARY, "it was called off");
    } catch (Exception | LinkageError e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE, "%s cannot be asked: %s".formatted(id, e.getMessage()));
    }
  }

  private static void print(
      org.longwire.plugins.api.Command command, PluginPolicy policy, PrintWriter out) {
    String usage = command.usage().isEmpty() ? "" : " " + command.usage();
    out.printf(
        "  %-28s  it %s%n",
        Words.line("!" + command.name() + usage), Words.line(command.description()));
    List<String> also = command.aliases().stream().map(alias -> "!" + alias).toList();
    out.printf(
        "  %-28s  %s%n",
        "",
        Terminal.dim("%s%s%s"
            .formatted(
                policy.role(command).name().toLowerCase(Locale.ROOT),
                where(command),
                also.isEmpty() ? "" : "; also " + String.join(", ", also))));
  }

  private static String where(org.longwire.plugins.api.Command command) {
    if (command.where().size() == Where.values().length) {
      return ", everywhere";
    }
    return command.where().stream()
        .sorted()
        .map(where -> switch (where) {
          case ROOM -> "rooms";
          case PRIVATE_ROOM -> "private rooms";
          case CHANNEL -> "channels";
          case DIRECT -> "direct messages";
        })
        .collect(Collectors.joining(", ", ", in ", ""));
  }

  private static void print(Setting<?> setting, PrintWriter out) {
    out.printf("    # %s%n", Words.line(setting.help()));
    out.printf(
        "    %s = %s  %s%n",
        setting.name(),
        SettingWords.value(setting.standard()),
        Terminal.dim("# " + SettingWords.form(setting.form())));
  }
}
