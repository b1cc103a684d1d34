package org.longwire.relay.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.longwire.relay.disk.Fault;
import org.longwire.relay.disk.Shim;

/**
 * Run on a disk that fails one sync, upon which the kernel has forgotten pages of the file: says
 * how the next write goes, and how many words there are then.
 */
final class ForgottenPagesProbe {
  private ForgottenPagesProbe() {}

  /** @param arguments the directory, the file that arms faults, and "ledger" or "store" */
  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]).resolve("words.db");
    boolean isStore = arguments[2].equals("store");
    Options options = Options.ledger().withSchema(Words.FIRST).withRecovering(isStore);
    Words.fill(file, 100);
    try (OpenFile open = OpenFile.connect(file, false)) {
      Path backup = file.resolveSibling(Backups.FOLDER).resolve("words.db.1");
      Files.createDirectories(backup.getParent());
      Backups.write(open, backup);
    }
    Path control = Path.of(arguments[1]);
    try (Database database = Database.open(file, options)) {
      database.unattended();
      Shim.arm(control, new Fault(Fault.Call.SYNC, "words.db-wal", Fault.Kind.IO_ERROR, 0, 0));
      System.out.println("first: " + outcome(database, "first"));
      byte[] bytes = Files.readAllBytes(file);
      Arrays.fill(bytes, 8_192, bytes.length, (byte) 0xA5);
      Files.write(file, bytes);
      System.out.println("second: " + outcome(database, "second"));
      System.out.println("third: " + outcome(database, "third"));
    }
  }

  private static String outcome(Database database, String word) throws InterruptedException {
    try {
      database.write(Words.adding(word));
      Optional<Long> count =
          database.read(tx -> tx.first("SELECT count(*) FROM word", row -> row.getLong(1)));
      return count.map(number -> number + " words").orElseThrow();
    } catch (StoreException e) {
      return e.getClass().getSimpleName();
    }
  }
}
