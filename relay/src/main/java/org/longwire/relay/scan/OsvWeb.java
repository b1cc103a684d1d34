package org.longwire.relay.scan;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The way to a service of OSV's. */
@FunctionalInterface
public interface OsvWeb {
  /**
   * Asks for a document.
   *
   * @param json to be posted, if any
   * @return an answer of status 200
   * @throws IOException with a few words if there is none
   */
  String ask(URI address, Optional<String> json) throws IOException;
}
