package org.longwire.relay.bridge;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Tells when two names look the same to a reader. Unicode's compatibility form takes care of
 * fullwidth, circled and mathematical letters; the letters of other alphabets that are drawn like
 * Latin ones stand in a table, made of the common entries of Unicode's {@code confusables.txt}.
 * Pure.
 */
public final class LookAlikes {
  /** Cyrillic letters, and below them the Latin ones that they are taken for. */
  private static final String CYRILLIC =
      "\u0430\u0432\u0435\u0451\u0455\u0456\u0457\u0458\u043a\u043c\u043d"
          + "\u043e\u0440\u0441\u0442\u0443\u04af\u0445\u0501\u051b\u051d\u04bb"
          + "\u04cf\u044c\u0433";

  private static final String LIKE_CYRILLIC = "abeesiijkmhopctyyxdqwhlbr";

  /** Greek letters; those whose capitals alone look Latin (H, N, Y) count as the capitals do. */
  private static final String GREEK =
      "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1"
          + "\u03c4\u03c5\u03c7\u03f2\u03f3";

  private static final String LIKE_GREEK = "abezhikmnoptyxcj";

  private static final Map<Integer, Integer> LATIN = latin();

  private LookAlikes() {}

  /** What two names have in common exactly if they look alike. */
  public static String skeleton(String name) {
    String letters = folded(Normalizer.normalize(name, Normalizer.Form.NFKC));
    StringBuilder plain = new StringBuilder(letters.length());
    letters.codePoints().map(c -> LATIN.getOrDefault(c, c)).forEach(plain::appendCodePoint);
    // Once more, because a Latin letter may go together with an accent that the other could not.
    return Normalizer.normalize(plain, Normalizer.Form.NFKC);
  }

  /** Upwards first: several small letters may share one capital. */
  private static String folded(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static Map<Integer, Integer> latin() {
    Map<Integer, Integer> latin = new HashMap<>();
    put(latin, CYRILLIC, LIKE_CYRILLIC);
    put(latin, GREEK, LIKE_GREEK);
    return Map.copyOf(latin);
  }

  private static void put(Map<Integer, Integer> table, String others, String letters) {
    for (int i = 0; i < others.length(); i++) {
      table.put((int) others.charAt(i), (int) letters.charAt(i));
    }
  }
}
