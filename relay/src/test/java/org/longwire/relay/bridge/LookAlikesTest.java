package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookAlikesTest {
  @ParameterizedTest
  @CsvSource({
    "Alice, alice",
    "Alice, ALICE",
    "Alice, \u0410lice",
    "Alice, \uff21\uff4c\uff49\uff43\uff45",
    "Alice, \ud835\udc00\ud835\udc25\ud835\udc22\ud835\udc1c\ud835\udc1e",
    "Alice, Al\u0456\u0441\u0435",
    "Tom, \u03a4\u039f\u039c",
    "Tom, \u0422\u043e\u043c",
    "Henny, \u0397\u0415\u039d\u039dY",
    "\u00e9te, \u0435\u0301te",
    "STRASSE, stra\u00dfe",
    "\u03c3\u03b1\u03c2, \u03a3\u0391\u03a3",
  })
  void theseLookTheSame(String one, String other) {
    assertEquals(LookAlikes.skeleton(one), LookAlikes.skeleton(other));
  }

  @ParameterizedTest
  @CsvSource({"Alice, Alicia", "Bob, Rob", "\u0416\u0435\u043d\u044f, Alice", "Base 1, Base 2"})
  void theseDoNot(String one, String other) {
    assertNotEquals(LookAlikes.skeleton(one), LookAlikes.skeleton(other));
  }
}
