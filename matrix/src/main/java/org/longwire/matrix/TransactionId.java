package org.longwire.matrix;

/**
 * The client's own id of a request to send. The homeserver answers a repeated id with the first
 * answer, per device and path, for about a day (reference: matrix.md §2.5).
 */
public record TransactionId(String value) {
  public TransactionId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a transaction id is not empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
