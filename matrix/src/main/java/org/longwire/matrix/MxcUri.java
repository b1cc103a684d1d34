package org.longwire.matrix;

import java.util.regex.Pattern;

/** Where homeservers keep a file, {@code mxc://server/id}. */
public record MxcUri(String value) {
  private static final Pattern FORM = Pattern.compile("mxc://[^/\\s]+/[A-Za-z0-9_-]+");

  /** @throws IllegalArgumentException if it is no such address */
  public MxcUri {
    if (value.length() > AttachmentCodec.MAX_ADDRESS || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not the address of a file: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
