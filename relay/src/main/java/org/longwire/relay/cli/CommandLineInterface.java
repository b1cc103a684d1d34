package org.longwire.relay.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.run.Logging;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands, and what becomes of their failures: one sentence and an exit code. */
@Command(
    name = "longwire",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineInterface.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Carries messages between a Meshtastic radio and Matrix rooms.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire demo                                 see it work, with nothing attached",
      "  longwire ports                                find the radio",
      "  longwire login --config longwire.conf         log the bot account in, once",
      "  longwire check-config --config longwire.conf  everything wrong with it, at once",
      "  longwire run --config longwire.conf           the daemon itself",
      "  longwire trace \"see you at noon\"              what became of a message",
    })
public final class CommandLineInterface implements Callable<Integer> {
  /** Columns of a help text; no line of the examples is longer. */
  private static final int HELP_WIDTH = 100;

  @Spec
  private CommandSpec spec;

  /** Runs a command line and answers its exit code. */
  public static int execute(String[] args) {
    Logging.forCommand();
    return execute(args, printer(System.out), printer(System.err));
  }

  /** UTF-8 whatever the locale, which services seldom have: names and texts need it. */
  private static PrintWriter printer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** Runs a command line with its output somewhere else. */
  public static int execute(String[] args, PrintWriter out, PrintWriter err) {
    Logging.silence();
    CommandLine root = new CommandLine(new CommandLineInterface());
    commands(args).forEach(root::addSubcommand);
    return root.setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_WIDTH)
        .setParameterExceptionHandler(CommandLineInterface::misused)
        .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, line))
        .execute(args);
  }

  /** A daemon stays for years; it does not carry all the other commands about with it. */
  private static List<Object> commands(String[] args) {
    if (args.length > 0 && args[0].equals("run")) {
      return List.of(new RunCommand());
    }
    return List.of(
        new RunCommand(),
        new DemoCommand(),
        new CheckConfigCommand(),
        new LoginCommand(),
        new StatusCommand(),
        new QueueCommand(),
        new TraceCommand(),
        new NodesCommand(),
        new DbCommand(),
        new PluginCommand(),
        new PortsCommand());
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.code();
  }

  private static int misused(CommandLine.ParameterException misuse, String[] args) {
    CommandLine line = misuse.getCommandLine();
    line.getErr().println("longwire: " + Words.line(misuse.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(misuse, line.getErr());
    line.getErr().printf("Try: %s --help%n", line.getCommandSpec().qualifiedName());
    return ExitCode.USAGE.code();
  }

  private static int failed(Exception failure, CommandLine line) throws Exception {
    if (failure instanceof CommandFailure known) {
      line.getErr().println("longwire: " + Words.line(known.getMessage()));
      return known.exitCode().code();
    }
    line.getErr().println("longwire: this is a bug; please report it with these lines:");
    failure.printStackTrace(line.getErr());
    return ExitCode.INTERNAL.code();
  }

  /** That of the jar that runs; empty if it is none. */
  static Optional<String> version() {
    return Optional.ofNullable(CommandLineInterface.class.getPackage().getImplementationVersion());
  }

  /** The version of the jar that runs. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "longwire " + version().orElse("(not from a jar)"),
        "Java " + System.getProperty("java.version"),
      };
    }
  }
}
