package org.longwire.relay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlyphsTest {
  @ParameterizedTest
  @CsvSource({
    "see you at noon, 40, see you at noon",
    "see you at noon, 7, see you",
    "📡📡📡, 3, 📡📡📡",
    "📡📡📡, 2, 📡📡",
    "a📡b, 2, a📡",
    "'', 3, ''",
  })
  void whatIsCutKeepsWholeCharacters(String text, int codePoints, String expected) {
    assertEquals(expected, Glyphs.atMost(text, codePoints));
  }
}
