package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextSplitterTest {
  private static final String FAMILY = "👩\u200D👩\u200D👧\u200D👦";

  @Test
  void aTextThatFitsGoesAsItIs() {
    assertEquals(List.of("Alice[M]: hello"), parts(200, 3, "Alice[M]: ", "hello"));
  }

  @Test
  void aTextThatJustFitsHasNoMarker() {
    String text = "x".repeat(190);
    assertEquals(List.of("Alice[M]: " + text), parts(200, 3, "Alice[M]: ", text));
  }

  @Test
  void aLongTextIsCutBetweenWordsAndMarked() {
    assertEquals(
        List.of(
            "A: (1/3) one two three four five", "A: (2/3) six seven eight nine", "A: (3/3) ten"),
        parts(32, 5, "A: ", "one two three four five six seven eight nine ten"));
  }

  @Test
  void aSentenceIsKeptWholeIfThatCostsNoFurtherPart() {
    String first = "The pump is broken again since noon.";
    String second = "Please bring a spanner with you";
    assertEquals(
        List.of("A: (1/2) " + first, "A: (2/2) " + second),
        parts(55, 3, "A: ", first + " " + second));
  }

  @Test
  void aLineEndIsASentenceEnd() {
    String first = "08:00 water, 12:00 fuel, 16:00 food";
    String second = "and nothing else until tomorrow";
    assertEquals(
        List.of("A: (1/2) " + first, "A: (2/2) " + second),
        parts(55, 3, "A: ", first + "\n" + second));
  }

  @Test
  void wordsAreBrokenRatherThanRefusingTheText() {
    // Room for 23 bytes a part: by words it would take three.
    String text = "aaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbb ccccccccccc";
    assertEquals(
        List.of("A: (1/2) aaaaaaaaaaaaaa bbbbbbbb", "A: (2/2) bbbbbbbbbbb ccccccccccc"),
        parts(32, 2, "A: ", text));
  }

  @Test
  void charactersThatPeopleSeeAreNeverBroken() {
    // 25 bytes each, so one in each part of 23 + 9 would break; two fit into 59.
    assertEquals(
        List.of("A: (1/2) " + FAMILY + FAMILY, "A: (2/2) " + FAMILY),
        parts(64, 3, "A: ", FAMILY.repeat(3)));
    assertEquals(
        List.of("A: (1/2) 🇩🇪🇩🇪🇩🇪", "A: (2/2) 🇫🇷🇫🇷"),
        parts(39, 3, "A: ", "🇩🇪🇩🇪🇩🇪🇫🇷🇫🇷"));
  }

  @Test
  void aCharacterLargerThanAPartIsCutBetweenCodePoints() {
    List<String> parts = parts(32, 3, "A: ", FAMILY + FAMILY);
    assertEquals(3, parts.size());
    assertEquals(FAMILY + FAMILY, String.join("", parts).replaceAll("A: \\(./.\\) ", ""));
  }

  @Test
  void moreThanNinePartsHaveWiderMarkers() {
    List<String> parts = parts(32, 20, "A: ", "x".repeat(250));
    assertEquals(12, parts.size());
    assertEquals("A: (1/12) " + "x".repeat(21), parts.get(0));
    assertEquals("A: (12/12) " + "x".repeat(19), parts.get(11));
    assertTrue(parts.stream().allMatch(part -> part.length() <= 32), parts::toString);
  }

  @Test
  void aTextOfTooManyPartsIsRefusedWithTheNumber() {
    Split split = splitter(true, 200, 3).split("A: ", "x".repeat(765));
    assertEquals(new Split.TooLong(5, 3), split);
    assertEquals(
        "it is too long: it would take 5 parts and at most 3 are sent; shorten or divide it",
        ((Split.TooLong) split).sentence());
  }

  @Test
  void aTextThatJustFillsTheAllowedPartsIsSent() {
    int room = 200 - "A: (1/3) ".length();
    assertEquals(3, parts(200, 3, "A: ", "x".repeat(3 * room)).size());
    assertEquals(
        new Split.TooLong(4, 3), splitter(true, 200, 3).split("A: ", "x".repeat(3 * room + 1)));
  }

  @Test
  void aPrefixLongerThanHalfAPartIsCut() {
    assertEquals(List.of("Ö".repeat(9) + " hi"), parts(40, 3, "Ö".repeat(60) + ": ", "hi"));
  }

  @Test
  void nothingToSayMakesNoPart() {
    assertEquals(List.of(), parts(200, 3, "A: ", " \n\t "));
  }

  @Test
  void withoutSplittingTheTextIsCutAtTheLimitAndNothingIsAppended() {
    Split split = splitter(false, 40, 3).split("A: ", "one two three four five six seven eight");
    assertEquals(List.of("A: one two three four five six seven eigh"), texts(split));
    assertEquals(
        List.of("A: " + FAMILY), texts(splitter(false, 40, 3).split("A: ", FAMILY + FAMILY)));
  }

  @Test
  void limitsThatLeaveNoRoomAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> splitter(true, 31, 3));
    assertThrows(IllegalArgumentException.class, () -> splitter(true, 200, 0));
    assertThrows(IllegalArgumentException.class, () -> splitter(true, 200, 100));
  }

  private static TextSplitter splitter(boolean split, int bytes, int maxParts) {
    return new TextSplitter(new TextSplitter.Limits(split, bytes, bytes + 1, maxParts));
  }

  private static List<String> parts(int partBytes, int maxParts, String prefix, String text) {
    return texts(splitter(true, partBytes, maxParts).split(prefix, text));
  }

  private static List<String> texts(Split split) {
    return assertInstanceOf(Split.Parts.class, split).texts();
  }
}
