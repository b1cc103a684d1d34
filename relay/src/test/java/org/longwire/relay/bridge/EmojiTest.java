package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ud83d\udc4d",
        "\u2764",
        "\u2764\ufe0f",
        "\u203c\ufe0f",
        "1\ufe0f\u20e3",
        "\ud83c\udde8\ud83c\udded",
        "\ud83d\udc4d\ud83c\udffd",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\ud83d\udc4d\ud83d\udc4d\ud83d\udc4d"
      })
  void theseAreSymbols(String text) {
    assertTrue(Emoji.isSymbol(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ok",
        "1",
        "+1",
        "@maria:localhost",
        "\ud83d\udc4d yes",
        "\ud83d\udc4d\n\ud83d\udc4d",
        "<b>\ud83d\udc4d</b>",
        "mxc://example.org/abc",
        "\u0301"
      })
  void theseAreWords(String text) {
    assertFalse(Emoji.isSymbol(text));
  }

  @Test
  void aRowOfThemIsWords() {
    assertTrue(Emoji.isSymbol("\ud83d\udc4d".repeat(16)));
    assertFalse(Emoji.isSymbol("\ud83d\udc4d".repeat(17)));
  }
}
