package org.longwire.relay.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The built program, copied to where a package would put it, below {@code target}. */
final class Installation {
  private static final Path RELAY = Path.of(System.getProperty("longwire.root"), "relay");

  private final Path home;

  private Installation(Path home) {
    this.home = home;
  }

  /** Installs as the README says, afresh, and prepares this machine with the shipped program. */
  static Installation prepared() {
    try {
      Path root = RELAY.resolve("target/bench-root");
      remove(root);
      Installation installation = new Installation(root.resolve("usr/lib/longwire"));
      installation.copy();
      installation.prepare();
      return installation;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copy() throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    for (String program : List.of("longwire", "longwire-prepare")) {
      copy(RELAY.resolve("bin").resolve(program), home.resolve("bin"));
    }
    copy(RELAY.resolve("target/longwire.jar"), home);
    try (Stream<Path> jars = Files.list(RELAY.resolve("target/lib"))) {
      for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
        copy(jar, home.resolve("lib"));
      }
    }
  }

  private static void copy(Path file, Path directory) throws IOException {
    Files.copy(
        file,
        directory.resolve(file.getFileName()),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  private void prepare() throws IOException {
    long begin = System.nanoTime();
    Path said = home.resolve("prepare.log");
    Process process = new ProcessBuilder(home.resolve("bin/longwire-prepare").toString())
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
    try {
      if (process.waitFor() != 0 || !Files.exists(archive())) {
        throw new IllegalStateException("longwire-prepare failed: " + Files.readString(said));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Figures.print(
        "prepare: %d ms, archive of %d KB",
        (System.nanoTime() - begin) / 1_000_000, Files.size(archive()) / 1024);
  }

  Path launcher() {
    return home.resolve("bin/longwire");
  }

  Path archive() {
    return home.resolve("lib/longwire.jsa");
  }

  static void remove(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
