package org.longwire.relay.demo;

import java.io.IOException;
import java.util.Optional;

/** The lines that a person types. */
@FunctionalInterface
interface TypedLines {
  /**
   * Waits for the next line.
   *
   * @param prompt what it is asked for with, where there is somebody to be asked
   * @return empty at the end
   */
  Optional<String> next(String prompt) throws IOException;
}
