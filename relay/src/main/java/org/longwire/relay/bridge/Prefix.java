package org.longwire.relay.bridge;

import java.util.Map;

/** Puts names into a prefix template; what it makes is one line, possibly empty. Pure. */
@FunctionalInterface
public interface Prefix {
  /**
   * Renders the prefix.
   *
   * @param variables cleaned names by the variable's name, without length suffixes
   */
  String render(Map<String, String> variables);
}
