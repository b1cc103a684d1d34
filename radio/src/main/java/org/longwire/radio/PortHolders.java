package org.longwire.radio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which processes have a device open, found in {@code /proc}. Processes of other users are only
 * visible to root.
 */
final class PortHolders {
  /**
   * @param name the program's name, as the system cuts it
   * @param locks whether it holds a lock on the device, and not only the device
   */
  record Holder(long pid, String name, boolean locks) {
    String sentence() {
      return pid == ProcessHandle.current().pid()
          ? "this program itself"
          : "process %d (%s)".formatted(pid, name);
    }
  }

  private final Path proc;

  PortHolders(Path proc) {
    this.proc = proc;
  }

  /** Those who have the device open, the ones with a lock first. */
  List<Holder> of(Path device) {
    List<Holder> holders = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        look(process, device, holders);
      }
    } catch (IOException | UncheckedIOException e) {
      // No /proc, no names: the sentence then says that the holder is unknown.
      return holders;
    }
    holders.sort(Comparator.comparing(Holder::locks).reversed());
    return holders;
  }

  private void look(Path process, Path device, List<Holder> holders) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        if (Files.readSymbolicLink(descriptor).equals(device)) {
          boolean locks = locks(process, descriptor.getFileName().toString());
          holders.add(new Holder(pidOf(process), nameOf(process), locks));
          return;
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // A process of somebody else's, or one that has just ended.
      return;
    }
  }

  private static boolean locks(Path process, String descriptor) {
    try {
      return Files.readString(process.resolve("fdinfo").resolve(descriptor)).contains("lock:");
    } catch (IOException e) {
      return false;
    }
  }

  private static long pidOf(Path process) {
    return Long.parseLong(process.getFileName().toString());
  }

  private static String nameOf(Path process) {
    try {
      byte[] name = Files.readAllBytes(process.resolve("comm"));
      return new String(name, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
