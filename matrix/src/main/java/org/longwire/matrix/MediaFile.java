package org.longwire.matrix;

import java.util.regex.Pattern;

/** A file for a homeserver to keep. No record: nobody is to compare or print its content. */
public final class MediaFile {
  /** The largest file that is uploaded; servers usually take more. */
  public static final int MAX_BYTES = 2 * 1024 * 1024;

  private static final Pattern TYPE = Pattern.compile("[a-z]+/[A-Za-z0-9.+-]{1,60}");

  private final String name;
  private final String type;
  private final byte[] content;

  /**
   * @param name as people are shown it
   * @param type such as {@code image/png}
   * @param content not to be changed afterwards
   * @throws IllegalArgumentException if it is too large, or the type is none
   */
  public MediaFile(String name, String type, byte[] content) {
    if (content.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a file has at most %d KB, not %d".formatted(MAX_BYTES / 1024, content.length / 1024));
    }
    requireType(type);
    this.name = name;
    this.type = type;
    this.content = content;
  }

  /** @throws IllegalArgumentException if it is not of the form {@code image/png} */
  public static void requireType(String type) {
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("not the type of a file: " + type);
    }
  }

  public String name() {
    return name;
  }

  public String type() {
    return type;
  }

  /** Not to be changed. */
  public byte[] content() {
    return content;
  }
}
