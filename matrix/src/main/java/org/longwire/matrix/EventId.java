package org.longwire.matrix;

/** The id of an event, {@code $opaque}. Case-sensitive and opaque. */
public record EventId(String value) {
  public EventId {
    MatrixIds.require(value, '$', "event id");
  }

  @Override
  public String toString() {
    return value;
  }
}
