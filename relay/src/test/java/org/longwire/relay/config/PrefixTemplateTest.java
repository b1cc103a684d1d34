package org.longwire.relay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrefixTemplateTest {
  private static final Map<String, String> ALICE =
      Map.of("long", "Alice Mesh", "short", "AM", "mesh", "Forx");

  @Test
  void theUsualPrefixTowardsTheRoom() {
    assertEquals("[Alice Mesh/Forx]: ", matrix("[{long}/{mesh}]: ").render(ALICE));
  }

  @Test
  void theUsualPrefixTowardsTheMesh() {
    PrefixTemplate usual = PrefixTemplate.parse("{display5}[M]: ", PrefixTemplate.TOWARDS_MESH)
        .template()
        .get();
    assertEquals("Alice[M]: ", usual.render(Map.of("display", "Alice Cooper")));
  }

  @Test
  void aNumberCutsAndAShortNameStaysWhole() {
    assertEquals("A|Alice Mesh|For", matrix("{long1}|{long20}|{mesh3}").render(ALICE));
  }

  @Test
  void aCutTearsNoCharacterApart() {
    String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
    String flag = "\ud83c\udde9\ud83c\uddea";
    String accent = "e\u0301";
    assertEquals(family, matrix("{long1}").render(Map.of("long", family + "x")));
    assertEquals(flag, matrix("{long1}").render(Map.of("long", flag + flag)));
    assertEquals(accent + "x", matrix("{long2}").render(Map.of("long", accent + "xy")));
  }

  @Test
  void anEmptyPatternIsNoPrefix() {
    assertTrue(matrix("").isEmpty());
    assertEquals("", matrix("").render(ALICE));
    assertFalse(matrix(" ").isEmpty());
  }

  @Test
  void aMissingNameLeavesNothing() {
    assertEquals("[/Forx] ", matrix("[{long}/{mesh}] ").render(Map.of("mesh", "Forx")));
  }

  @Test
  void doubledBracesAreBraces() {
    assertEquals("{AM}", matrix("{{{short}}}").render(ALICE));
  }

  @Test
  void aNameThatLooksLikeAVariableIsNotReplacedAgain() {
    assertEquals("{mesh}", matrix("{long}").render(Map.of("long", "{mesh}", "mesh", "Forx")));
  }

  @Test
  void fixedBytesAreThoseWithoutNames() {
    assertEquals(5, matrix("[{long}/{short}]é").fixedBytes());
  }

  @Test
  void aVariableOfTheOtherDirectionIsNotKnown() {
    assertTrue(PrefixTemplate.parse("{display}", PrefixTemplate.TOWARDS_MATRIX)
        .template()
        .isEmpty());
    assertTrue(
        PrefixTemplate.parse("{long}", PrefixTemplate.TOWARDS_MESH).template().isEmpty());
  }

  @Test
  void aTemplateThatMeansNothingCannotBeMade() {
    assertThrows(IllegalArgumentException.class, () -> new PrefixTemplate("{nobody}"));
    assertThrows(IllegalArgumentException.class, () -> new PrefixTemplate("{long"));
    assertThrows(IllegalArgumentException.class, () -> new PrefixTemplate("x".repeat(121)));
  }

  private static PrefixTemplate matrix(String pattern) {
    return PrefixTemplate.parse(pattern, PrefixTemplate.TOWARDS_MATRIX)
        .template()
        .orElseThrow();
  }
}
