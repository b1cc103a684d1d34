package org.longwire.relay.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The shipped jar, run as anybody would run it. */
final class RelayProcess implements AutoCloseable {
  private static final long END_SECONDS = 30;

  private final Process process;
  private final Path log;

  private RelayProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static RelayProcess run(Path configuration, Path state, Path log) throws IOException {
    Path root = Path.of(System.getProperty("longwire.root", ".."));
    Path jar = root.resolve("relay/target/longwire.jar").toAbsolutePath();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = List.of(
        java,
        "-jar",
        jar.toString(),
        "run",
        "--config",
        configuration.toString(),
        "--state",
        state.toString());
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new RelayProcess(process, log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it wrote so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "no log: " + e.getMessage();
    }
  }

  /** SIGTERM; answers the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(
          "the daemon did not end within %d s:%n%s".formatted(END_SECONDS, log()));
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
