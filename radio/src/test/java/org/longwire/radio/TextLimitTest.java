package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextLimitTest {
  /** The table of meshtastic.md §4.6. */
  @ParameterizedTest
  @CsvSource({
    "BROADCAST, NOTHING, 232",
    "BROADCAST, BY_REPLY, 227",
    "BROADCAST, BY_REACTION, 222",
    "SIGNED_BROADCAST, NOTHING, 166",
    "SIGNED_BROADCAST, BY_REPLY, 161",
    "DIRECT, NOTHING, 220",
    "DIRECT, BY_REPLY, 215",
    "DIRECT, BY_REACTION, 210",
  })
  void everyWayOfTravellingHasItsLimit(
      Airtime.Kind kind, TextLimit.Answering answering, int bytes) {
    assertEquals(bytes, TextLimit.bytes(kind, answering));
  }
}
