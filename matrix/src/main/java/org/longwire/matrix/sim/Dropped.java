package org.longwire.matrix.sim;

/** The server died under a request: it gets no answer. */
final class Dropped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Dropped() {
    super("the server is gone", null, false, false);
  }
}
