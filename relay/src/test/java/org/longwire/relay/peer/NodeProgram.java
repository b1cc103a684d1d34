package org.longwire.relay.peer;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program of ours for Node, in a process of its own, that does what a line of JSON asks for and
 * answers with another. Its packages are installed under {@code target/}. For one thread.
 */
final class NodeProgram implements AutoCloseable {
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);
  /** Longer than the programs' own patience, so that they can say what they saw instead. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(150);

  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;
  private final Path log;

  private NodeProgram(Process process, Path log) {
    this.process = process;
    this.commands = process.outputWriter();
    this.answers = process.inputReader();
    this.log = log;
  }

  /**
   * @param program its directory below {@code src/test}
   * @param user whose it is: the name of its log
   */
  static NodeProgram start(String program, String user) {
    try {
      Path root = Path.of(System.getProperty("longwire.root", ".."));
      Path home = root.resolve("relay/target/node-" + program).toAbsolutePath();
      install(root, root.resolve("relay/src/test").resolve(program), home);
      Path log = home.resolve(user + ".log");
      Process process = new ProcessBuilder("node", ".")
          .directory(home.toFile())
          .redirectError(log.toFile())
          .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new NodeProgram(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException("the program for Node can not be started: " + program, e);
    }
  }

  private static void install(Path root, Path source, Path home) throws IOException {
    Path log = Files.createDirectories(home).resolve("install.log");
    Process process = new ProcessBuilder(
            root.resolve(".ci/npm.sh").toString(), source.toString(), home.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    if (!ends(process, INSTALL_LIMIT) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("its packages could not be installed, see " + log);
    }
  }

  private static boolean ends(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Has something done and waits until it is. */
  Config ask(String command, Map<String, String> parameters) {
    Map<String, String> request = new HashMap<>(parameters);
    request.put("do", command);
    String line = ConfigValueFactory.fromMap(request).render(ConfigRenderOptions.concise());
    Config answer = ConfigFactory.parseString(
        exchange(line), ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
    if (answer.hasPath("error")) {
      throw new AssertionError("%s: %s, see %s".formatted(command, answer.getString("error"), log));
    }
    return answer;
  }

  private String exchange(String line) {
    try {
      commands.write(line + "\n");
      commands.flush();
      return CompletableFuture.supplyAsync(this::readAnswer)
          .get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          .orElseThrow(() -> failed("ended"));
    } catch (IOException | ExecutionException e) {
      throw failed(e.toString());
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw failed("did not answer within " + ANSWER_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted");
    }
  }

  private Optional<String> readAnswer() {
    try {
      return Optional.ofNullable(answers.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AssertionError failed(String how) {
    return new AssertionError("the program %s, see %s".formatted(how, log));
  }

  /** Lets the program end, and ends it if it does not. */
  @Override
  public void close() {
    try {
      commands.close();
    } catch (IOException e) {
      // It is gone already.
    }
    if (!ends(process, END_LIMIT)) {
      process.destroyForcibly();
    }
  }
}
