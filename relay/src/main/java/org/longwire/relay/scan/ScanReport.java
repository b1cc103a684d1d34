package org.longwire.relay.scan;

import java.time.Instant;
import java.util.List;

/**
 * What was found in a jar.
 *
 * @param asked who was asked, such as {@code api.osv.dev}; empty if there was nothing to ask for
 * @param at when
 * @param libraries how many the jar names
 */
public record ScanReport(String asked, Instant at, int libraries, List<Finding> findings) {
  public ScanReport {
    findings = List.copyOf(findings);
  }
}
