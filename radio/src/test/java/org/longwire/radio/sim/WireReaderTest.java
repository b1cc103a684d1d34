package org.longwire.radio.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The hand-written wire against vectors that protoc made (reference: meshtastic.md §1.8). */
class WireReaderTest {
  @Test
  void writesWhatProtocWrites() {
    WireWriter status = new WireWriter().uint(2, 15).uint(3, 16).uint(4, 0x89ABCDEF);
    assertFrame("94c3000c5a0a100f181020ef9bafcd08", PhoneFrames.variant(11, status));
    assertFrame("94c3000418ac9e04", PhoneFrames.number(3, 69420));
    assertFrame("94c3000618ffffffff0f", PhoneFrames.number(3, -1));
    WireWriter hi = new WireWriter().uint(1, 1).text(2, "hi");
    WireWriter packet = new WireWriter().fixed(1, 0xA1B2C3D4).fixed(2, -1).uint(3, 1);
    packet.message(4, hi).fixed(6, 0x89ABCDEF).uint(9, 3).bool(10, true);
    assertFrame(
        "94c3001f0a1d0dd4c3b2a115ffffffff1801220608011202686935efcdab8948035001",
        PhoneFrames.variant(1, packet));
  }

  @Test
  void readsWhatItWrites() throws Exception {
    byte[] bytes = new WireWriter()
        .int32(1, -120)
        .fixed(2, -2)
        .floatAlways(3, 1.5f)
        .text(4, "x")
        .toBytes();
    WireReader in = new WireReader(bytes);
    assertTrue(in.next());
    assertEquals(-120, in.int32());
    assertTrue(in.next());
    assertEquals(-2, in.int32());
    assertTrue(in.next());
    assertEquals(1.5f, in.float32());
    assertTrue(in.next());
    assertArrayEquals(new byte[] {'x'}, in.bytes());
    assertFalse(in.next());
  }

  @Test
  void whatIsNoMessageIsRefused() {
    for (String hex :
        List.of("08", "0a05ff", "0d0102", "07", "00", "0b", "08ffffffffffffffffffff")) {
      assertThrows(WireReader.Malformed.class, () -> skipAll(hex), hex);
    }
  }

  private static void skipAll(String hex) throws WireReader.Malformed {
    WireReader in = new WireReader(HexFormat.of().parseHex(hex));
    while (in.next()) {
      in.skip();
    }
  }

  private static void assertFrame(String expected, byte[] message) {
    assertEquals(expected, HexFormat.of().formatHex(PhoneFrames.frame(message)));
  }
}
