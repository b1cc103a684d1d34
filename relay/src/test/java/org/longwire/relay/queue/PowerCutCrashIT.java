package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.disk.Disk;
import org.longwire.relay.disk.DiskLog;
import org.longwire.relay.disk.DiskLog.Operation;
import org.longwire.relay.disk.Fault;
import org.longwire.relay.disk.Shim;
import org.longwire.relay.disk.Survival;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.Schema;
import org.longwire.relay.store.StoreException;

/**
 * The power is cut at any moment of a ledger's life, and the disk keeps of what was not synced
 * nothing, a part, or torn sectors: whatever was acknowledged is there. A real process writes its
 * disk down; the moments are chosen afterwards, by a seed.
 */
class PowerCutCrashIT {
  private static final int IMAGES = 320;
  private static final int STEPS = 400;

  /** So few pages that the log is folded into the file every few commits. */
  private static final int SMALL_LOG = 12;

  /** More than a run writes: the log only grows. */
  private static final int LARGE_LOG = 1_000_000;

  private static final int NEW_PACKET = -1;

  @TempDir
  Path folder;

  private final LedgerPromises promises = new LedgerPromises();
  private Path directory;
  private Shim shim;

  @BeforeEach
  void prepare() throws Exception {
    directory = Files.createDirectory(folder.resolve("disk"));
    shim = new Shim(directory);
  }

  /** What became of the images. */
  private static final class Tally {
    private final String name;
    private int images;
    private int unsynced;
    private int unopened;
    private int corrupt;
    private int lost;
    private String example = "";

    private Tally(String name) {
      this.name = name;
    }

    private void complain(String what) {
      example = example.isEmpty() ? ", such as " + what : example;
    }

    @Override
    public String toString() {
      return ("crash: power cut %s: %d images (%d with writes not synced), %d do not open,"
              + " %d corrupt, %d with a loss%s")
          .formatted(name, images, unsynced, unopened, corrupt, lost, example);
    }

    private void requireSound() {
      System.out.println(this);
      assertTrue(images >= IMAGES, this::toString);
      assertEquals(0, unopened + corrupt + lost, this::toString);
    }
  }

  private void traffic(String synchronous, int steps, int checkpointPages) throws Exception {
    shim.run(
        LedgerTraffic.class,
        directory.toString(),
        synchronous,
        Integer.toString(steps),
        Integer.toString(checkpointPages),
        "1");
  }

  /** Cuts the power at moments between two acknowledgements; an empty one stands for the end. */
  private Tally cut(String name, Disk disk, String from, String to) throws Exception {
    Tally tally = new Tally(name);
    Random random = new Random(name.hashCode());
    List<Operation> log = shim.log().operations();
    int first = from.isEmpty() ? 0 : position(log, from);
    int last = to.isEmpty() ? log.size() : position(log, to);
    List<Integer> moments = random
        .ints(IMAGES / Survival.values().length, first, last + 1)
        .sorted()
        .boxed()
        .toList();
    int done = 0;
    for (int moment : moments) {
      for (; done < moment; done++) {
        disk.apply(log.get(done));
        lines(log.get(done)).forEach(promises::add);
      }
      for (Survival survival : Survival.values()) {
        tally.unsynced += disk.isUnsynced(LedgerTraffic.FILE) ? 1 : 0;
        Path image = folder.resolve("image");
        disk.cut(image, survival, random);
        judge(image, tally);
        delete(image);
      }
    }
    return tally;
  }

  private static int position(List<Operation> log, String acknowledgement) {
    for (int i = 0; i < log.size(); i++) {
      if (lines(log.get(i)).contains(acknowledgement)) {
        return i;
      }
    }
    throw new IllegalArgumentException("nobody acknowledged: " + acknowledgement);
  }

  private static List<String> lines(Operation operation) {
    return operation.kind() == DiskLog.Kind.WRITE
            && operation.file().equals(LedgerTraffic.ACKNOWLEDGED)
        ? new String(operation.data(), StandardCharsets.UTF_8).lines().toList()
        : List.of();
  }

  private void judge(Path image, Tally tally) {
    tally.images++;
    try (Database database = Database.open(image.resolve(LedgerTraffic.FILE), Options.ledger())) {
      database.unattended();
      List<String> verdict =
          database.read(tx -> tx.list("PRAGMA integrity_check", row -> row.getString(1)));
      if (!verdict.equals(List.of("ok"))) {
        tally.corrupt++;
        tally.complain(verdict.get(0));
      }
      Ledger ledger = Ledger.open(database, new LedgerFixture.Clock(), new Random(1));
      List<String> broken = promises.broken(database, ledger);
      if (!broken.isEmpty()) {
        tally.lost++;
        tally.complain(broken.get(0));
      }
      if (!ledger.accept(LedgerFixture.packet(NEW_PACKET, LedgerFixture.ROOM_B))) {
        tally.complain("a new message is not taken");
        tally.lost++;
      }
    } catch (StoreException | InterruptedException e) {
      tally.unopened++;
      tally.complain(e.getMessage());
    }
  }

  private static void delete(Path image) throws IOException {
    try (Stream<Path> files = Files.walk(image)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void amongCheckpointsNothingAcknowledgedIsLost() throws Exception {
    Disk disk = Disk.of(directory);
    traffic("full", STEPS, SMALL_LOG);
    cut("among checkpoints", disk, LedgerTraffic.OPENED, LedgerTraffic.CLOSING).requireSound();
  }

  @Test
  void whileTheLogGrowsNothingAcknowledgedIsLost() throws Exception {
    Disk disk = Disk.of(directory);
    traffic("full", STEPS, LARGE_LOG);
    cut("in a growing log", disk, LedgerTraffic.OPENED, LedgerTraffic.CLOSING).requireSound();
  }

  @Test
  void whileANewLedgerIsMadeItOpensAfterwards() throws Exception {
    Disk disk = Disk.of(directory);
    traffic("full", 0, SMALL_LOG);
    cut("at birth", disk, "", LedgerTraffic.OPENED).requireSound();
  }

  @Test
  void whileALedgerIsMigratedNothingAcknowledgedIsLost() throws Exception {
    List<String> migrations = Schema.LEDGER.migrations();
    Schema older =
        new Schema(Schema.LEDGER.name(), Schema.LEDGER.applicationId(), migrations.subList(0, 1));
    try (LedgerTraffic before =
        new LedgerTraffic(directory, Options.ledger().withSchema(older), 0)) {
      before.fill(STEPS / 8);
    }
    Files.readAllLines(directory.resolve(LedgerTraffic.ACKNOWLEDGED)).forEach(promises::add);
    Disk disk = Disk.of(directory);
    traffic("full", 5, SMALL_LOG);
    cut("in a migration", disk, "", LedgerTraffic.CLOSING).requireSound();
  }

  @Test
  void whileALedgerIsClosedNothingAcknowledgedIsLost() throws Exception {
    Disk disk = Disk.of(directory);
    traffic("full", STEPS, LARGE_LOG);
    cut("at the close", disk, LedgerTraffic.CLOSING, "").requireSound();
  }

  /** The kernel tells once that it could not write pages, and forgets them. */
  @Test
  void syncsThatFailNowAndThenLoseNothingAcknowledged() throws Exception {
    Disk disk = Disk.of(directory);
    shim.arm(new Fault(Fault.Call.SYNC, "*", Fault.Kind.IO_ERROR, 40, 7));
    traffic("full", STEPS, SMALL_LOG);
    cut("among failing syncs", disk, LedgerTraffic.OPENED, LedgerTraffic.CLOSING)
        .requireSound();
  }

  /** The last sync before the close fails: what it was for must not pass for committed. */
  @Test
  void aFailedSyncBeforeTheCloseLosesNothingAcknowledged() throws Exception {
    Disk disk = Disk.of(directory);
    // Each migration syncs once, and the file must be there before anything fails.
    int birth = Schema.LEDGER.version() + 1;
    shim.arm(
        new Fault(Fault.Call.SYNC, LedgerTraffic.FILE + "-wal", Fault.Kind.IO_ERROR, birth, 3));
    traffic("full", STEPS / 4, SMALL_LOG);
    cut("at a close after failing syncs", disk, LedgerTraffic.CLOSING, "").requireSound();
  }

  /** The control: what is not synced is lost, and this test sees it. */
  @Test
  void withoutASyncForEachCommitAcknowledgedRowsAreLost() throws Exception {
    Disk disk = Disk.of(directory);
    traffic("normal", STEPS, SMALL_LOG);
    Tally tally =
        cut("without syncs (must lose)", disk, LedgerTraffic.OPENED, LedgerTraffic.CLOSING);
    System.out.println(tally);
    assertTrue(tally.lost > IMAGES / 4, tally::toString);
    assertEquals(0, tally.unopened + tally.corrupt, tally::toString);
  }

  /** The other control: a disk that says "done" and is not. */
  @Test
  void aDiskThatLiesLosesAcknowledgedRows() throws Exception {
    Disk disk = Disk.lying(directory);
    traffic("full", STEPS, SMALL_LOG);
    Tally tally =
        cut("on a lying disk (must lose)", disk, LedgerTraffic.OPENED, LedgerTraffic.CLOSING);
    System.out.println(tally);
    assertTrue(tally.lost + tally.unopened + tally.corrupt > IMAGES / 4, tally::toString);
  }
}
