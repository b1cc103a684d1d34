package org.longwire.radio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A serial port by its path, best one under {@code /dev/serial/by-id}. The path is resolved at each
 * {@link #open()}, so that a radio that came back under another device name is found again.
 */
public final class SerialPath implements RadioLink.Port {
  private static final Logger LOG = LoggerFactory.getLogger(SerialPath.class);

  /** The rate of every Meshtastic console (reference: meshtastic.md §1.4). */
  public static final int DEFAULT_BAUD = 115_200;

  /** Opening at this rate throws several boards into their boot loader. */
  private static final int BOOT_LOADER_BAUD = 1_200;

  private static final Duration STTY_LIMIT = Duration.ofSeconds(2);
  private static final Path PROC = Path.of("/proc");
  private static final String PSEUDO_TERMINALS = "/dev/pts";

  private final Path path;
  private final int baud;
  private final WriteLimit writeLimit;
  private final SerialPorts ports;
  private final PortHolders holders = new PortHolders(PROC);

  /** @param baud bits per second; 1200 is refused, since it throws boards into their boot loader */
  public SerialPath(Path path, int baud) {
    this(path, baud, WriteLimit.LIMIT);
  }

  SerialPath(Path path, int baud, Duration writeLimit) {
    if (baud == BOOT_LOADER_BAUD) {
      throw new IllegalArgumentException(
          "a radio is never opened at 1200 baud: many boards then enter their boot loader");
    }
    if (baud <= 0) {
      throw new IllegalArgumentException("a baud rate is positive, not " + baud);
    }
    this.path = path;
    this.baud = baud;
    this.writeLimit = new WriteLimit(writeLimit);
    this.ports = SerialPorts.ofThisMachine();
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public boolean isSerial() {
    return true;
  }

  @Override
  public RadioLink open() throws RadioException {
    Path device = resolve();
    refuseIfShared(device);
    keepLinesAtHangUp(device);
    try {
      return SerialLink.open(device, name(), baud, writeLimit);
    } catch (SerialLink.NotOpened e) {
      throw new RadioException.CannotOpen(sentence(device, e.errno()), e);
    }
  }

  private Path resolve() throws RadioException.CannotOpen {
    try {
      Path device = path.toRealPath();
      if (Files.isDirectory(device) || Files.isRegularFile(device)) {
        throw new RadioException.CannotOpen(
            "%s is no serial port; `longwire ports` lists those that are there".formatted(name()));
      }
      return device;
    } catch (IOException e) {
      throw new RadioException.CannotOpen(absent(), e);
    }
  }

  /**
   * A program that did not lock the port would still take half of the bytes. A pseudo-terminal is
   * always open at its other end too, and so it is left to the lock.
   */
  private void refuseIfShared(Path device) throws RadioException.CannotOpen {
    if (!device.startsWith(PSEUDO_TERMINALS) && !holders.of(device).isEmpty()) {
      throw new RadioException.CannotOpen(busy(device));
    }
  }

  /**
   * Without this the end of our process drops DTR and RTS, which resets some boards and loses what
   * they had kept for us. Must come before the real open; tolerated when it fails, as it does on
   * what is no real terminal.
   */
  private static void keepLinesAtHangUp(Path device) {
    ProcessBuilder stty = new ProcessBuilder("stty", "-F", device.toString(), "-hupcl");
    stty.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    stty.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = stty.start();
      if (!process.waitFor(STTY_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        LOG.debug("stty on {} did not end", device);
      }
    } catch (IOException e) {
      // The udev rule does the same, where it is installed.
      LOG.debug("stty could not be run on {}", device, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String sentence(Path device, int errno) {
    if (!Files.exists(device)) {
      return absent();
    }
    boolean forbidden = errno == Errno.EACCES || errno == Errno.EPERM;
    if (forbidden || !Files.isReadable(device) || !Files.isWritable(device)) {
      return forbidden(device);
    }
    if (errno == Errno.EBUSY || errno == Errno.EAGAIN || isLocked(device)) {
      return busy(device);
    }
    if (errno == Errno.EIO || errno == Errno.ENXIO || errno == Errno.ENODEV) {
      return "the serial port %s does not answer (error %d); unplug the radio and plug it in again"
          .formatted(name(), errno);
    }
    return "the serial port %s cannot be opened (error %d)".formatted(name(), errno);
  }

  private boolean isLocked(Path device) {
    return holders.of(device).stream().anyMatch(PortHolders.Holder::locks);
  }

  private String absent() {
    List<String> there = ports.list().stream().map(PortDescription::bestPath).toList();
    String choice = there.isEmpty()
        ? "no serial port is there at all; is the radio plugged in with a data cable?"
        : "there is " + String.join(", ", there);
    return "there is no serial port %s; %s".formatted(name(), choice);
  }

  private String forbidden(Path device) {
    String user = System.getProperty("user.name", "USER");
    String group = SerialPorts.groupOf(device).orElse("dialout");
    return ("no permission to open %s, which belongs to the group %s: "
            + "sudo usermod -aG %s %s, then log in again")
        .formatted(name(), group, group, user);
  }

  private String busy(Path device) {
    List<PortHolders.Holder> all = holders.of(device);
    if (all.isEmpty()) {
      return ("the serial port %s is held by another process; see who with: "
              + "sudo fuser -v %s (often ModemManager, brltty or gpsd)")
          .formatted(name(), device);
    }
    PortHolders.Holder holder = all.get(0);
    return "the serial port %s is held by %s; %s"
        .formatted(name(), holder.sentence(), cure(holder.name()));
  }

  private static String cure(String holder) {
    return switch (holder) {
      case "ModemManager" ->
        "install the udev rule that comes with this program, "
            + "or: sudo systemctl disable --now ModemManager";
      case "brltty" -> "remove it if you need no Braille display: sudo apt remove brltty";
      case "gpsd" -> "give it its own device in /etc/default/gpsd";
      default -> "stop it, then this port opens by itself";
    };
  }
}
