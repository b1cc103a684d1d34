package org.longwire.radio;

import java.util.Set;
import org.longwire.radio.PortDescription.Likelihood;

/** USB numbers of boards (reference: storage-and-reliability.md §4.5). */
final class KnownBoards {
  private static final Set<String> BOARDS = Set.of(
      "303a:1001",
      "303a:0002",
      "303a:80d6",
      "239a:8029",
      "239a:802a",
      "239a:4404",
      "239a:4405",
      "239a:810b",
      "239a:810c",
      "239a:cafe",
      "239a:010b",
      "2886:1667",
      "2886:0059",
      "2886:0057",
      "2886:1668",
      "2886:0166",
      "2886:0048",
      "16d0:1178");

  /** Adafruit's numbers without the high bit are the boot loaders of the same boards. */
  private static final Set<String> BOOT_LOADERS =
      Set.of("239a:0029", "239a:002a", "239a:0071", "239a:00b3", "239a:009f");

  private static final Set<String> BRIDGES = Set.of("10c4:ea60", "1a86:55d4", "1a86:7523");

  private static final String RASPBERRY_PI = "2e8a";
  private static final Set<String> PROBES = Set.of("1366", "0483", "1915", "0925", "04b4");

  private KnownBoards() {}

  /** The likelihood for a USB id such as {@code 10c4:ea60}, in lower case. */
  static Likelihood likelihood(String usbId) {
    String vendor = usbId.substring(0, Math.min(4, usbId.length()));
    if (BOARDS.contains(usbId) || vendor.equals(RASPBERRY_PI)) {
      return Likelihood.RADIO;
    }
    if (BOOT_LOADERS.contains(usbId)) {
      return Likelihood.BOOT_LOADER;
    }
    if (BRIDGES.contains(usbId)) {
      return Likelihood.BRIDGE;
    }
    return PROBES.contains(vendor) ? Likelihood.NEVER : Likelihood.UNKNOWN;
  }
}
