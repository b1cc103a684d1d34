package org.longwire.matrix;

/**
 * The bookmark of a sync, {@code next_batch}: opaque, and only of use with the account it came
 * from.
 */
public record SyncToken(String value) {
  public SyncToken {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a sync token is not empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
