package org.longwire.relay.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.longwire.matrix.FileSessionStore;
import org.longwire.matrix.HttpLimits;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.MatrixLogin;
import org.longwire.matrix.Secret;
import org.longwire.matrix.Session;
import org.longwire.relay.ExitCode;
import org.longwire.relay.StateFiles;
import org.longwire.relay.config.RelayConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Logs the bot account in and keeps the login in the state directory. */
@Command(
    name = "login",
    mixinStandardHelpOptions = true,
    description = {
      "Logs the bot account in, once, and keeps the login in the state directory.",
      "Run it as the user the daemon runs as. A running daemon takes the new login over by itself."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo -u longwire longwire login                   asks for the password",
      "  longwire login --password-file /root/password     for scripts",
      "  longwire login --token-file - < token             with an access token",
    })
final class LoginCommand implements Callable<Integer> {
  private static final int SECRET_LIMIT = 4_096;

  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Read the password from a file, or from standard input with -.")
  private @Nullable String passwordFile;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Use an access token from a file, or from standard input with -.")
  private @Nullable String tokenFile;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    RelayConfig config = options.require(spec.commandLine().getErr());
    if (config.matrix().login().orElse(null) instanceof RelayConfig.Login.Token) {
      throw new CommandFailure(
          ExitCode.CONFIG,
          "an access token is configured and would be used instead: remove it first");
    }
    StateFiles state = new StateFiles(config.stateDirectory());
    FileSessionStore store = new FileSessionStore(state.session());
    try {
      state.prepare();
      Session session = logIn(config, store.load());
      store.save(session);
      out.printf("logged in as %s, device %s%n", session.user(), session.device());
      return ExitCode.OK.code();
    } catch (StateFiles.Unusable e) {
      throw new CommandFailure(e.exitCode(), e.getMessage());
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.IO, "the login cannot be kept: " + e.getMessage());
    } catch (MatrixException e) {
      throw new CommandFailure(
          e.advice() == MatrixException.Advice.LOG_IN ? ExitCode.PERMISSION : ExitCode.UNAVAILABLE,
          e.getMessage());
    }
  }

  private Session logIn(RelayConfig config, Optional<Session> before)
      throws MatrixException, CommandFailure {
    RelayConfig.Matrix matrix = config.matrix();
    URI configured = URI.create(matrix.homeserver());
    try (MatrixLogin login =
        MatrixLogin.open(configured, HttpLimits.standard(), InstantSource.system())) {
      if (!login.base().equals(configured)) {
        spec.commandLine()
            .getErr()
            .printf("the homeserver is at %s: set matrix.homeserver to that%n", login.base());
      }
      if (tokenFile != null) {
        return login.byToken(matrix.user(), secret(tokenFile));
      }
      Optional<String> device =
          before.filter(s -> s.user().equals(matrix.user())).map(Session::device);
      return login.byPassword(matrix.user(), password(matrix), device.filter(d -> !d.isEmpty()));
    }
  }

  private Secret password(RelayConfig.Matrix matrix) throws CommandFailure {
    if (passwordFile != null) {
      return secret(passwordFile);
    }
    if (matrix.login().orElse(null) instanceof RelayConfig.Login.Password known) {
      return known.password();
    }
    Console console = System.console();
    if (console == null || !Terminal.isThere()) {
      throw new CommandFailure(
          ExitCode.USAGE, "no terminal to ask for the password: use --password-file FILE");
    }
    char[] typed = console.readPassword("Password of %s: ", matrix.user());
    if (typed == null || typed.length == 0) {
      throw new CommandFailure(ExitCode.USAGE, "no password was given");
    }
    return new Secret(new String(typed));
  }

  private static Secret secret(String file) throws CommandFailure {
    try {
      byte[] bytes =
          file.equals("-") ? System.in.readNBytes(SECRET_LIMIT) : Files.readAllBytes(Path.of(file));
      String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        throw new CommandFailure(ExitCode.USAGE, file + " is empty");
      }
      return new Secret(text);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.PERMISSION, "cannot read " + file);
    }
  }
}
