package org.longwire.matrix;

/** A token or password. Never prints itself. */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
