package org.longwire.relay.store.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.longwire.relay.store.Dialect;

/**
 * Words that somebody looks for, sorted by how they are found. A full-text index knows words of
 * letters and digits between other characters; what it does not know (scripts without spaces, signs
 * and emoji, in MariaDB also words below three letters and its stop words) is looked for in the
 * text itself, among what the index found or, without any indexed word, among the latest messages.
 *
 * @param indexed letters and digits alone, so that none of them can be an operator
 * @param scanned patterns for LIKE with the escape {@code !}, always {@link #PATTERNS} of them
 */
record SearchTerms(List<String> indexed, List<String> scanned) {
  /** Words beyond these are not looked at. */
  static final int MAX_TERMS = 10;

  /** Characters that are looked at: as much as a message on the mesh can hold. */
  static final int MAX_CHARACTERS = 250;

  /** Patterns in the statement; what is not needed matches everything. */
  static final int PATTERNS = 4;

  /** The longest word that MariaDB indexes (innodb_ft_max_token_size). */
  private static final int MAX_LENGTH = 84;

  /** The shortest word that MariaDB indexes (innodb_ft_min_token_size). */
  private static final int MARIADB_MIN_LENGTH = 3;

  /** The words that InnoDB leaves out of its indexes (INNODB_FT_DEFAULT_STOPWORD). */
  private static final Set<String> STOP_WORDS = Set.of(
      "a", "about", "an", "are", "as", "at", "be", "by", "com", "de", "en", "for", "from", "how",
      "i", "in", "is", "it", "la", "of", "on", "or", "that", "the", "this", "to", "was", "what",
      "when", "where", "who", "will", "with", "und", "www");

  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");
  private static final Pattern RUN = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern NOT_SPACED = Pattern.compile(
      "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}]");

  /** Characters that MariaDB takes for parts of words though they are neither letter nor digit. */
  private static final Pattern JOINER = Pattern.compile("[_']");

  SearchTerms {
    indexed = List.copyOf(indexed);
    scanned = List.copyOf(scanned);
  }

  static SearchTerms of(String words, Dialect dialect) {
    boolean mariaDb = dialect.equals(Dialect.MARIADB);
    Set<String> indexed = new LinkedHashSet<>();
    List<String> scanned = new ArrayList<>();
    terms(words).forEach(term -> {
      List<String> runs =
          NOT_SPACED.matcher(term).find() || (mariaDb && JOINER.matcher(term).find())
              ? List.of()
              : RUN.matcher(term).results().map(run -> run.group()).toList();
      runs.stream().filter(run -> isIndexed(run, mariaDb)).forEach(indexed::add);
      if (!indexed.contains(term) && scanned.size() < PATTERNS) {
        scanned.add(pattern(term, mariaDb));
      }
    });
    while (scanned.size() < PATTERNS) {
      scanned.add("%");
    }
    return new SearchTerms(new ArrayList<>(indexed), scanned);
  }

  /**
   * Patterns for where there is no index at all; SQLite compares ASCII alone without case then.
   *
   * @return {@link #MAX_TERMS} of them, or none if there is nothing to look for
   */
  static List<String> patterns(String words) {
    List<String> patterns =
        terms(words).map(term -> pattern(term, true)).collect(Collectors.toList());
    while (!patterns.isEmpty() && patterns.size() < MAX_TERMS) {
      patterns.add("%");
    }
    return patterns;
  }

  private static Stream<String> terms(String words) {
    return SPACE
        .splitAsStream(Columns.fitting(words, MAX_CHARACTERS))
        .filter(term -> !term.isEmpty())
        .distinct()
        .limit(MAX_TERMS);
  }

  /** Whether there is nothing to look for. */
  boolean isEmpty() {
    return indexed.isEmpty() && scanned.stream().allMatch("%"::equals);
  }

  private static boolean isIndexed(String run, boolean mariaDb) {
    int length = run.codePointCount(0, run.length());
    if (!mariaDb) {
      return true;
    }
    return length >= MARIADB_MIN_LENGTH
        && length <= MAX_LENGTH
        && !STOP_WORDS.contains(run.toLowerCase(Locale.ROOT));
  }

  /**
   * SQLite's LIKE knows upper and lower case of ASCII alone. There, another letter that has both
   * may be any character: its word has been looked up in the index, which knows them all, and the
   * pattern only tells what stands between words. MariaDB's collation compares without case.
   *
   * @param exact whether each letter must be the same but for its case
   */
  private static String pattern(String term, boolean exact) {
    StringBuilder out = new StringBuilder("%");
    term.codePoints().forEach(c -> {
      if (!exact && c > 0x7f && Character.toLowerCase(c) != Character.toUpperCase(c)) {
        out.append('_');
      } else {
        out.append(c == '!' || c == '%' || c == '_' ? "!" : "").appendCodePoint(c);
      }
    });
    return out.append('%').toString();
  }
}
