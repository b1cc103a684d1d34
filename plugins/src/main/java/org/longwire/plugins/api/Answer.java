package org.longwire.plugins.api;

import java.util.Optional;
import org.longwire.radio.GeoPoint;

/**
 * What a plugin says: plain text, never markup.
 *
 * @param text for a room, and for the mesh if there is nothing briefer; at most {@link Limits#TEXT}
 *     characters
 * @param brief for the mesh, best within 200 bytes; what is longer than the mesh carries is split
 *     or cut
 * @param picture for rooms only; the text is said above it
 * @param point a place that a room is shown on a map
 */
public record Answer(
    String text, Optional<String> brief, Optional<Picture> picture, Optional<GeoPoint> point) {
  /** @throws IllegalArgumentException if the text is too long */
  public Answer {
    if (text.length() > Limits.TEXT) {
      throw new IllegalArgumentException(
          "an answer has at most %d characters, not %d".formatted(Limits.TEXT, text.length()));
    }
  }

  public static Answer of(String text) {
    return new Answer(text, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public static Answer of(Picture picture) {
    return of("").with(picture);
  }

  /** The same in fewer words for the mesh. */
  public Answer briefly(String words) {
    return new Answer(text, Optional.of(words), picture, point);
  }

  public Answer with(Picture other) {
    return new Answer(text, brief, Optional.of(other), point);
  }

  public Answer at(GeoPoint other) {
    return new Answer(text, brief, picture, Optional.of(other));
  }

  /** What the mesh is told. */
  public String forMesh() {
    return brief.orElse(text);
  }
}
