package org.longwire.relay.bench;

import java.time.Duration;
import java.util.List;

/**
 * What may be set on Maven's command line. {@code -Dbench.quick} makes everything short, for a look
 * at the bench itself; its figures are not for comparison.
 */
final class Settings {
  private static final boolean QUICK = System.getProperty("bench.quick") != null;

  private Settings() {}

  /** How long the daemon rests before it is looked at. */
  static Duration rest() {
    return Duration.ofSeconds(number("bench.rest", 600, 60));
  }

  /** How long writes are counted while nothing happens. */
  static Duration quiet() {
    return Duration.ofSeconds(number("bench.quiet", 300, 30));
  }

  static int starts() {
    return number("bench.starts", 15, 5);
  }

  /** Messages in each direction. */
  static int messages() {
    return number("bench.messages", 200, 12);
  }

  /** Texts in the backlog. */
  static int backlog() {
    return number("bench.backlog", 40, 8);
  }

  /** The links to measure on. */
  static List<Link> links() {
    String names = System.getProperty("bench.links", "SERIAL,TCP");
    return List.of(names.split(",")).stream().map(Link::valueOf).toList();
  }

  /** How the daemon reaches the simulated radio. */
  enum Link {
    SERIAL,
    TCP
  }

  private static int number(String key, int full, int quick) {
    return Integer.getInteger(key, QUICK ? quick : full);
  }
}
