package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainTextTest {
  private static final String FAMILY = "👩\u200D👩\u200D👧\u200D👦";

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("ordinary words stay", "2*3*4 <b> & @room", "2*3*4 <b> & @room"),
        Arguments.of("lines stay", "a\nb\n\nc", "a\nb\n\nc"),
        Arguments.of(
            "every kind of line end", "a\r\nb\rc\u2028d\u0085e\u000Bf", "a\nb\nc\nd\ne\nf"),
        Arguments.of("tab is a space", "a\tb", "a b"),
        Arguments.of("white space around goes", "\n\n  a  \n", "a"),
        Arguments.of("C0, DEL and C1 go", "a\u0000b\u0007c\u001B[1m\u007Fd\u009Be", "abc[1mde"),
        Arguments.of("directions go", "a\u202Eb\u2066c\u200Fd\u200Ee\u061Cf\u2069g", "abcdefg"),
        Arguments.of("byte order mark goes", "\uFEFFa", "a"),
        Arguments.of("tags go", "a\uDB40\uDC41\uDB40\uDC7Fb", "ab"),
        Arguments.of("zero width space goes", "a\u200Bb\u2060c\u00ADd", "abcd"),
        Arguments.of("fillers go", "\u3164\u115F\uFFA0a", "a"),
        Arguments.of("joiner between letters goes", "pay\u200Dpal\u200C.com", "paypal.com"),
        Arguments.of("joiner at the ends goes", "\u200D👍\u200D", "👍"),
        Arguments.of("joiner with a control inside goes", "👩\u200D\u0000!", "👩!"),
        Arguments.of("family stays", FAMILY, FAMILY),
        Arguments.of("skin tone and profession stay", "👩🏽\u200D🚀", "👩🏽\u200D🚀"),
        Arguments.of("heart on fire stays", "❤\uFE0F\u200D🔥", "❤\uFE0F\u200D🔥"),
        Arguments.of("keycap stays", "1\uFE0F\u20E3", "1\uFE0F\u20E3"),
        Arguments.of("selector behind a digit goes", "1\uFE0F2", "12"),
        Arguments.of("selector behind a letter goes", "a\uFE0Fb\uFE01\uDB40\uDD00", "ab"),
        Arguments.of("Persian keeps its joiner", "می\u200Cخواهم", "می\u200Cخواهم"),
        Arguments.of("Sinhala keeps its joiner", "ශ\u0DCA\u200Dර", "ශ\u0DCA\u200Dර"),
        Arguments.of("composed form", "e\u0301", "é"),
        Arguments.of("at most four marks", "x" + "\u0323\u0324\u0325\u0326\u0330\u0331", "x̣̤̥̦"),
        Arguments.of("lone surrogates", "a\uD83Db\uDE00", "a\uFFFDb\uFFFD"),
        Arguments.of("noncharacters", "a\uFFFEb\uFDD0", "a\uFFFDb\uFFFD"),
        Arguments.of("nothing visible", "\u202E\u0000\n\u200B", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void aTextIsCleaned(String what, String raw, String cleaned) {
    assertEquals(cleaned, PlainText.text(raw));
  }

  @Test
  void linesBeyondTheLimitRunTogether() {
    String cleaned = PlainText.text("x\n".repeat(200));
    assertEquals(PlainText.MAX_LINES, cleaned.lines().count());
    assertEquals(200, cleaned.chars().filter(c -> c == 'x').count());
  }

  static Stream<Arguments> names() {
    return Stream.of(
        Arguments.of("ordinary", "Bravö Ünit 🐢", "Bravö Ünit 🐢"),
        Arguments.of("one line", "a\nb\r\n c", "a b c"),
        Arguments.of("spaces of all kinds run together", "a \u00A0\u2003 b", "a b"),
        Arguments.of("trimmed", "  a ", "a"),
        Arguments.of("empty", "", "fallback"),
        Arguments.of("invisible", "\u202E\u200B\u3164", "fallback"),
        Arguments.of("blank braille", "\u2800\u2800", "fallback"),
        Arguments.of("nothing but marks", "\u0301\u0302", "fallback"),
        Arguments.of("turned around", "\u202Eecila", "ecila"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void aNameIsCleaned(String what, String raw, String cleaned) {
    assertEquals(cleaned, PlainText.name(raw, "fallback"));
  }

  @Test
  void aLongNameIsCutBetweenCharacters() {
    assertEquals(FAMILY.repeat(4), PlainText.name(FAMILY.repeat(9), "fallback"));
    assertEquals("x".repeat(100), PlainText.name("x".repeat(300), "fallback"));
  }

  @Test
  void whateverComesTheResultIsCleanAndStaysAsItIs() {
    RandomTexts texts = new RandomTexts(new SplittableRandom(7));
    for (int i = 0; i < 50_000; i++) {
      String raw = texts.next(40);
      String cleaned = PlainText.text(raw);
      assertEquals(cleaned, PlainText.text(cleaned), raw);
      assertTrue(Normalizer.isNormalized(cleaned, Normalizer.Form.NFC), raw);
      assertFalse(
          cleaned
              .codePoints()
              .anyMatch(c -> CodePoints.isInvisible(c) || CodePoints.isSurrogate(c)),
          raw);
      assertEquals(cleaned.strip(), cleaned);
      String name = PlainText.name(raw, "?");
      assertEquals(name, PlainText.name(name, "?"), raw);
      assertFalse(name.isBlank() || name.contains("\n"), raw);
      assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= PlainText.MAX_NAME_BYTES, raw);
    }
  }

  @Test
  void aHugeTextIsCleanedInPassing() {
    String huge = "a\u0301\u200D".repeat(22_000);
    assertEquals(22_000, PlainText.text(huge).length());
  }
}
