package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.radio.sim.PtyRadio;
import org.longwire.radio.sim.TestTerminal;

/** The serial link on a pseudo-terminal, whose far end plays the board. */
@Timeout(60)
class SerialLinkTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir
  Path directory;

  private TestTerminal board;
  private Path stable;

  @BeforeEach
  void plugIn() throws Exception {
    assumeTrue(PtyRadio.isAvailable(), "this system has no script of util-linux");
    stable = directory.resolve("usb-radio");
    board = TestTerminal.open();
    Files.createSymbolicLink(stable, board.device());
  }

  @AfterEach
  void putAway() {
    if (board != null) {
      board.close();
    }
  }

  @Test
  void everyByteCrossesUnchangedBothWays() throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    try (RadioLink link = new SerialPath(stable, SerialPath.DEFAULT_BAUD).open()) {
      link.write(all);
      assertArrayEquals(all, board.take(all.length));
      board.write(all);
      assertArrayEquals(all, read(link, all.length));
    }
  }

  @Test
  void sixtyFourKilobytesCrossUnchangedBothWays() throws Exception {
    byte[] block = new byte[65_536];
    new Random(64).nextBytes(block);
    try (RadioLink link = new SerialPath(stable, SerialPath.DEFAULT_BAUD).open()) {
      CompletableFuture<byte[]> taken = board.takeLater(block.length);
      link.write(block);
      assertArrayEquals(block, taken.join());
      board.writeLater(block);
      assertArrayEquals(block, read(link, block.length));
    }
  }

  @Test
  void nothingInTimeIsZeroBytes() throws Exception {
    try (RadioLink link = new SerialPath(stable, SerialPath.DEFAULT_BAUD).open()) {
      assertEquals(0, link.read(new byte[16], Duration.ofMillis(150)));
    }
  }

  @Test
  void aByteEndsALongWait() throws Exception {
    try (RadioLink link = new SerialPath(stable, SerialPath.DEFAULT_BAUD).open()) {
      CompletableFuture<Integer> read = readLater(link);
      board.write(new byte[] {42});
      assertEquals(1, read.get(LONG.toSeconds() / 2, TimeUnit.SECONDS));
    }
  }

  @Test
  void closingWakesAReader() throws Exception {
    RadioLink link = new SerialPath(stable, SerialPath.DEFAULT_BAUD).open();
    CompletableFuture<String> end = lossLater(link);
    link.close();
    assertTrue(end.get(LONG.toSeconds() / 2, TimeUnit.SECONDS).contains("was closed"));
    link.close();
  }

  @Test
  void pullingTheCableIsALostLink() throws Exception {
    try (RadioLink link = new SerialPath(stable, SerialPath.DEFAULT_BAUD).open()) {
      CompletableFuture<String> end = lossLater(link);
      board.close();
      String sentence = end.get(LONG.toSeconds() / 2, TimeUnit.SECONDS);
      assertEquals("the radio at %s was unplugged".formatted(stable), sentence);
      assertThrows(RadioException.LinkLost.class, () -> link.write(new byte[] {1}));
    }
  }

  @Test
  void aRadioThatCameBackUnderAnotherDeviceIsFoundByItsStablePath() throws Exception {
    SerialPath path = new SerialPath(stable, SerialPath.DEFAULT_BAUD);
    path.open().close();
    try (TestTerminal other = TestTerminal.open()) {
      Files.delete(stable);
      board.close();
      Files.createSymbolicLink(stable, other.device());
      try (RadioLink link = path.open()) {
        link.write(new byte[] {7});
        assertArrayEquals(new byte[] {7}, other.take(1));
      }
    }
  }

  @Test
  void aSecondOpenerOfThisProgramIsRefused() throws Exception {
    SerialPath path = new SerialPath(stable, SerialPath.DEFAULT_BAUD);
    try (RadioLink first = path.open()) {
      String sentence =
          assertThrows(RadioException.CannotOpen.class, path::open).getMessage();
      assertTrue(sentence.contains("is held by this program itself"), sentence);
      first.write(new byte[] {1});
      assertArrayEquals(new byte[] {1}, board.take(1));
    }
    path.open().close();
  }

  @Test
  void theHolderOfABusyPortIsNamed() throws Exception {
    Process holder = new ProcessBuilder(
            "flock", board.device().toString(), "sh", "-c", "echo held; sleep 60")
        .start();
    try {
      assertEquals('h', holder.getInputStream().read());
      String sentence = assertThrows(
              RadioException.CannotOpen.class,
              () -> new SerialPath(stable, SerialPath.DEFAULT_BAUD).open())
          .getMessage();
      assertTrue(sentence.contains("process " + holder.pid() + " (flock)"), sentence);
    } finally {
      holder.descendants().forEach(ProcessHandle::destroyForcibly);
      holder.destroyForcibly().waitFor();
    }
  }

  @Test
  void whatWasWrittenJustBeforeTheCloseArrives() throws Exception {
    for (byte i = 0; i < 20; i++) {
      RadioLink link = new SerialPath(stable, SerialPath.DEFAULT_BAUD).open();
      link.write(new byte[] {i, 1, 2, 3});
      link.close();
      assertArrayEquals(new byte[] {i, 1, 2, 3}, board.take(4));
    }
  }

  @Test
  void aMissingPortIsNamed() {
    SerialPath path = new SerialPath(directory.resolve("nothing"), SerialPath.DEFAULT_BAUD);
    String sentence = assertThrows(RadioException.CannotOpen.class, path::open).getMessage();
    assertTrue(sentence.startsWith("there is no serial port " + path.name()), sentence);
  }

  @Test
  void whatIsNoTerminalIsNotOpened() throws IOException {
    Path file = Files.createFile(directory.resolve("plain-file"));
    SerialPath path = new SerialPath(file, SerialPath.DEFAULT_BAUD);
    assertThrows(RadioException.CannotOpen.class, path::open);
  }

  @Test
  void theRateThatEntersABootLoaderIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SerialPath(stable, 1_200));
  }

  @Test
  void aBoardThatTakesNothingIsLostAfterTheLimit() throws Exception {
    try (TestTerminal deaf = TestTerminal.thatNeverReads()) {
      SerialPath path =
          new SerialPath(deaf.device(), SerialPath.DEFAULT_BAUD, Duration.ofMillis(300));
      try (RadioLink link = path.open()) {
        byte[] much = new byte[1 << 20];
        String sentence =
            assertThrows(RadioException.LinkLost.class, () -> link.write(much)).getMessage();
        assertTrue(sentence.contains("has taken no bytes"), sentence);
      }
    }
  }

  private static byte[] read(RadioLink link, int size) throws RadioException {
    byte[] all = new byte[size];
    int filled = 0;
    byte[] buffer = new byte[4_096];
    while (filled < size) {
      int count = link.read(buffer, LONG);
      assertTrue(count > 0, "bytes were lost");
      System.arraycopy(buffer, 0, all, filled, count);
      filled += count;
    }
    return Arrays.copyOf(all, filled);
  }

  private static CompletableFuture<Integer> readLater(RadioLink link) throws Exception {
    return started(() -> link.read(new byte[16], LONG));
  }

  private static CompletableFuture<String> lossLater(RadioLink link) throws Exception {
    return started(
        () -> assertThrows(RadioException.LinkLost.class, () -> link.read(new byte[16], LONG))
            .getMessage());
  }

  private interface Blocking<T> {
    T run() throws RadioException;
  }

  /** Runs it on another thread and returns when that thread is on its way. */
  private static <T> CompletableFuture<T> started(Blocking<T> work) throws Exception {
    BlockingQueue<Boolean> running = new ArrayBlockingQueue<>(1);
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> {
      running.add(true);
      try {
        result.complete(work.run());
      } catch (RadioException | AssertionError e) {
        result.completeExceptionally(e);
      }
    });
    thread.start();
    running.take();
    return result;
  }
}
