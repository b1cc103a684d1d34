package org.longwire.relay.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Another process that keeps a file locked, as somebody's {@code sqlite3} or backup program does.
 */
public final class Locker implements AutoCloseable {
  private static final String HELD = "held";
  private static final long PATIENCE_SECONDS = 30;

  private final Process process;

  private Locker(Process process) {
    this.process = process;
  }

  /** Locks a file against all who write; it is locked on return. */
  public static Locker hold(Path file) throws IOException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Locker.class.getName(),
            file.toString())
        .redirectErrorStream(true)
        .start();
    StringBuilder said = new StringBuilder();
    String line = process.inputReader().readLine();
    while (line != null && !line.equals(HELD)) {
      said.append(line).append('\n');
      line = process.inputReader().readLine();
    }
    if (line == null) {
      throw new IllegalStateException("the other process did not lock the file: " + said);
    }
    return new Locker(process);
  }

  /** @param arguments the file; the lock is held until the input ends */
  public static void main(String[] arguments) throws Exception {
    try (OpenFile open = OpenFile.connect(Path.of(arguments[0]), false)) {
      open.execute("BEGIN EXCLUSIVE");
      System.out.println(HELD);
      while (System.in.read() >= 0) {
        continue;
      }
      open.execute("ROLLBACK");
    }
  }

  /** Waits while it is held. */
  public void holdFor(Duration time) throws InterruptedException {
    if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the other process has ended");
    }
  }

  /** Lets go; it is free on return. */
  @Override
  public void close() {
    try {
      process.outputWriter().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
