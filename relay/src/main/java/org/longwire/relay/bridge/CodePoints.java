package org.longwire.relay.bridge;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** What kinds of code points matter when strangers' texts are cleaned. */
final class CodePoints {
  static final int REPLACEMENT = 0xFFFD;
  static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  static final int ZERO_WIDTH_JOINER = 0x200D;

  /** A pattern of no dots, printable by its class and blank to the eye. */
  private static final int BRAILLE_BLANK = 0x2800;

  static final int KEYCAP = 0x20E3;

  /**
   * Ranges that show nothing by themselves (Unicode's default ignorables, the marks of
   * annotations): directions, tags, fillers. Joiners and variation selectors 15 and 16 are judged
   * by their neighbours instead.
   */
  private static final int[][] INVISIBLE = {
    {0x00, 0x09},
    {0x0B, 0x1F},
    {0x7F, 0x9F},
    {0xAD, 0xAD},
    {0x34F, 0x34F},
    {0x61C, 0x61C},
    {0x115F, 0x1160},
    {0x17B4, 0x17B5},
    {0x180B, 0x180F},
    {0x200B, 0x200B},
    {0x200E, 0x200F},
    {0x202A, 0x202E},
    {0x2060, 0x206F},
    {0x3164, 0x3164},
    {0xFE00, 0xFE0D},
    {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB},
    {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF}
  };

  /**
   * Ranges in which the emoji live. Wider than the exact list, which grows every year: a selector
   * behind an arrow that is no emoji does no harm.
   */
  private static final int[][] EMOJI = {
    {0xA9, 0xA9}, {0xAE, 0xAE}, {0x203C, 0x203C}, {0x2049, 0x2049}, {0x2122, 0x2122},
    {0x2139, 0x2139}, {0x2190, 0x21FF}, {0x2300, 0x23FF}, {0x24C2, 0x24C2}, {0x25A0, 0x27BF},
    {0x2900, 0x297F}, {0x2B00, 0x2BFF}, {0x3030, 0x3030}, {0x303D, 0x303D}, {0x3297, 0x3297},
    {0x3299, 0x3299}, {0x1F000, 0x1FAFF}, {0x1FC00, 0x1FFFD}
  };

  /** Scripts in which a joiner changes what the reader sees. */
  private static final Set<UnicodeScript> JOINING = EnumSet.of(
      UnicodeScript.ARABIC,
      UnicodeScript.SYRIAC,
      UnicodeScript.MONGOLIAN,
      UnicodeScript.DEVANAGARI,
      UnicodeScript.BENGALI,
      UnicodeScript.GURMUKHI,
      UnicodeScript.GUJARATI,
      UnicodeScript.ORIYA,
      UnicodeScript.TAMIL,
      UnicodeScript.TELUGU,
      UnicodeScript.KANNADA,
      UnicodeScript.MALAYALAM,
      UnicodeScript.SINHALA,
      UnicodeScript.KHMER,
      UnicodeScript.MYANMAR);

  private CodePoints() {}

  static boolean isInvisible(int codePoint) {
    return isIn(INVISIBLE, codePoint);
  }

  static boolean isSurrogate(int codePoint) {
    return codePoint >= 0xD800 && codePoint <= 0xDFFF;
  }

  static boolean isNoncharacter(int codePoint) {
    return (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
  }

  /** What ends a line in one writing system or another, besides the line feed. */
  static boolean isLineEnd(int codePoint) {
    return codePoint == '\r'
        || codePoint == 0x0B
        || codePoint == 0x0C
        || codePoint == 0x85
        || codePoint == 0x2028
        || codePoint == 0x2029;
  }

  static boolean isVariationSelector(int codePoint) {
    return codePoint == 0xFE0E || codePoint == 0xFE0F;
  }

  static boolean isJoiner(int codePoint) {
    return codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER;
  }

  /** A mark that is drawn over, under or around the character before it. */
  static boolean isCombiningMark(int codePoint) {
    int type = Character.getType(codePoint);
    return (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK)
        && !isVariationSelector(codePoint);
  }

  /** Whether a reader sees something of it. */
  static boolean isSeen(int codePoint) {
    return !Character.isSpaceChar(codePoint)
        && !Character.isWhitespace(codePoint)
        && !isCombiningMark(codePoint)
        && !isVariationSelector(codePoint)
        && !isJoiner(codePoint)
        && codePoint != BRAILLE_BLANK;
  }

  /** Whether a selector or joiner between these two belongs there; else it is a trick. */
  static boolean isAtHome(int codePoint, int before, int after) {
    if (isVariationSelector(codePoint)) {
      return isEmoji(before) || (isKeycapBase(before) && after == KEYCAP);
    }
    boolean inEmoji = codePoint == ZERO_WIDTH_JOINER
        && (isEmoji(before) || isVariationSelector(before))
        && isEmoji(after);
    return inEmoji || joinsLetters(before, after);
  }

  private static boolean joinsLetters(int before, int after) {
    UnicodeScript script = UnicodeScript.of(after);
    return Character.isLetter(after)
        && JOINING.contains(script)
        && UnicodeScript.of(before) == script
        && (Character.isLetter(before) || isMark(before));
  }

  private static boolean isMark(int codePoint) {
    return isCombiningMark(codePoint)
        || Character.getType(codePoint) == Character.COMBINING_SPACING_MARK;
  }

  static boolean isKeycapBase(int codePoint) {
    return (codePoint >= '0' && codePoint <= '9') || codePoint == '#' || codePoint == '*';
  }

  static boolean isEmoji(int codePoint) {
    return isIn(EMOJI, codePoint);
  }

  private static boolean isIn(int[][] ranges, int codePoint) {
    for (int[] range : ranges) {
      if (codePoint >= range[0] && codePoint <= range[1]) {
        return true;
      }
    }
    return false;
  }
}
