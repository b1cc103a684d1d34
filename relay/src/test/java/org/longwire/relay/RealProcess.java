package org.longwire.relay;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, with its output in files. */
final class RealProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  /** Even the superuser obeys the modes of files then. */
  private static final List<String> WITHOUT_PRIVILEGES =
      List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search");

  private final Process process;
  private final Path output;

  private RealProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static RealProcess start(Path folder, Map<String, String> environment, String... line)
      throws IOException {
    return start(List.of(), folder, environment, line);
  }

  /** Starts it so that the modes of files hold for it whoever tests. */
  static RealProcess startWithoutPrivileges(Path folder, String... line) throws IOException {
    boolean isRoot =
        Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    return start(isRoot ? WITHOUT_PRIVILEGES : List.of(), folder, Map.of(), line);
  }

  private static RealProcess start(
      List<String> before, Path folder, Map<String, String> environment, String... line)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(line));
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command)
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder.environment().remove("JOURNAL_STREAM");
    builder.environment().putAll(environment);
    return new RealProcess(builder.start(), output);
  }

  /** What it has written so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitOutput(String words) {
    SmallWorld.await(
        "\"" + words + "\" of a process", () -> output().contains(words) || !process.isAlive());
    if (!output().contains(words)) {
      throw new AssertionError("it ended without \"" + words + "\": " + output());
    }
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end: " + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
