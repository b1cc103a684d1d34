package org.longwire.relay.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The daemon as systemd would start it: by the shipped launcher, told to notify. In systemd's place
 * stands a pipe, and in the place of {@code systemd-notify} a script that writes into it.
 */
final class DaemonProcess implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final int END_SECONDS = 30;

  /**
   * Not on a disk: a write into a pipe there changes its time of change, and the kernel counts what
   * a child has written with its parent's bytes.
   */
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Process process;
  private final CompletableFuture<Long> ready = new CompletableFuture<>();
  private final Path pipe;
  private final long startedAt;

  private DaemonProcess(Process process, Path pipe, long startedAt) {
    this.process = process;
    this.pipe = pipe;
    this.startedAt = startedAt;
  }

  /** Starts the daemon; further variables go into its environment. */
  static DaemonProcess start(
      Installation installation, BenchWorld world, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path programs = Files.createDirectories(world.directory().resolve("bin"));
    Path notify = programs.resolve("systemd-notify");
    Files.writeString(notify, "#!/bin/sh\necho \"$*\" >\"$NOTIFY_SOCKET\"\n");
    Files.setPosixFilePermissions(notify, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path pipe = MEMORY.resolve("longwire-bench-" + ProcessHandle.current().pid());
    Files.deleteIfExists(pipe);
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    ProcessBuilder builder = new ProcessBuilder(
            installation.launcher().toString(),
            "run",
            "--config",
            world.config().toString(),
            "--state",
            world.state().toString())
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(world.directory().resolve("log").toFile()));
    builder.environment().put("NOTIFY_SOCKET", pipe.toString());
    builder.environment().compute("PATH", (name, path) -> programs + ":" + path);
    builder.environment().putAll(environment);
    long now = System.nanoTime();
    DaemonProcess daemon = new DaemonProcess(builder.start(), pipe, now);
    Thread listener = new Thread(daemon::listen, "notify");
    listener.setDaemon(true);
    listener.start();
    return daemon;
  }

  private void listen() {
    try {
      while (process.isAlive()) {
        // Opening waits until somebody writes, and each writer ends the file.
        if (Files.readString(pipe).contains("READY=1")) {
          ready.complete(System.nanoTime());
        }
      }
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  /** Waits for readiness and gives the milliseconds it took from the start. */
  double awaitReady() throws InterruptedException {
    try {
      return (ready.get(START_SECONDS, TimeUnit.SECONDS) - startedAt) / 1e6;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the daemon was not ready; see its log", e);
    }
  }

  /** The Java machine's: the launcher becomes it. */
  ProcessFigures figures() {
    return new ProcessFigures(process.pid());
  }

  /** How many processes it has beside itself. */
  long children() {
    return process.descendants().count();
  }

  /** Ends the daemon in good order. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      // Lets the listener go, who may wait in the pipe.
      Files.newByteChannel(
              pipe, java.nio.file.StandardOpenOption.READ, java.nio.file.StandardOpenOption.WRITE)
          .close();
      Files.deleteIfExists(pipe);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
