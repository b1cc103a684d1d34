package org.longwire.relay.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Unpacks this machine's native libraries of sqlite-jdbc and jSerialComm beside the jar, once, so
 * that no start writes them to a temporary directory. Run by {@code longwire-prepare}, as a Pi has
 * a Java runtime but often nothing else that opens a jar.
 */
public final class NativeLibraries {
  private final String architecture;
  private final boolean musl;
  private final boolean oldArm;

  /**
   * @param architecture {@code os.arch} of the Java machine, which on a 64-bit kernel may be 32-bit
   * @param musl whether the C library is musl
   * @param oldArm whether a 32-bit ARM is older than version 7
   */
  NativeLibraries(String architecture, boolean musl, boolean oldArm) {
    this.architecture = architecture.toLowerCase(Locale.ROOT);
    this.musl = musl;
    this.oldArm = oldArm;
  }

  /** Unpacks into the directory given; ends with 0, or 74 if that could not be done. */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: NativeLibraries DIRECTORY");
      System.exit(64);
    }
    try {
      here().unpack(Path.of(arguments[0]), System.out);
    } catch (IOException e) {
      System.err.println("cannot unpack into " + arguments[0] + ": " + e);
      System.exit(74);
    }
  }

  private static NativeLibraries here() throws IOException {
    boolean musl;
    try (var files = Files.list(Path.of("/lib"))) {
      musl = files.anyMatch(file -> file.getFileName().toString().startsWith("ld-musl-"));
    }
    String cpu = Files.readString(Path.of("/proc/cpuinfo"));
    return new NativeLibraries(
        System.getProperty("os.arch"), musl, cpu.matches("(?s).*CPU architecture\\s*: [1-6]\\b.*"));
  }

  /** The resources to unpack; none for a machine that the libraries do not know by name. */
  List<String> resources() {
    Optional<String> sqlite = sqlite();
    Optional<String> serial = serial();
    if (sqlite.isEmpty() || serial.isEmpty()) {
      return List.of();
    }
    String system = musl ? "Linux-Musl" : "Linux";
    return List.of(
        "org/sqlite/native/" + system + "/" + sqlite.get() + "/libsqlitejdbc.so",
        "Linux/" + serial.get() + "/libjSerialComm.so");
  }

  private void unpack(Path directory, PrintStream out) throws IOException {
    List<String> resources = resources();
    if (resources.isEmpty()) {
      out.println("no native libraries for " + architecture + "; each start will look for them");
      return;
    }
    Files.createDirectories(directory);
    for (String resource : resources) {
      Path target = directory.resolve(resource.substring(resource.lastIndexOf('/') + 1));
      // In the same directory, so that the move replaces the old one at once and whole.
      Path fresh = Files.createTempFile(directory, "unpacking", ".so");
      try (InputStream in = NativeLibraries.class.getClassLoader().getResourceAsStream(resource)) {
        if (in == null) {
          throw new IOException("there is no " + resource + " beside the jar");
        }
        Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
      out.println("unpacked " + target);
    }
  }

  private Optional<String> sqlite() {
    return switch (architecture) {
      case "amd64", "x86_64" -> Optional.of("x86_64");
      case "aarch64", "arm64" -> Optional.of("aarch64");
      case "arm" -> Optional.of(oldArm ? "armv6" : "armv7");
      case "i386", "i686", "x86" -> Optional.of("x86");
      default -> Optional.empty();
    };
  }

  private Optional<String> serial() {
    return switch (architecture) {
      case "amd64", "x86_64" -> Optional.of("x86_64");
      case "aarch64", "arm64" -> Optional.of("armv8_64");
      case "arm" -> Optional.of(oldArm ? "armv6hf" : "armv7hf");
      case "i386", "i686", "x86" -> Optional.of("x86");
      default -> Optional.empty();
    };
  }
}
