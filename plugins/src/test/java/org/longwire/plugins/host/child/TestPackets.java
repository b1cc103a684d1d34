package org.longwire.plugins.host.child;

import java.util.Random;
import org.longwire.radio.PacketHeader;

/** Packets whose particulars do not matter. */
final class TestPackets {
  private TestPackets() {}

  static PacketHeader header() {
    return (PacketHeader) new RandomValues(new Random(5)).of(ValueType.of(PacketHeader.class));
  }
}
