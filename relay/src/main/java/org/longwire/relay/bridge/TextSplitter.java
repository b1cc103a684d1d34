package org.longwire.relay.bridge;

import java.util.ArrayList;
import java.util.List;
import org.longwire.relay.config.RelayConfig;

/**
 * Cuts a text to what one packet carries, by bytes, never inside a character and if possible
 * between sentences or words. Pure; takes cleaned text (see {@link PlainText}).
 */
public final class TextSplitter {
  /** The least sensible part: half for the prefix, a marker, and still a character or two. */
  public static final int MIN_BYTES = 32;

  /** More parts than this nobody reads; it also bounds the width of the marker. */
  public static final int MAX_PARTS = 99;

  private final Limits limits;

  public TextSplitter(Limits limits) {
    this.limits = limits;
  }

  /**
   * Splits, or cuts if splitting is off. White space around the text, and around the cuts when
   * splitting, is dropped. Every part begins with the prefix; if there are several, a marker such
   * as {@code (1/3)} follows it. A prefix longer than half a part is itself cut.
   *
   * @param maxBytes what one packet carries on this way, if that is less than the configured limit
   */
  public Split split(String prefix, String text, int maxBytes) {
    String words = text.strip();
    if (words.isEmpty()) {
      return new Split.Parts(List.of());
    }
    int limit = Math.min(maxBytes, limits.split() ? limits.partBytes() : limits.cutBytes());
    String start = shortened(prefix, limit / 2);
    int room = limit - Utf8.bytes(start);
    if (Utf8.bytes(words) <= room) {
      return new Split.Parts(List.of(start + words));
    }
    if (!limits.split()) {
      return new Split.Parts(List.of(start + Graphemes.cut(words, room)));
    }
    return inParts(start, words, room);
  }

  /** The same with the configured limit alone. */
  public Split split(String prefix, String text) {
    return split(prefix, text, Integer.MAX_VALUE);
  }

  private Split inParts(String start, String words, int room) {
    int fewest = 0;
    for (int digits = 1; digits <= Integer.toString(limits.maxParts()).length(); digits++) {
      PartCutter cutter = new PartCutter(words, room - markerBytes(digits));
      List<String> parts = best(cutter);
      fewest = parts.size();
      if (fewest <= limits.maxParts() && Integer.toString(fewest).length() <= digits) {
        return new Split.Parts(marked(start, parts));
      }
    }
    return new Split.TooLong(fewest, limits.maxParts());
  }

  /**
   * Between sentences if that costs no further part, else between words if that keeps to the
   * allowed number, else anywhere.
   */
  private List<String> best(PartCutter cutter) {
    List<String> byWords = cutter.cut(PartCutter.Break.WORD);
    if (byWords.size() > limits.maxParts()) {
      return cutter.cut(PartCutter.Break.CHARACTER);
    }
    List<String> bySentences = cutter.cut(PartCutter.Break.SENTENCE);
    return bySentences.size() <= byWords.size() ? bySentences : byWords;
  }

  private static List<String> marked(String start, List<String> parts) {
    List<String> texts = new ArrayList<>();
    for (String part : parts) {
      texts.add("%s(%d/%d) %s".formatted(start, texts.size() + 1, parts.size(), part));
    }
    return texts;
  }

  private static int markerBytes(int digits) {
    return "(/) ".length() + 2 * digits;
  }

  private static String shortened(String prefix, int maxBytes) {
    return Utf8.bytes(prefix) <= maxBytes ? prefix : Graphemes.cut(prefix, maxBytes - 1) + " ";
  }

  /**
   * How much goes out at once.
   *
   * @param split whether a long text goes in parts; else it is cut and the rest is not sent
   * @param partBytes bytes of one part with prefix and marker
   * @param cutBytes bytes of a text that is cut, with its prefix
   * @param maxParts parts of one text, 1 to {@link #MAX_PARTS}
   */
  public record Limits(boolean split, int partBytes, int cutBytes, int maxParts) {
    public Limits {
      if (partBytes < MIN_BYTES || cutBytes < MIN_BYTES) {
        throw new IllegalArgumentException("a part has at least " + MIN_BYTES + " bytes");
      }
      if (maxParts < 1 || maxParts > MAX_PARTS) {
        throw new IllegalArgumentException("1 to " + MAX_PARTS + " parts, not " + maxParts);
      }
    }

    public static Limits of(RelayConfig.Mesh mesh) {
      return new Limits(mesh.split(), mesh.partBytes(), mesh.cutBytes(), mesh.maxParts());
    }
  }
}
