package org.longwire.radio;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The link over a tty, the only class that imports jSerialComm. One thread reads; another may write
 * or close. DTR and RTS are asserted together and stay so (reference: meshtastic.md §1.5). The
 * library's disconnect listener is not used: it spins once the port is gone.
 */
final class SerialLink implements RadioLink {
  /** The terminal's own timer counts to 25.5 s; a longer wait is several of these. */
  private static final int LONGEST_WAIT_MS = 25_000;

  /** The terminal's timer counts tenths of a second. */
  private static final int TICK_MS = 100;

  /** The bytes of a goodbye are on their way by then; a pseudo-terminal cannot be asked. */
  private static final Duration LINGER = Duration.ofMillis(250);

  /** A write waits until the bytes have left, so that a close cannot take them back. */
  private static final int MODE =
      SerialPort.TIMEOUT_READ_SEMI_BLOCKING | SerialPort.TIMEOUT_WRITE_BLOCKING;

  private final SerialPort port;
  private final String name;
  private final WriteLimit writeLimit;
  private int waitMs;
  private volatile long lastWrite = System.nanoTime() - LINGER.toNanos();
  private volatile boolean closed;
  private volatile boolean stuck;

  private SerialLink(SerialPort port, String name, WriteLimit writeLimit) {
    this.port = port;
    this.name = name;
    this.writeLimit = writeLimit;
  }

  /** An attempt to open that failed, with the system's error number. */
  static final class NotOpened extends Exception {
    private static final long serialVersionUID = 1L;

    private final int errno;

    NotOpened(int errno) {
      super("error " + errno);
      this.errno = errno;
    }

    int errno() {
      return errno;
    }
  }

  /**
   * Opens a device that was resolved and prepared by {@link SerialPath}, exclusively, 8N1.
   *
   * @param name how people call it, for sentences
   */
  static SerialLink open(Path device, String name, int baud, WriteLimit writeLimit)
      throws NotOpened {
    SerialPort port;
    try {
      port = SerialPort.getCommPort(device.toString());
    } catch (SerialPortInvalidPortException e) {
      NotOpened gone = new NotOpened(Errno.ENOENT);
      gone.initCause(e);
      throw gone;
    }
    port.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
    port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    port.setComPortTimeouts(MODE, TICK_MS, 0);
    // Before the open this only says what the open shall do: both lines at once.
    port.setDTRandRTS(true, true);
    if (!port.openPort()) {
      throw new NotOpened(port.getLastErrorCode());
    }
    SerialLink link = new SerialLink(port, name, writeLimit);
    link.waitMs = TICK_MS;
    return link;
  }

  static void beforeClosingAtShutdown(Thread thread) {
    SerialPort.addShutdownHook(thread);
  }

  /** The wait is rounded up to tenths of a second, which is what a terminal can count. */
  @Override
  public int read(byte[] buffer, Duration timeout) throws RadioException {
    if (closed) {
      throw lost();
    }
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      setWait((end - System.nanoTime()) / 1_000_000);
      int count = port.readBytes(buffer, buffer.length);
      if (count < 0 || closed) {
        throw lost();
      }
      if (count > 0 || System.nanoTime() - end >= 0) {
        return count;
      }
    }
  }

  /**
   * Each change of the wait is a round of system calls, so a wait that is nearly right is kept; the
   * loop in {@link #read} makes up for one that is too short.
   */
  private void setWait(long remainingMs) {
    long wanted = Math.min(Math.max(remainingMs, TICK_MS), LONGEST_WAIT_MS);
    if (waitMs * 4L >= wanted * 3 && waitMs <= wanted + TICK_MS) {
      return;
    }
    waitMs = (int) ((wanted + TICK_MS - 1) / TICK_MS * TICK_MS);
    port.setComPortTimeouts(MODE, waitMs, 0);
  }

  @Override
  public void write(byte[] bytes) throws RadioException {
    if (closed) {
      throw lost();
    }
    writeLimit.guard(this::giveUp, () -> writeAll(bytes));
  }

  private void writeAll(byte[] bytes) throws RadioException {
    int count = port.writeBytes(bytes, bytes.length);
    lastWrite = System.nanoTime();
    if (count != bytes.length || closed) {
      throw lost();
    }
  }

  private void giveUp() {
    stuck = true;
    close();
  }

  private RadioException.LinkLost lost() {
    if (stuck) {
      return new RadioException.LinkLost(
          "the radio at %s has taken no bytes for %d s; is it hung? reset it"
              .formatted(name, writeLimit.seconds()));
    }
    if (closed) {
      return new RadioException.LinkLost("the link to %s was closed".formatted(name));
    }
    return new RadioException.LinkLost("the radio at %s was unplugged".formatted(name));
  }

  @Override
  public void close() {
    if (!closed && !stuck) {
      linger();
    }
    closed = true;
    // Puts the terminal into non-blocking mode first, which wakes a reader and a writer.
    port.closePort();
  }

  /** The library throws away at the close what the other end has not taken yet. */
  private void linger() {
    long remaining = LINGER.toNanos() - (System.nanoTime() - lastWrite);
    if (remaining > 0) {
      try {
        TimeUnit.NANOSECONDS.sleep(remaining);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
