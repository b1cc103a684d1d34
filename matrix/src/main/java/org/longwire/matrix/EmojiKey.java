package org.longwire.matrix;

import java.util.regex.Pattern;

/**
 * The keys of reactions. One emoji may come with or without a variation selector, and a server
 * counts the two as different reactions (matrix.md §2.6).
 */
public final class EmojiKey {
  /** Characters of a key that are kept; an emoji needs far fewer, an mxc address fits. */
  static final int MAX_CHARS = 255;

  private static final char TEXT_STYLE = '\ufe0e';
  private static final char EMOJI_STYLE = '\ufe0f';

  /**
   * The symbols of the basic plane that are emoji and are drawn as text unless told otherwise
   * ({@code Emoji=Yes, Emoji_Presentation=No} in Unicode's {@code emoji-data.txt}), without the
   * digits and signs of ASCII, which are emoji on keycaps only.
   */
  private static final Pattern DRAWN_AS_TEXT = Pattern.compile("["
      + "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u2328"
      + "\u23cf\u23ed-\u23ef\u23f1\u23f2\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6"
      + "\u25c0\u25fb\u25fc\u2600-\u2604\u260e\u2611\u2618\u261d\u2620"
      + "\u2622\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642"
      + "\u265f\u2660\u2663\u2665\u2666\u2668\u267b\u267e\u2692\u2694-\u2697"
      + "\u2699\u269b\u269c\u26a0\u26a7\u26b0\u26b1\u26c8\u26cf\u26d1\u26d3\u26e9"
      + "\u26f0\u26f1\u26f4\u26f7-\u26f9\u2702\u2708\u2709\u270c\u270d\u270f"
      + "\u2712\u2714\u2716\u271d\u2721\u2733\u2734\u2744\u2747\u2763\u2764\u27a1"
      + "\u2934\u2935\u2b05-\u2b07\u3030\u303d\u3297\u3299"
      + "]");

  private EmojiKey() {}

  /** The key without variation selectors, cut to what a key may measure: for comparing. */
  public static String normalised(String key) {
    StringBuilder plain = new StringBuilder();
    WellFormed.atMost(key, MAX_CHARS)
        .chars()
        .filter(c -> c != TEXT_STYLE && c != EMOJI_STYLE)
        .forEach(c -> plain.append((char) c));
    return plain.toString();
  }

  /** Whether two keys are the same emoji to a person. */
  public static boolean equal(String one, String other) {
    return normalised(one).equals(normalised(other));
  }

  /**
   * The key as Matrix clients write it, so that ours is counted with theirs: a single symbol that
   * would be drawn as text gets a selector, anything else stays as it is.
   */
  public static String forMatrix(String key) {
    return DRAWN_AS_TEXT.matcher(key).matches() ? key + EMOJI_STYLE : key;
  }
}
