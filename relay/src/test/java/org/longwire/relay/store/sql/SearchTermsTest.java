package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.relay.store.Dialect;

class SearchTermsTest {
  private static SearchTerms sqlite(String words) {
    return SearchTerms.of(words, Dialect.SQLITE);
  }

  private static SearchTerms mariaDb(String words) {
    return SearchTerms.of(words, Dialect.MARIADB);
  }

  @Test
  void plainWordsAreIndexed() {
    assertEquals(List.of("antenna", "Grüße", "73"), sqlite("antenna Grüße 73").indexed());
    assertEquals(List.of("%", "%", "%", "%"), sqlite("antenna Grüße 73").scanned());
  }

  @Test
  void whatMariaDbDoesNotIndexIsScanned() {
    SearchTerms terms = mariaDb("antenna on The 73");
    assertEquals(List.of("antenna"), terms.indexed());
    assertEquals(List.of("%on%", "%The%", "%73%", "%"), terms.scanned());
  }

  @Test
  void mixedTermsAreNarrowedByTheirWordsAndScannedAsAWhole() {
    assertEquals(List.of("left", "right"), sqlite("left-right").indexed());
    assertEquals("%left-right%", sqlite("left-right").scanned().get(0));
    assertEquals(List.of(), mariaDb("left_right").indexed());
    assertEquals("%left!_right%", mariaDb("left_right").scanned().get(0));
    assertEquals(List.of(), sqlite("ab世界").indexed());
  }

  @Test
  void thereIsALimitToEverything() {
    SearchTerms many = sqlite("a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12");
    assertEquals(SearchTerms.MAX_TERMS, many.indexed().size());
    assertEquals(SearchTerms.PATTERNS, sqlite("! ? . , ; :").scanned().size());
    assertTrue(sqlite("").isEmpty());
    assertTrue(sqlite(" \t\n\u0000\u00a0").isEmpty());
  }

  @Test
  void whereSqliteKnowsNoCaseALetterMayBeAny() {
    assertEquals("%_ber-Fall!_%", sqlite("Über-Fall_").scanned().get(0));
    assertEquals("%Über-Fall%", mariaDb("Über-Fall").scanned().get(0));
    assertEquals("%世界!!%", sqlite("世界!").scanned().get(0));
  }
}
