package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmojiKeyTest {
  @ParameterizedTest
  @CsvSource({
    "\u2764\ufe0f, \u2764",
    "\u2764\ufe0e, \u2764",
    "\ud83d\udc4d\ufe0f, \ud83d\udc4d",
    "\u2764\ufe0f\u200d\ud83d\udd25, \u2764\u200d\ud83d\udd25",
    "+1, +1"
  })
  void aKeyIsComparedWithoutVariationSelectors(String key, String plain) {
    assertEquals(plain, EmojiKey.normalised(key));
    assertTrue(EmojiKey.equal(key, plain));
  }

  @Test
  void differentEmojiStayDifferentAndNoKeyIsEndless() {
    assertFalse(EmojiKey.equal("\ud83d\udc4d", "\ud83d\udc4e"));
    assertEquals(EmojiKey.MAX_CHARS, EmojiKey.normalised("x".repeat(10_000)).length());
  }

  @ParameterizedTest
  @CsvSource({
    "\u2764, \u2764\ufe0f",
    "\u2764\ufe0f, \u2764\ufe0f",
    "\u26a0, \u26a0\ufe0f",
    "\u2705, \u2705",
    "\ud83d\udc4d, \ud83d\udc4d",
    "\u2764\u2764, \u2764\u2764",
    "7, 7",
    "ok, ok"
  })
  void onlyASymbolThatWouldBeDrawnAsTextGetsASelector(String key, String sent) {
    assertEquals(sent, EmojiKey.forMatrix(key));
  }
}
