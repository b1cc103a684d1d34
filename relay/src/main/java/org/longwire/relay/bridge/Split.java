package org.longwire.relay.bridge;

import java.util.List;

/** What came of cutting a text for the mesh. */
public sealed interface Split {
  /**
   * The texts to send, in order, each with the prefix; none if there was nothing to say.
   *
   * @param texts each within the byte limit and never blank
   */
  record Parts(List<String> texts) implements Split {
    public Parts {
      texts = List.copyOf(texts);
    }
  }

  /**
   * The text would take too much of the air.
   *
   * @param parts the fewest parts that would hold it
   * @param max how many are allowed
   */
  record TooLong(int parts, int max) implements Split {
    /** What its author is told. */
    public String sentence() {
      return "it is too long: it would take %d parts and at most %d %s sent; shorten or divide it"
          .formatted(parts, max, max == 1 ? "is" : "are");
    }
  }
}
