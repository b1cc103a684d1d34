package org.longwire.relay.bridge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The characters that people see: extended grapheme clusters, so that a flag, a family or a letter
 * with its accents stays whole. By the expression {@code \X}, because the JDK's
 * {@code BreakIterator} learnt emoji only in version 20.
 */
public final class Graphemes {
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  private Graphemes() {}

  /** Where the clusters end, rising; the last end is the length of the text. */
  static int[] ends(String text) {
    IntStream.Builder ends = IntStream.builder();
    Matcher cluster = CLUSTER.matcher(text);
    while (cluster.find()) {
      ends.add(cluster.end());
    }
    return ends.build().toArray();
  }

  /**
   * The longest beginning of a text that takes no more than so many bytes and ends between two
   * clusters. If the first cluster is larger than that, it is cut between code points.
   */
  public static String cut(String text, int maxBytes) {
    if (Utf8.bytes(text) <= maxBytes) {
      return text;
    }
    int kept = 0;
    int bytes = 0;
    for (int end : ends(text)) {
      bytes += Utf8.bytes(text, kept, end);
      if (bytes > maxBytes) {
        break;
      }
      kept = end;
    }
    return text.substring(0, kept > 0 ? kept : codePointsWithin(text, maxBytes));
  }

  private static int codePointsWithin(String text, int maxBytes) {
    int end = 0;
    int bytes = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      bytes += Utf8.bytes(text, end, next);
      if (bytes > maxBytes) {
        break;
      }
      end = next;
    }
    return end;
  }
}
