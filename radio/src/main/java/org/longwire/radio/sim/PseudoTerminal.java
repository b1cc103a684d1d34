package org.longwire.radio.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A pseudo-terminal whose far end is ours. Java cannot make one, so {@code script} of util-linux
 * does (every Debian has it): its pipes are the far end, and killing it is pulling the cable. Owns
 * a thread that reads.
 */
final class PseudoTerminal implements AutoCloseable {
  /**
   * The shell keeps the terminal in existence while no client has it open, and ends soon after the
   * process that made it, however that ended.
   */
  private static final String KEEP_OPEN = "stty raw -echo; tty > \"$LONGWIRE_TTY\";"
      + " while kill -0 \"$LONGWIRE_OWNER\" 2>/dev/null; do sleep 10; done";

  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final Duration START_CHECK = Duration.ofMillis(5);
  private static final int CHUNK = 65_536;

  private final Process process;
  private final Path device;
  private final OutputStream out;

  private PseudoTerminal(Process process, Path device) {
    this.process = process;
    this.device = device;
    this.out = process.getOutputStream();
  }

  static boolean isAvailable() {
    for (String program : List.of("script", "stty", "tty")) {
      if (!isOnPath(program)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Arrays.stream(path.split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** @param input takes what a client writes to the terminal, on a thread of ours */
  static PseudoTerminal open(Consumer<byte[]> input) throws IOException, InterruptedException {
    Path name = Files.createTempFile("longwire-pty", ".tty");
    try {
      ProcessBuilder builder = new ProcessBuilder("script", "-qfc", KEEP_OPEN, "/dev/null");
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("SHELL", "/bin/sh");
      builder.environment().put("LONGWIRE_TTY", name.toString());
      builder
          .environment()
          .put("LONGWIRE_OWNER", Long.toString(ProcessHandle.current().pid()));
      Process process = builder.start();
      PseudoTerminal terminal = new PseudoTerminal(process, waitForName(process, name));
      Thread reader = new Thread(() -> terminal.read(input), "pseudo-terminal-" + terminal.device);
      reader.setDaemon(true);
      reader.start();
      return terminal;
    } finally {
      Files.deleteIfExists(name);
    }
  }

  private static Path waitForName(Process process, Path name)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() - end < 0 && process.isAlive()) {
      String line = Files.readString(name);
      if (line.endsWith("\n")) {
        return Path.of(line.strip());
      }
      TimeUnit.MILLISECONDS.sleep(START_CHECK.toMillis());
    }
    process.destroyForcibly();
    throw new IOException("no pseudo-terminal could be made: is script of util-linux there?");
  }

  /** The end that a client opens. */
  Path device() {
    return device;
  }

  /** Blocks while the client does not read and the terminal is full. */
  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  private void read(Consumer<byte[]> input) {
    byte[] buffer = new byte[CHUNK];
    try (InputStream in = process.getInputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        input.accept(Arrays.copyOf(buffer, count));
      }
    } catch (IOException e) {
      // The terminal was closed under us, which is what close() does.
      return;
    }
  }

  /** Idempotent. Everybody who has the terminal open finds it hung up. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }
}
