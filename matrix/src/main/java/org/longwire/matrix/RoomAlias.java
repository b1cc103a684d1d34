package org.longwire.matrix;

/** A name of a room, {@code #name:server}; it can move from one room to another. */
public record RoomAlias(String value) {
  public RoomAlias {
    MatrixIds.require(value, '#', "room alias");
  }

  @Override
  public String toString() {
    return value;
  }
}
