package org.longwire.matrix;

import java.time.Duration;

/**
 * What one request may take.
 *
 * @param request the whole of a request and its answer; a sync may take its wait on top
 * @param connect until a connection stands
 * @param bodyBytes the largest answer that is read
 */
public record HttpLimits(Duration request, Duration connect, int bodyBytes) {
  /** 30 s, 10 s, 16 MB. */
  public static HttpLimits standard() {
    return new HttpLimits(Duration.ofSeconds(30), Duration.ofSeconds(10), JsonTree.MAX_BYTES);
  }
}
