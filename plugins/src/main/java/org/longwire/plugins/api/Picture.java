package org.longwire.plugins.api;

import java.util.Arrays;
import java.util.Objects;
import org.longwire.matrix.MediaFile;

/**
 * A picture for a room.
 *
 * @param name of the file, such as {@code map.png}
 * @param type such as {@code image/png}
 * @param width in pixels
 * @param height in pixels
 * @param content the file; not to be changed
 */
public record Picture(String name, String type, int width, int height, byte[] content) {
  /**
   * @throws IllegalArgumentException if it has more than {@link Limits#PICTURE_BYTES}, or the type
   *     is none
   */
  public Picture {
    MediaFile.requireType(type);
    if (content.length > Limits.PICTURE_BYTES) {
      throw new IllegalArgumentException("a picture has at most %d KB, not %d"
          .formatted(Limits.PICTURE_BYTES / 1024, content.length / 1024));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture picture
        && name.equals(picture.name)
        && type.equals(picture.type)
        && width == picture.width
        && height == picture.height
        && Arrays.equals(content, picture.content);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type, width, height, Arrays.hashCode(content));
  }

  @Override
  public String toString() {
    return "%s (%s, %d × %d)".formatted(name, type, width, height);
  }
}
