package org.longwire.matrix.sim;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * An answer given instead of the real one, before the request has done anything.
 *
 * @param headers besides the content type
 */
public record Failure(int status, String contentType, String body, Map<String, String> headers) {
  private static final String JSON = "application/json";
  private static final String HTML = "text/html; charset=utf-8";

  public Failure {
    headers = Map.copyOf(headers);
  }

  /** A homeserver's own error. */
  public static Failure matrix(int status, String code, String sentence) {
    DoubleJson body = DoubleJson.object().put("errcode", code).put("error", sentence);
    return new Failure(status, JSON, body.toString(), Map.of());
  }

  /** A 500 as Synapse gives it when it stumbles. */
  public static Failure internalError() {
    return matrix(500, "M_UNKNOWN", "Internal server error");
  }

  /** A page for people, as proxies give it when the server behind them is away. */
  public static Failure html(int status) {
    String body = "<html><head><title>" + status + "</title></head><body>Oops</body></html>";
    return new Failure(status, HTML, body, Map.of());
  }

  /** A status and nothing else. */
  public static Failure empty(int status) {
    return new Failure(status, JSON, "", Map.of());
  }

  /** 429 as Synapse gives it, with header and milliseconds. */
  public static Failure limited(long millis) {
    return new Failure(
        429, JSON, limitedBody().put("retry_after_ms", millis).toString(), seconds(millis));
  }

  /** 429 with the header alone. */
  public static Failure limitedByHeader(long seconds) {
    return new Failure(429, JSON, limitedBody().toString(), seconds(seconds * 1000));
  }

  /** 429 with the milliseconds alone. */
  public static Failure limitedByBody(long millis) {
    return new Failure(429, JSON, limitedBody().put("retry_after_ms", millis).toString(), Map.of());
  }

  /** 429 that does not say how long. */
  public static Failure limitedSilently() {
    return new Failure(429, JSON, limitedBody().toString(), Map.of());
  }

  /** 429 with a header that names a date. */
  public static Failure limitedUntil(Instant instant) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    return new Failure(429, JSON, limitedBody().toString(), Map.of("Retry-After", date));
  }

  /** Sends the client elsewhere. */
  public static Failure redirect(int status, String location) {
    return new Failure(status, HTML, "", Map.of("Location", location));
  }

  private static DoubleJson limitedBody() {
    return DoubleJson.object().put("errcode", "M_LIMIT_EXCEEDED").put("error", "Too Many Requests");
  }

  /** The header counts whole seconds, rounded up. */
  private static Map<String, String> seconds(long millis) {
    return Map.of("Retry-After", Long.toString((millis + 999) / 1000));
  }
}
