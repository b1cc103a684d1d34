package org.longwire.radio;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.longwire.radio.PortDescription.Likelihood;

/**
 * The serial ports of a machine, read from {@code /sys}, {@code /dev} and {@code /proc} without
 * opening any of them, since opening a port may reset a radio.
 */
public final class SerialPorts {
  /** How far above the tty its USB device is looked for. */
  private static final int LEVELS_TO_USB = 6;

  /** Real serial chips of a PC come as dozens of empty ports; the Pi's are these. */
  private static final String NAMES = "{ttyUSB,ttyACM,ttyAMA,serial}*";

  private final Path root;
  private final PortHolders holders;

  private SerialPorts(Path root) {
    this.root = root;
    this.holders = new PortHolders(root.resolve("proc"));
  }

  public static SerialPorts ofThisMachine() {
    return new SerialPorts(Path.of("/"));
  }

  /** The ports of a machine whose file system has its root elsewhere, as a test has. */
  static SerialPorts under(Path root) {
    return new SerialPorts(root);
  }

  /**
   * Has a thread run to its end at the shutdown of this process before the serial library closes
   * all ports, which it does at any signal: a session could not say goodbye any more.
   */
  public static void beforeClosingAtShutdown(Thread thread) {
    SerialLink.beforeClosingAtShutdown(thread);
  }

  /** The candidates, the likeliest first. */
  public List<PortDescription> list() {
    List<PortDescription> ports = new ArrayList<>();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(root.resolve("sys/class/tty"), NAMES)) {
      for (Path tty : all) {
        Path device = root.resolve("dev").resolve(tty.getFileName().toString());
        if (Files.exists(device)) {
          ports.add(describe(tty, device));
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    ports.sort(
        Comparator.comparing(PortDescription::likelihood).thenComparing(PortDescription::path));
    return ports;
  }

  /** The group that a device belongs to. */
  static Optional<String> groupOf(Path device) {
    try {
      return Optional.of(
          Files.readAttributes(device, PosixFileAttributes.class).group().getName());
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private PortDescription describe(Path tty, Path device) {
    Optional<Path> usb = usbDevice(tty);
    Optional<String> usbId = usb.flatMap(SerialPorts::usbId);
    return new PortDescription(
        device.toString(),
        stableLink(device),
        usbId,
        usb.flatMap(directory -> text(directory.resolve("product"))),
        usbId.map(KnownBoards::likelihood).orElse(Likelihood.UNKNOWN),
        holders.of(device).stream().findFirst().map(PortHolders.Holder::sentence));
  }

  private static Optional<Path> usbDevice(Path tty) {
    try {
      Path at = tty.resolve("device").toRealPath();
      for (int i = 0; i < LEVELS_TO_USB && at != null; i++) {
        if (Files.exists(at.resolve("idVendor"))) {
          return Optional.of(at);
        }
        at = at.getParent();
      }
    } catch (IOException e) {
      // A port that is soldered in has no device above it.
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<String> usbId(Path usb) {
    Optional<String> vendor = text(usb.resolve("idVendor"));
    Optional<String> product = text(usb.resolve("idProduct"));
    return vendor.isPresent() && product.isPresent()
        ? Optional.of((vendor.get() + ":" + product.get()).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /** By id where that is unique to the device; by path otherwise. */
  private Optional<String> stableLink(Path device) {
    for (String directory : List.of("dev/serial/by-id", "dev/serial/by-path")) {
      try (DirectoryStream<Path> links = Files.newDirectoryStream(root.resolve(directory))) {
        for (Path link : links) {
          if (link.toRealPath().equals(device.toRealPath())) {
            return Optional.of(link.toString());
          }
        }
      } catch (IOException e) {
        // The directory appears with the first USB serial port.
        continue;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
