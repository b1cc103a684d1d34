package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextSplitterPropertiesTest {
  private static final int CASES = 10_000;

  private final SplittableRandom random = new SplittableRandom(42);
  private final RandomTexts texts = new RandomTexts(random);

  @Test
  void partsKeepTheLimitAndTogetherSayEverything() {
    int severalParts = 0;
    for (int i = 0; i < CASES; i++) {
      int limit = 32 + random.nextInt(200);
      int max = 1 + random.nextInt(99);
      String prefix = PlainText.name(texts.next(4), "") + ": ";
      String text = PlainText.text(texts.next(60));
      Split split = splitter(true, limit, max).split(prefix, text);
      if (split instanceof Split.Parts parts) {
        severalParts += parts.texts().size() > 1 ? 1 : 0;
        assertPartsAreSound(parts.texts(), prefix, text, limit);
        assertTrue(parts.texts().size() <= max);
      } else {
        Split.TooLong refused = (Split.TooLong) split;
        assertTrue(refused.parts() > max);
      }
    }
    assertTrue(severalParts > CASES / 10, "the texts are too short to test anything");
  }

  @Test
  void aCutTextKeepsTheLimitAndIsABeginning() {
    for (int i = 0; i < CASES; i++) {
      int limit = 32 + random.nextInt(200);
      String text = PlainText.text(texts.next(60));
      List<String> parts = ((Split.Parts) splitter(false, limit, 3).split("A: ", text)).texts();
      if (parts.isEmpty()) {
        assertTrue(text.isBlank());
        continue;
      }
      String said = parts.get(0).substring(3);
      assertEquals(1, parts.size());
      assertTrue(text.startsWith(said));
      assertWithin(limit, parts.get(0));
      if (said.length() < text.length()) {
        int cluster = end(text, said.length()) - said.length();
        assertTrue(
            bytes(parts.get(0)) + bytes(text.substring(said.length(), said.length() + cluster))
                > limit,
            "one more would have fitted");
      }
    }
  }

  private static void assertPartsAreSound(
      List<String> parts, String prefix, String text, int limit) {
    String start = bytes(prefix) <= limit / 2 ? prefix : Graphemes.cut(prefix, limit / 2 - 1) + " ";
    List<Integer> cuts = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      assertWithin(limit, part);
      String marked = start + (parts.size() == 1 ? "" : "(%d/%d) ".formatted(i + 1, parts.size()));
      assertTrue(part.startsWith(marked), part);
      String said = part.substring(marked.length());
      assertFalse(said.isBlank(), "an empty part");
      int found = text.indexOf(said, at);
      assertTrue(found >= 0 && text.substring(at, found).isBlank(), "words are missing");
      at = found + said.length();
      cuts.add(at);
    }
    assertEquals(text.length(), at, "words are missing at the end");
    assertCutsAreBetweenClusters(text, cuts, limit);
  }

  /** Unless the character is larger than any part could be. */
  private static void assertCutsAreBetweenClusters(String text, List<Integer> cuts, int limit) {
    int[] ends = Graphemes.ends(text);
    for (int cut : cuts) {
      int from = 0;
      for (int end : ends) {
        boolean inside = from < cut && cut < end;
        assertFalse(
            inside && bytes(text.substring(from, end)) <= limit / 2 - 8, "a character was broken");
        from = end;
      }
    }
  }

  private static int end(String text, int from) {
    for (int end : Graphemes.ends(text)) {
      if (end > from) {
        return end;
      }
    }
    return text.length();
  }

  private static void assertWithin(int limit, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    assertTrue(bytes.length <= limit, part);
    assertArrayEquals(
        part.toCharArray(),
        new String(bytes, StandardCharsets.UTF_8).toCharArray(),
        "a broken surrogate");
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static TextSplitter splitter(boolean split, int bytes, int maxParts) {
    return new TextSplitter(new TextSplitter.Limits(split, bytes, bytes, maxParts));
  }
}
