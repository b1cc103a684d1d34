package org.longwire.relay.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.longwire.relay.disk.Fault;
import org.longwire.relay.disk.Shim;

/**
 * Run on a disk that fails where it is told to: writes, notes what was acknowledged and what
 * failed, and says for each fault how it went.
 */
final class DiskErrorProbe {
  private static final int CALLS = 6;
  private static final int WRITES = 12;

  /** So few pages that the log is folded into the file within the writes of a case. */
  private static final String SMALL_LOG = "PRAGMA wal_autocheckpoint = 6";

  private final Path file;
  private final Path control;
  private final Options options;
  private final List<String> acknowledged = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final Set<String> failures = new TreeSet<>();
  private int words;

  private DiskErrorProbe(Path file, Path control, Options options) {
    this.file = file;
    this.control = control;
    this.options = options;
  }

  /** @param arguments the directory, and the file that arms faults */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Path control = Path.of(arguments[1]);
    Options ledger = Options.ledger().withSchema(Words.FIRST);
    Options store = ledger.withProfile(Profile.STORE).withRecovering(true);
    int number = 0;
    for (Options options : List.of(ledger, store)) {
      for (Fault fault : faults()) {
        Path file = directory.resolve("words%d.db".formatted(number++));
        Fault named = new Fault(
            fault.call(),
            file.getFileName() + fault.file(),
            fault.kind(),
            fault.first(),
            fault.every());
        DiskErrorProbe probe = new DiskErrorProbe(file, control, options);
        System.out.printf(
            "%s %s %s of \"%s\" after %d, then each %d: %s%n",
            options == ledger ? "ledger" : "store",
            fault.kind(),
            fault.call(),
            fault.file(),
            fault.first(),
            fault.every(),
            probe.outcome(named));
      }
    }
  }

  private static List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    for (Fault.Kind kind : Fault.Kind.values()) {
      for (Fault.Call call : Fault.Call.values()) {
        for (String file : List.of("", "-wal")) {
          for (int first = 0; first < CALLS; first++) {
            faults.add(new Fault(call, file, kind, first, 0));
          }
          faults.add(new Fault(call, file, kind, 0, 1));
          faults.add(new Fault(call, file, kind, 0, 3));
        }
      }
    }
    return faults;
  }

  private String outcome(Fault fault) throws Exception {
    List<String> wrong = new ArrayList<>();
    try (Database database = Database.open(file, options)) {
      database.unattended();
      write(database);
      Shim.arm(control, fault);
      for (int i = 0; i < WRITES; i++) {
        write(database);
      }
      compare("at once", database, wrong);
      Files.delete(control);
      int before = acknowledged.size();
      write(database);
      write(database);
      if (acknowledged.size() != before + 2) {
        wrong.add("it does not go on afterwards");
      }
      compare("afterwards", database, wrong);
      // The close, too, has to do with a failing disk.
      Shim.arm(control, fault);
    }
    Files.deleteIfExists(control);
    try (Database database = Database.open(file, options)) {
      database.unattended();
      compare("opened again", database, wrong);
      Shim.arm(
          control,
          new Fault(Fault.Call.SYNC, file.getFileName() + "-wal", Fault.Kind.IO_ERROR, 1, 0));
      write(database);
    }
    Files.deleteIfExists(control);
    try (Database database = Database.open(file, options)) {
      compare("after a failure at last", database, wrong);
      String verdict = database
          .read(tx -> tx.first("PRAGMA integrity_check", row -> row.getString(1)))
          .orElse("no answer");
      if (!verdict.equals("ok")) {
        wrong.add(verdict);
      }
    }
    return "%s %s".formatted(failures, wrong.isEmpty() ? "sound" : wrong);
  }

  private void write(Database database) throws InterruptedException {
    String word = "word " + words++ + " " + "x".repeat(500);
    try {
      database.write(tx -> tx.update(SMALL_LOG));
      database.write(Words.adding(word));
      acknowledged.add(word);
    } catch (StoreException e) {
      failed.add(word);
      failures.add(e.getClass().getSimpleName() + (e.mayRetry() ? "" : "!"));
    }
  }

  private void compare(String when, Database database, List<String> wrong) {
    try {
      List<String> present = database.read(
          tx -> tx.list("SELECT text FROM word ORDER BY id", row -> row.getString(1)));
      Set<String> ghosts = new HashSet<>(failed);
      ghosts.retainAll(present);
      if (!ghosts.isEmpty()) {
        wrong.add("%s %d failed writes are there".formatted(when, ghosts.size()));
      } else if (!present.equals(acknowledged)) {
        wrong.add("%s %d of %d are there".formatted(when, present.size(), acknowledged.size()));
      }
    } catch (StoreException e) {
      wrong.add("%s it cannot be read: %s".formatted(when, e.getMessage()));
    }
  }
}
