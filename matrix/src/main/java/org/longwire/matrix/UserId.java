package org.longwire.matrix;

/** The id of a user, {@code @localpart:server}. */
public record UserId(String value) {
  public UserId {
    MatrixIds.require(value, '@', "user id");
  }

  @Override
  public String toString() {
    return value;
  }
}
