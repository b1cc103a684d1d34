package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.radio.PortDescription.Likelihood;

/** Discovery over a file system made for the test. */
class SerialPortsTest {
  @TempDir
  Path temporary;

  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = temporary.toRealPath();
    Files.createDirectories(root.resolve("dev"));
    Files.createDirectories(root.resolve("sys/class/tty"));
  }

  @Test
  void aMachineWithoutPortsListsNone() {
    assertEquals(List.of(), SerialPorts.under(root).list());
    assertEquals(List.of(), SerialPorts.under(root.resolve("nowhere")).list());
  }

  @Test
  void aBoardIsToldWithItsStablePath() throws IOException {
    Path device = plugIn("ttyACM0", "303A", "1001", "USB JTAG/serial debug unit");
    Path link = link("by-id", "usb-Espressif_USB_JTAG_AA-if00", device);
    PortDescription port = SerialPorts.under(root).list().get(0);
    assertEquals(device.toString(), port.path());
    assertEquals(link.toString(), port.bestPath());
    assertEquals(Optional.of("303a:1001"), port.usbId());
    assertEquals(Optional.of("USB JTAG/serial debug unit"), port.product());
    assertEquals(Likelihood.RADIO, port.likelihood());
    assertEquals(Optional.empty(), port.holder());
  }

  @Test
  void boardsStandBeforeBridgesAndProbesLast() throws IOException {
    plugIn("ttyUSB0", "10c4", "ea60", "CP2102");
    plugIn("ttyACM0", "1366", "0105", "J-Link");
    plugIn("ttyACM1", "239a", "8029", "WisCore RAK4631 Board");
    plugIn("ttyACM2", "239a", "0029", "Feather nRF52840 boot loader");
    List<Likelihood> order =
        SerialPorts.under(root).list().stream().map(PortDescription::likelihood).toList();
    assertEquals(
        List.of(Likelihood.RADIO, Likelihood.BRIDGE, Likelihood.BOOT_LOADER, Likelihood.NEVER),
        order);
  }

  @Test
  void aPortOffTheUsbIsUnknown() throws IOException {
    Files.createDirectories(root.resolve("sys/class/tty/ttyAMA0"));
    Files.createFile(root.resolve("dev/ttyAMA0"));
    PortDescription port = SerialPorts.under(root).list().get(0);
    assertEquals(Likelihood.UNKNOWN, port.likelihood());
    assertEquals(Optional.empty(), port.usbId());
  }

  @Test
  void withoutAnIdThePathInTheTreeIsStable() throws IOException {
    Path device = plugIn("ttyUSB0", "10c4", "ea60", "CP2102");
    Path link = link("by-path", "pci-0000:00:14.0-usb-0:2:1.0", device);
    assertEquals(link.toString(), SerialPorts.under(root).list().get(0).bestPath());
  }

  @Test
  void theHolderIsNamedAndALockGoesFirst() throws IOException {
    Path device = plugIn("ttyUSB0", "10c4", "ea60", "CP2102");
    hold(4711, "cat", device, "flags: 02\n");
    hold(4712, "gpsd", device, "flags: 02\nlock:\t1: FLOCK  ADVISORY  WRITE 4712 00:05:9 0 EOF\n");
    assertEquals(
        Optional.of("process 4712 (gpsd)"),
        SerialPorts.under(root).list().get(0).holder());
  }

  @Test
  void thisMachineCanBeListed() {
    for (PortDescription port : SerialPorts.ofThisMachine().list()) {
      assertTrue(Files.exists(Path.of(port.bestPath())), port.toString());
    }
  }

  private Path plugIn(String name, String vendor, String product, String words) throws IOException {
    Path usb = Files.createDirectories(root.resolve("sys/devices/usb1/" + name));
    Path port = Files.createDirectories(usb.resolve("1-1:1.0/port"));
    Files.writeString(usb.resolve("idVendor"), vendor + "\n");
    Files.writeString(usb.resolve("idProduct"), product + "\n");
    Files.writeString(usb.resolve("product"), words + "\n");
    Path tty = Files.createDirectories(root.resolve("sys/class/tty").resolve(name));
    Files.createSymbolicLink(tty.resolve("device"), port);
    return Files.createFile(root.resolve("dev").resolve(name));
  }

  private Path link(String kind, String name, Path device) throws IOException {
    Path directory = Files.createDirectories(root.resolve("dev/serial").resolve(kind));
    return Files.createSymbolicLink(directory.resolve(name), device);
  }

  private void hold(int pid, String name, Path device, String description) throws IOException {
    Path process = root.resolve("proc/" + pid);
    Files.createDirectories(process.resolve("fd"));
    Files.createDirectories(process.resolve("fdinfo"));
    Files.writeString(process.resolve("comm"), name + "\n");
    Files.createSymbolicLink(process.resolve("fd/7"), device);
    Files.writeString(process.resolve("fdinfo/7"), description);
  }
}
