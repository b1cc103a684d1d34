package org.longwire.radio.sim;

import java.nio.charset.StandardCharsets;

/** What a board writes on its line while it boots. */
final class SimulatedBootText {
  static final byte[] BYTES = ("ESP-ROM:esp32s3-20210327\r\n"
          + "rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)\r\n"
          + "\r\n\u001b[32mINFO \u001b[0m | ??:??:?? 0 S:B:43,2.7.26\r\n")
      .getBytes(StandardCharsets.UTF_8);

  private SimulatedBootText() {}
}
