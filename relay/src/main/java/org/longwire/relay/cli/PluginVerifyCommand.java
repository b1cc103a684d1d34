package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.longwire.plugins.host.load.JarVerdict;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.RelayConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether the jars are those that the configuration names. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Says of each jar its SHA-256, and whether it is the one that plugins.allow names.",
      "Exit code 0: all would be loaded, or are switched off; 65: one would not."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire plugin verify", "  longwire plugin verify --json"})
final class PluginVerifyCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    List<JarVerdict> jars = PluginFiles.known(config).jars();
    if (json) {
      out.println(JsonText.of(
          Map.of("jars", jars.stream().map(PluginVerifyCommand::asMap).toList())));
    } else if (jars.isEmpty()) {
      out.printf("there is no jar in %s%n", config.plugins().directory());
    } else {
      jars.forEach(jar -> print(jar, out));
    }
    return jars.stream().allMatch(PluginVerifyCommand::isRight)
        ? ExitCode.OK.code()
        : ExitCode.DATA.code();
  }

  private static boolean isRight(JarVerdict jar) {
    return jar.isReady() || jar.isUnwanted();
  }

  private static void print(JarVerdict jar, PrintWriter out) {
    String mark = isRight(jar) ? Terminal.green("ok  ") : Terminal.red("FAIL");
    out.printf("%s  %s  %s%n", mark, Words.line(jar.jar().name()), hash(jar).orElse("no hash"));
    if (!jar.sentence().isEmpty()) {
      out.printf("      %s%n", Words.line(jar.sentence()));
    }
  }

  private static Optional<String> hash(JarVerdict jar) {
    return Optional.of(jar.jar().sha256()).filter(hash -> !hash.isEmpty());
  }

  private static Map<String, Object> asMap(JarVerdict jar) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("file", jar.jar().name());
    jar.id().ifPresent(id -> one.put("id", id));
    hash(jar).ifPresent(hash -> one.put("sha256", hash));
    one.put("verdict", jar.kind());
    one.put("loaded", jar.isReady());
    one.put("sentence", jar.sentence());
    return one;
  }
}
