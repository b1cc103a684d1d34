package org.longwire.relay.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.longwire.relay.run.NativeLibraries;

/**
 * Processes of ours that see their disk through {@code src/test/native/disk.c}: what they do to the
 * files of one directory is written down, and fails where a test says so. Needs a C compiler, which
 * {@code .ci/compiler.sh} installs.
 */
public final class Shim {
  private static final long PATIENCE_SECONDS = 120;

  /** Compiled once, with the native libraries beside it: a child that is killed tidies nothing. */
  private static final class Library {
    private static final Path DIRECTORY = Path.of("target", "native").toAbsolutePath();
    private static final Path FILE = DIRECTORY.resolve("disk.so");

    static {
      NativeLibraries.main(new String[] {DIRECTORY.toString()});
      compile();
    }

    private static void compile() {
      Path source = Path.of("src", "test", "native", "disk.c").toAbsolutePath();
      try {
        Process compiler = new ProcessBuilder(
                "cc", "-O2", "-shared", "-fPIC", "-o", FILE.toString(), source.toString(), "-ldl")
            .redirectErrorStream(true)
            .start();
        String said = new String(compiler.getInputStream().readAllBytes());
        if (compiler.waitFor() != 0) {
          throw new AssertionError("disk.c cannot be compiled: " + said);
        }
      } catch (IOException e) {
        throw new AssertionError(
            "there is no C compiler, and without one no disk can fail: install one (Debian:"
                + " apt-get install gcc libc6-dev)",
            e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  private final Path directory;
  private final Path log;
  private final Path fault;

  /** @param directory the files that are looked at; what the shim itself needs lies beside it */
  public Shim(Path directory) throws IOException {
    this.directory = directory.toRealPath();
    this.log = directory.resolveSibling(directory.getFileName() + ".log");
    this.fault = directory.resolveSibling(directory.getFileName() + ".fault");
  }

  /** What was done to the files, in order. */
  public DiskLog log() throws IOException {
    return DiskLog.read(log);
  }

  /** Has calls fail from now on. */
  public void arm(Fault fault) throws IOException {
    arm(control(), fault);
  }

  /** The file through which a child arms faults itself. */
  public Path control() {
    return fault;
  }

  /** Has calls fail from now on, in whoever looks at this file. */
  public static void arm(Path control, Fault fault) throws IOException {
    Files.writeString(control, fault.line());
  }

  /**
   * Runs a class in a process of its own until it ends.
   *
   * @return what it said
   */
  public String run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory.getParent(), "child", ".out");
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx96m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Dorg.sqlite.lib.path=" + Library.DIRECTORY,
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("LD_PRELOAD", Library.FILE.toString());
    builder.environment().put("DISK_DIRECTORY", directory.toString());
    builder.environment().put("DISK_LOG", log.toString());
    builder.environment().put("DISK_FAULT", fault.toString());
    Process child = builder.start();
    boolean ended = child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    child.destroyForcibly().waitFor();
    String said = Files.readString(output);
    if (!ended || child.exitValue() != 0) {
      throw new AssertionError(main.getSimpleName() + " did not end well: " + said);
    }
    return said;
  }
}
