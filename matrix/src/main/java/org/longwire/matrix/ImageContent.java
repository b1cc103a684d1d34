package org.longwire.matrix;

import java.util.List;

/**
 * A picture to send, {@code m.image}; {@code m.mentions} as in {@link MessageContent}.
 *
 * @param file where the homeserver has it, see {@link Homeserver#upload}
 * @param caption plain words; perhaps empty
 * @param fileName such as {@code map.png}
 * @param extras custom keys beside the standard ones
 */
public record ImageContent(
    MxcUri file,
    String caption,
    String fileName,
    Info info,
    Relation relation,
    List<ExtraField> extras) {
  public ImageContent {
    extras = List.copyOf(extras);
  }

  /**
   * What clients want to know of a picture before they have it.
   *
   * @param type such as {@code image/png}
   * @param bytes of the file
   * @param width in pixels
   * @param height in pixels
   */
  public record Info(String type, int bytes, int width, int height) {}
}
