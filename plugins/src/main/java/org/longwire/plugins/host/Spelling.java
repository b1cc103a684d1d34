package org.longwire.plugins.host;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that somebody probably meant. Pure. */
public final class Spelling {
  private Spelling() {}

  /**
   * The nearest of the words, if it is near: one mistake in a short word, one for every three
   * letters in a longer one.
   */
  public static Optional<String> nearest(String written, Collection<String> words) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String word : words) {
      int distance = distance(written, word);
      if (distance < least) {
        least = distance;
        best = word;
      }
    }
    return least <= Math.max(1, written.length() / 3) ? Optional.of(best) : Optional.empty();
  }

  /** Letters to insert, remove, replace or exchange with their neighbour. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
