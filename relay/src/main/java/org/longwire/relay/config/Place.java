package org.longwire.relay.config;

import com.typesafe.config.ConfigOrigin;

/**
 * Where a value was written.
 *
 * @param source a file as it was named, {@code LONGWIRE_…}, {@code --set KEY}, or a plain word
 * @param line from 1, or 0 where there are no lines
 */
public record Place(String source, int line) {
  /**
   * Where a value came from.
   *
   * @param otherwise the source to name when the library has mixed several into one section
   */
  static Place of(ConfigOrigin origin, Place otherwise) {
    if (origin.filename() != null) {
      return new Place(origin.filename(), Math.max(0, origin.lineNumber()));
    }
    String words = origin.description().replaceFirst(": \\d+$", "");
    boolean ours = words.startsWith(Layers.PREFIX) || words.startsWith(Layers.SETTING);
    return ours ? new Place(words, 0) : otherwise;
  }

  @Override
  public String toString() {
    return line > 0 ? source + ":" + line : source;
  }
}
