package org.longwire.matrix;

/**
 * The id of a room, {@code !opaque:server} or, from room version 12 on, {@code !opaque}. Opaque.
 */
public record RoomId(String value) {
  public RoomId {
    MatrixIds.require(value, '!', "room id");
  }

  @Override
  public String toString() {
    return value;
  }
}
