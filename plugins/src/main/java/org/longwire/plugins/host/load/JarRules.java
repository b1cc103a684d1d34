package org.longwire.plugins.host.load;

import java.util.Map;
import java.util.Set;

/**
 * What the operator has decided of foreign jars.
 *
 * @param allow by id the SHA-256 of the jar that may run, in hexadecimal digits
 * @param deny ids that never run, whatever is allowed
 * @param builtIns ids that are taken
 */
public record JarRules(Map<String, String> allow, Set<String> deny, Set<String> builtIns) {
  public JarRules {
    allow = Map.copyOf(allow);
    deny = Set.copyOf(deny);
    builtIns = Set.copyOf(builtIns);
  }
}
