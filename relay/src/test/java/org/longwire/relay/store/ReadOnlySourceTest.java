package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.config.DatabaseConfig.Kind;
import org.longwire.relay.config.DatabaseConfig.Source;

/** A file of somebody else, who opens, changes, closes, replaces and removes it as he likes. */
class ReadOnlySourceTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String ENDLESS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1" + " FROM n) SELECT count(*) FROM n";

  @TempDir
  Path directory;

  private final AtomicLong nanos = new AtomicLong();

  private Path folder() {
    return directory.resolve("theirs");
  }

  private ReadOnlySource source(Kind kind, MountTable mounts) {
    return source(kind, mounts, 1);
  }

  private ReadOnlySource source(Kind kind, MountTable mounts, int readers) {
    Source source = new Source(
        folder().resolve("store.db"), true, kind, false, true, Duration.ofSeconds(1), readers);
    return new ReadOnlySource(
        "theirs",
        source,
        new ReadOnlySource.Means(Words.FIRST, directory.resolve("cache"), mounts, nanos::get));
  }

  private ReadOnlySource source() {
    return source(Kind.LONGWIRE, MountTable.of(List.of()));
  }

  private static long count(ReadOnlySource source) throws StoreException {
    return source.read(tx -> tx.first(ForeignFiles.COUNT, r -> r.getLong(1)).orElseThrow(), LONG);
  }

  @Test
  void aFileAtWorkIsReadAlong() throws Exception {
    try (OpenFile owner = ForeignFiles.live(folder());
        ReadOnlySource source = source()) {
      assertEquals(3, count(source));
      ForeignFiles.add(owner, 4);
      assertEquals(4, count(source));
    }
  }

  @Test
  void aClosedFileIsReadAnewWhenItsOwnerHasBeenAtItAgain() throws Exception {
    ForeignFiles.closed(folder());
    try (ReadOnlySource source = source()) {
      assertEquals(2, count(source));
      try (OpenFile owner = OpenFile.connect(folder().resolve("store.db"), false)) {
        ForeignFiles.add(owner, 3);
        assertEquals(3, count(source), "while he is at work");
      }
      assertEquals(3, count(source), "and after it");
    }
  }

  @Test
  void anotherFileInItsPlaceIsSeen() throws Exception {
    ForeignFiles.closed(folder());
    Path other = directory.resolve("other");
    ForeignFiles.orphaned(other);
    try (ReadOnlySource source = source()) {
      assertEquals(2, count(source));
      for (String name : List.of("store.db", "store.db-wal")) {
        Files.move(
            other.resolve(name), folder().resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
      assertEquals(3, count(source));
    }
  }

  @Test
  void theLogOfADeadOwnerIsReadFromACopyAndLeftAlone() throws Exception {
    ForeignFiles.orphaned(folder());
    byte[] log = Files.readAllBytes(folder().resolve("store.db-wal"));
    try (ReadOnlySource source = source()) {
      assertEquals(3, count(source));
      assertEquals(3, count(source));
    }
    assertEquals(log.length, Files.size(folder().resolve("store.db-wal")));
    assertFalse(Files.exists(folder().resolve("store.db-shm")));
  }

  @Test
  void onANetworkACopyIsReadWhateverTheState() throws Exception {
    ForeignFiles.closed(folder());
    MountTable mounts = MountTable.of(List.of(
        "1 0 8:1 / / rw - ext4 x rw", "2 1 0:9 / " + folder().toRealPath() + " rw - nfs4 x rw"));
    try (ReadOnlySource source = source(Kind.LONGWIRE, mounts)) {
      assertEquals(2, count(source));
      assertTrue(Files.exists(directory.resolve("cache/theirs-0.db")));
    }
  }

  @Test
  void nothingCanBeWritten() throws Exception {
    ForeignFiles.closed(folder());
    try (ReadOnlySource source = source()) {
      assertThrows(StoreException.ReadOnly.class, () -> source.read(Words.adding("never"), LONG));
      assertThrows(
          StoreException.class,
          () -> source.read(
              tx -> tx.update("PRAGMA query_only = OFF")
                  + tx.update("INSERT INTO word(text) VALUES ('never')"),
              LONG));
      assertEquals(2, count(source));
    }
  }

  @Test
  void whatTakesLongToCopyIsCopiedForAPatientQuestionAlone() throws Exception {
    ForeignFiles.closed(folder());
    try (OpenFile owner = OpenFile.connect(folder().resolve("store.db"), false)) {
      owner.update("INSERT INTO word(text) VALUES (?)", "x".repeat(100_000));
    }
    MountTable mounts = MountTable.of(List.of(
        "1 0 8:1 / / rw - ext4 x rw", "2 1 0:9 / " + folder().toRealPath() + " rw - nfs4 x rw"));
    try (ReadOnlySource source = source(Kind.LONGWIRE, mounts)) {
      Duration hurried = Duration.ofMillis(1);
      StoreException refusal =
          assertThrows(StoreException.Transient.class, () -> source.read(tx -> 1, hurried));
      assertTrue(refusal.getMessage().contains("takes too long here"), refusal.getMessage());
      assertEquals(3, count(source));
      assertEquals("copied", source.read(tx -> "copied", hurried));
    }
  }

  @Test
  void aFileThatIsAwayMayComeBack() throws Exception {
    try (ReadOnlySource source = source()) {
      StoreException away = assertThrows(StoreException.Transient.class, () -> count(source));
      assertTrue(away.getMessage().startsWith("there is no "), away.getMessage());
      ForeignFiles.closed(folder());
      assertEquals(2, count(source));
      Files.delete(folder().resolve("store.db"));
      assertThrows(StoreException.class, () -> count(source));
    }
  }

  @Test
  void aReadingHasALimit() throws Exception {
    ForeignFiles.closed(folder());
    try (ReadOnlySource source = source()) {
      StoreException late = assertThrows(
          StoreException.Transient.class,
          () -> source.read(
              tx -> {
                nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                return tx.first(ENDLESS, r -> r.getLong(1));
              },
              Duration.ofMillis(500)));
      assertEquals(
          "the answer took longer than 0.5 s; ask for less, or ask this source alone",
          late.getMessage());
      assertEquals(2, count(source), "and the connection is as good as before");
    }
  }

  /** The first reading goes on until the second is ended, so neither may be waited for alone. */
  @Test
  void closingEndsAllReadingsBeforeItWaitsForOne() throws Exception {
    ForeignFiles.closed(folder());
    ReadOnlySource source = source(Kind.LONGWIRE, MountTable.of(List.of()), 2);
    CountDownLatch bothRead = new CountDownLatch(2);
    CountDownLatch secondEnded = new CountDownLatch(1);
    Thread first = new Thread(() -> readQuietly(source, tx -> {
      bothRead.countDown();
      awaitQuietly(secondEnded);
      return 0L;
    }));
    first.start();
    while (bothRead.getCount() == 2) {
      Thread.onSpinWait();
    }
    Thread second = new Thread(() -> {
      readQuietly(source, tx -> {
        bothRead.countDown();
        return tx.first(ENDLESS, r -> r.getLong(1)).orElseThrow();
      });
      secondEnded.countDown();
    });
    second.start();
    bothRead.await();
    source.close();
    second.join();
    first.join();
    assertEquals(0, OpenFiles.under(folder().toRealPath()));
  }

  private static void readQuietly(ReadOnlySource source, Work<Long> work) {
    try {
      source.read(work, LONG);
    } catch (StoreException e) {
      assertInstanceOf(StoreException.Closed.class, e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDatabaseOfMmrelayIsKnownByItsTables() throws Exception {
    Files.createDirectories(folder());
    try (ReadOnlySource source = source(Kind.MMRELAY, MountTable.of(List.of()))) {
      try (OpenFile owner = OpenFile.connect(folder().resolve("store.db"), false)) {
        owner.execute("CREATE TABLE plugin_data (plugin_name TEXT)");
        assertThrows(StoreException.Unusable.class, () -> source.read(tx -> 0, LONG));
        owner.execute("CREATE TABLE longnames (meshtastic_id TEXT, longname TEXT)");
        owner.execute("INSERT INTO longnames VALUES ('!0badcafe', 'Forx')");
      }
      assertEquals(
          List.of("Forx"),
          source.read(tx -> tx.list("SELECT longname FROM longnames", r -> r.getString(1)), LONG));
      assertEquals(Kind.MMRELAY, source.kind());
    }
  }

  @Test
  void aFileOfAnotherProgramIsRefused() throws Exception {
    Files.createDirectories(folder());
    try (OpenFile owner = OpenFile.connect(folder().resolve("store.db"), false)) {
      owner.execute("CREATE TABLE theirs (x)");
    }
    try (ReadOnlySource source = source()) {
      assertThrows(StoreException.Unusable.class, () -> count(source));
    }
  }

  @Test
  void aDamagedFileOfSomebodyElseIsNotPutAside() throws Exception {
    ForeignFiles.closed(folder());
    Files.write(folder().resolve("store.db"), new byte[8_192]);
    try (ReadOnlySource source = source()) {
      assertThrows(StoreException.class, () -> count(source));
    }
    assertTrue(Files.exists(folder().resolve("store.db")));
  }
}
