package org.longwire.relay.bridge;

import java.util.ArrayList;
import java.util.List;

/**
 * One text as a row of pieces that are not to be cut, each small enough for a part: the characters
 * people see, and the code points of those that are larger than a part.
 */
final class PartCutter {
  /** Where a part may end. */
  enum Break {
    SENTENCE,
    WORD,
    CHARACTER
  }

  private static final String SENTENCE_ENDS = ".!?…。！？";

  /** Scripts that write no spaces have these instead. */
  private static final String WIDE_SENTENCE_ENDS = "。！？";

  private final String text;
  private final int room;

  /** Piece {@code i} is {@code text[offset(i), offset(i+1))} and begins {@code bytes(i)} in. */
  private final List<Integer> offsets = new ArrayList<>();

  private final List<Integer> bytes = new ArrayList<>();

  /**
   * @param text not blank, without white space around it
   * @param room the bytes of a part's words, at least 4
   */
  PartCutter(String text, int room) {
    this.text = text;
    this.room = room;
    offsets.add(0);
    bytes.add(0);
    int from = 0;
    for (int end : Graphemes.ends(text)) {
      if (Utf8.bytes(text, from, end) <= room) {
        addPiece(end);
      } else {
        addCodePoints(from, end);
      }
      from = end;
    }
  }

  private void addCodePoints(int from, int end) {
    for (int at = from; at < end; ) {
      at = Math.min(text.offsetByCodePoints(at, 1), end);
      addPiece(at);
    }
  }

  private void addPiece(int end) {
    int start = offsets.get(offsets.size() - 1);
    bytes.add(bytes.get(bytes.size() - 1) + Utf8.bytes(text, start, end));
    offsets.add(end);
  }

  /** The words of all parts in order, none blank, without the white space at the cuts. */
  List<String> cut(Break wanted) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (from < pieces()) {
      int end = end(from, wanted);
      int shown = end;
      while (isSpace(shown - 1)) {
        shown--;
      }
      parts.add(text.substring(offsets.get(from), offsets.get(shown)));
      from = end;
      while (from < pieces() && isSpace(from)) {
        from++;
      }
    }
    return parts;
  }

  private int end(int from, Break wanted) {
    int furthest = from + 1;
    while (furthest < pieces() && bytes.get(furthest + 1) - bytes.get(from) <= room) {
      furthest++;
    }
    if (furthest == pieces()) {
      return furthest;
    }
    int sentence = wanted == Break.SENTENCE ? last(from, furthest, Break.SENTENCE) : 0;
    int word =
        wanted == Break.CHARACTER || sentence > 0 ? sentence : last(from, furthest, Break.WORD);
    return word > 0 ? word : furthest;
  }

  /**
   * The last place to break, or 0. Not too early, or the air is wasted: a word ends in the later
   * half of a part, a sentence in its last third.
   */
  private int last(int from, int furthest, Break wanted) {
    int least = wanted == Break.SENTENCE ? room * 2 / 3 : room / 2;
    for (int at = furthest; at > from && bytes.get(at) - bytes.get(from) >= least; at--) {
      if (wanted == Break.SENTENCE ? endsSentence(at) : endsWord(at)) {
        return at;
      }
    }
    return 0;
  }

  private boolean endsWord(int at) {
    return isSpace(at) && !isSpace(at - 1);
  }

  private boolean endsSentence(int at) {
    char last = text.charAt(offsets.get(at) - 1);
    if (WIDE_SENTENCE_ENDS.indexOf(last) >= 0) {
      return true;
    }
    return endsWord(at)
        && (text.charAt(offsets.get(at)) == '\n' || SENTENCE_ENDS.indexOf(last) >= 0);
  }

  private boolean isSpace(int piece) {
    return text.substring(offsets.get(piece), offsets.get(piece + 1)).isBlank();
  }

  private int pieces() {
    return offsets.size() - 1;
  }
}
