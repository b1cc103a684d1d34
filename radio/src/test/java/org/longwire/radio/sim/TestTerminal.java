package org.longwire.radio.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The far end of a pseudo-terminal, for tests that play a board by hand. */
public final class TestTerminal implements AutoCloseable {
  private static final int WAIT_SECONDS = 20;

  private final PseudoTerminal terminal;
  private final BlockingQueue<byte[]> received;
  private final CountDownLatch deaf;
  private byte[] left = new byte[0];

  private TestTerminal(
      PseudoTerminal terminal, BlockingQueue<byte[]> received, CountDownLatch deaf) {
    this.terminal = terminal;
    this.received = received;
    this.deaf = deaf;
  }

  public static TestTerminal open() throws IOException, InterruptedException {
    BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    return new TestTerminal(PseudoTerminal.open(received::add), received, new CountDownLatch(0));
  }

  /** A board that hangs: it takes nothing until it is closed. */
  public static TestTerminal thatNeverReads() throws IOException, InterruptedException {
    CountDownLatch deaf = new CountDownLatch(1);
    PseudoTerminal terminal = PseudoTerminal.open(bytes -> await(deaf));
    return new TestTerminal(terminal, new LinkedBlockingQueue<>(), deaf);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public Path device() {
    return terminal.device();
  }

  public void write(byte[] bytes) throws IOException {
    terminal.write(bytes);
  }

  public void writeLater(byte[] bytes) {
    CompletableFuture.runAsync(() -> {
      try {
        terminal.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /** Exactly so many bytes of what the client wrote, waiting for them. */
  public byte[] take(int size) throws InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(left);
    while (all.size() < size) {
      byte[] more = received.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (more == null) {
        throw new AssertionError("only " + all.size() + " of " + size + " bytes came");
      }
      all.writeBytes(more);
    }
    byte[] bytes = all.toByteArray();
    left = Arrays.copyOfRange(bytes, size, bytes.length);
    return Arrays.copyOf(bytes, size);
  }

  public CompletableFuture<byte[]> takeLater(int size) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return take(size);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  @Override
  public void close() {
    deaf.countDown();
    terminal.close();
  }
}
