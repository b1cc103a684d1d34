package org.longwire.relay.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.longwire.relay.Daemon;
import org.longwire.relay.ExitCode;
import org.longwire.relay.demo.Demo;
import org.longwire.relay.demo.DemoSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the daemon at work, with nothing attached. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the daemon at work, with nothing attached.",
      "A simulated radio with a few nodes, a small homeserver, and the real daemon between them.",
      "Exit code 0 if nothing was lost or doubled."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire demo",
      "  longwire demo --interactive",
      "  longwire demo --state ./kept",
      "  longwire demo --interactive --plugin tides-1.2.jar --set plugins.tides.place=Brest"
    })
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = {"-i", "--interactive"},
      description = "Type on both sides yourself: \"mesh> hello\", \"room> hello\".")
  private boolean interactive;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "A new folder where configuration and state stay, to try other commands on.")
  private @Nullable Path folder;

  @Option(
      names = "--plugin",
      paramLabel = "JAR",
      description = "A plugin that runs in it. May be repeated.")
  private List<Path> plugins = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one key of its configuration. May be repeated.")
  private List<String> settings = List.of();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    DemoSetup setup = new DemoSetup(Optional.ofNullable(folder), plugins, settings);
    if (folder != null && Files.exists(folder)) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s is there already; the demo wants a new folder".formatted(folder));
    }
    try {
      boolean clean = interactive
          ? Demo.talk(
              out,
              Terminal.hasColour(),
              setup,
              Terminal.isThere(),
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)))
          : Demo.play(out, Terminal.hasColour(), setup);
      return clean ? ExitCode.OK.code() : 1;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.IO, "the demo cannot run: " + e.getMessage());
    } catch (Daemon.CannotStart e) {
      throw new CommandFailure(e.exitCode(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.TEMPORARY.code();
    }
  }
}
