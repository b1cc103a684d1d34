package org.longwire.relay.scan;

import java.util.List;

/** Knows of holes. */
interface OsvSource {
  /** How people call it. */
  String name();

  /** @throws ScanException if it cannot be asked, in a few words that follow its name */
  List<Finding> ask(List<Library> libraries) throws ScanException;
}
