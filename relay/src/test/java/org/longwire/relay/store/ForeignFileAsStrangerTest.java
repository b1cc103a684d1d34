package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.run.Duty;

/**
 * The table of foreign files, measured by a process that may write neither the files nor beside
 * them. Needs to be root to become somebody else; else it is skipped.
 */
class ForeignFileAsStrangerTest {
  private static final String NOBODY = "65534";

  @TempDir
  Path directory;

  @Test
  void eachStateIsReadInFullByTheWayThatFitsIt() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can be somebody else");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv");
    open(directory);
    List<String> states = List.of("live", "closed", "journalled", "orphaned");
    Path files = Files.createDirectory(directory.resolve("files"));
    ForeignFiles.closed(files.resolve("closed"));
    ForeignFiles.journalled(files.resolve("journalled"));
    ForeignFiles.orphaned(files.resolve("orphaned"));
    List<String> said;
    try (OpenFile owner = ForeignFiles.live(files.resolve("live"))) {
      assertEquals(Optional.of("3"), owner.ask(ForeignFiles.COUNT));
      open(files);
      for (String state : states) {
        ForeignFiles.protect(files.resolve(state));
      }
      said = probe(states.stream()
          .map(state -> files.resolve(state).resolve("store.db").toString())
          .toList());
    }
    assertEquals(
        List.of(
            "live: ro 3, immutable 2, ours 3 LIVE, written no",
            "closed: ro fails, immutable 2, ours 2 CLOSED, written no",
            "journalled: ro 2, immutable 2, ours 2 CLOSED, written no",
            "orphaned: ro fails, immutable 2, ours 3 COPIED, written no"),
        said);
  }

  private List<String> probe(List<String> files) throws Exception {
    Path cache = Files.createDirectory(directory.resolve("cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    List<String> command = new ArrayList<>(List.of(
        "/usr/bin/setpriv",
        "--reuid=" + NOBODY,
        "--regid=" + NOBODY,
        "--clear-groups",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Djava.io.tmpdir=" + cache,
        "-cp",
        classPath(),
        ForeignFileProbe.class.getName(),
        cache.toString()));
    command.addAll(files);
    Path output = directory.resolve("output");
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertEquals(true, ended && process.exitValue() == 0, said);
    return said.lines().filter(line -> line.contains(": ro ")).toList();
  }

  /** Copies of what the probe needs: the originals may lie where only root may look. */
  private String classPath() throws Exception {
    List<String> paths = new ArrayList<>();
    for (Class<?> one : List.of(
        ForeignFileProbe.class, Duty.class, org.sqlite.JDBC.class, org.slf4j.Logger.class)) {
      Path from =
          Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path to = directory.resolve("class-path").resolve(String.valueOf(paths.size()));
      paths.add(copied(from, to).toString());
    }
    return String.join(File.pathSeparator, paths);
  }

  private static Path copied(Path from, Path to) throws Exception {
    open(Files.createDirectories(to.getParent()));
    if (Files.isRegularFile(from)) {
      Path jar = to.resolveSibling(to.getFileName() + ".jar");
      open(Files.copy(from, jar));
      return jar;
    }
    try (var all = Files.walk(from)) {
      for (Path one : all.toList()) {
        open(Files.copy(one, to.resolve(from.relativize(one).toString())));
      }
    }
    return to;
  }

  private static void open(Path path) throws Exception {
    String mode = Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--";
    Files.setPosixFilePermissions(path, Set.copyOf(PosixFilePermissions.fromString(mode)));
  }
}
