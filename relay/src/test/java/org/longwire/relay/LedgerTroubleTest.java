package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that cannot be used stops the daemon with a sentence, and is left as evidence. */
class LedgerTroubleTest {
  /** Where SQLite keeps a file's user version, which is the schema's number. */
  private static final int USER_VERSION_AT = 60;

  @TempDir
  Path folder;

  private SmallWorld world;
  private Path ledger;

  @BeforeEach
  void build() throws Exception {
    world = SmallWorld.in(folder);
    ledger = new StateFiles(world.state()).ledger();
  }

  @AfterEach
  void leave() {
    world.close();
  }

  private void makeOne() throws Exception {
    try (Daemon daemon = world.daemon()) {
      SmallWorld.awaitSentence(daemon, "matrix", "connected");
    }
  }

  private DaemonEnd refusal() throws IOException {
    byte[] before = Files.readAllBytes(ledger);
    Daemon.CannotStart refusal = assertThrows(Daemon.CannotStart.class, world::daemon);
    assertArrayEquals(before, Files.readAllBytes(ledger));
    return new DaemonEnd(refusal.exitCode(), refusal.getMessage());
  }

  private record DaemonEnd(ExitCode code, String sentence) {}

  private String damaged() {
    return ledger + " is damaged: stop the relay, move this file and those beside it with the same"
        + " beginning to a safe place, and start; what waited in it is only there";
  }

  @Test
  void aFileThatIsNoDatabase() throws Exception {
    Files.createDirectories(world.state());
    Files.writeString(ledger, "Dear diary, ".repeat(1_000));
    assertEquals(new DaemonEnd(ExitCode.IO, damaged()), refusal());
  }

  @Test
  void pagesThatAreDamagedStopItWithLastWordsAndNoHeapOfTraces() throws Exception {
    makeOne();
    byte[] noise = new byte[(int) Files.size(ledger) - 4_096];
    new Random(7).nextBytes(noise);
    try (FileChannel file = FileChannel.open(ledger, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(noise), 4_096);
    }
    try (CapturedLog log = new CapturedLog();
        Daemon daemon = world.daemon()) {
      assertEquals(new Daemon.Ending(ExitCode.IO, damaged()), daemon.awaitEnd());
      assertEquals(damaged(), Files.readString(world.state().resolve("last-words")));
      assertEquals(0, log.linesWith("Exception").size(), log.lines()::toString);
    } catch (Daemon.CannotStart atOnce) {
      assertEquals(damaged(), atOnce.getMessage());
    }
  }

  @Test
  void oneOfANewerProgram() throws Exception {
    makeOne();
    try (FileChannel file = FileChannel.open(ledger, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 99}), USER_VERSION_AT);
    }
    DaemonEnd end = refusal();
    assertEquals(ExitCode.IO, end.code());
    assertEquals(
        ledger + " was made by a newer Longwire (schema 99, this one knows 2);"
            + " install that version again",
        end.sentence());
  }

  @Test
  void aDirectoryInItsPlace() throws Exception {
    Files.createDirectories(ledger);
    Daemon.CannotStart refusal = assertThrows(Daemon.CannotStart.class, world::daemon);
    assertEquals(ExitCode.IO, refusal.exitCode());
    assertTrue(refusal.getMessage().contains(ledger + " cannot be made: it is no plain file"));
  }

  @Test
  void aFileInThePlaceOfTheStateDirectory() throws Exception {
    Files.writeString(world.state(), "");
    Daemon.CannotStart refusal = assertThrows(Daemon.CannotStart.class, world::daemon);
    assertEquals(ExitCode.IO, refusal.exitCode());
    assertEquals(
        "the state directory %s is no directory: move the file away, or choose --state"
            .formatted(world.state()),
        refusal.getMessage());
  }
}
