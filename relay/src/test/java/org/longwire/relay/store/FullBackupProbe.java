package org.longwire.relay.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.longwire.relay.disk.Fault;
import org.longwire.relay.disk.Shim;

/** Run on a disk that becomes full in the middle of a backup: says what is there afterwards. */
final class FullBackupProbe {
  private FullBackupProbe() {}

  /** @param arguments the directory, and the file that arms faults */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Path file = directory.resolve("words.db");
    Path copy = directory.resolve("copy");
    Words.fill(file, 100);
    FileTools tools = new FileTools(file, Words.FIRST);
    FileTools.Progress silent = share -> {};
    tools.backup(copy, silent);
    Shim.arm(
        Path.of(arguments[1]), new Fault(Fault.Call.WRITE, "copy.half", Fault.Kind.NO_SPACE, 2, 1));
    for (Path to : List.of(copy, directory.resolve("other"))) {
      System.out.println("backup: " + outcome(tools, to));
    }
    System.out.println("good: " + new Backups(file, Words.FIRST).isGood(copy));
    try (Stream<Path> files = Files.list(directory)) {
      System.out.println("files: "
          + files
              .map(path -> path.getFileName().toString())
              .filter(name -> !name.startsWith("words.db"))
              .sorted()
              .toList());
    }
  }

  private static String outcome(FileTools tools, Path to) {
    try {
      tools.backup(to, share -> {});
      return "made";
    } catch (StoreException e) {
      return e.getClass().getSimpleName();
    }
  }
}
