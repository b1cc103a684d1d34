package org.longwire.relay.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.longwire.relay.run.NativeLibraries;

/** A daemon in a process of its own. */
final class DaemonProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  /** The native libraries, unpacked once: a killed process cannot tidy up after itself. */
  private static final class Libraries {
    private static final Path DIRECTORY = Path.of("target", "native").toAbsolutePath();

    static {
      NativeLibraries.main(new String[] {DIRECTORY.toString()});
    }
  }

  private final Process process;
  private List<ProcessHandle> children = List.of();

  private DaemonProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param directory holds the configuration, the state and the log
   */
  static DaemonProcess start(Path directory, Map<String, String> properties) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx96m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-Dorg.sqlite.lib.path=" + Libraries.DIRECTORY,
        "-DjSerialComm.library.path=" + Libraries.DIRECTORY,
        "-Djava.io.tmpdir=" + directory));
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of(
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        CrashMain.class.getName(),
        directory.resolve("longwire.conf").toString(),
        directory.resolve("state").toString()));
    return new DaemonProcess(new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(directory.resolve("daemon.log").toFile()))
        .start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Those of its own processes that have outlived it. */
  long leftBehind() {
    return children.stream().filter(ProcessHandle::isAlive).count();
  }

  private void noteChildren() {
    children = process.descendants().toList();
  }

  /** SIGKILL; it is gone on return. */
  void kill() throws InterruptedException {
    noteChildren();
    process.destroyForcibly();
    await();
  }

  /** SIGTERM, upon which it ends in order. */
  int stop() throws InterruptedException {
    noteChildren();
    process.destroy();
    return await();
  }

  /** Waits for its end. */
  int await() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IllegalStateException("the daemon did not end in %d s".formatted(PATIENCE_SECONDS));
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
