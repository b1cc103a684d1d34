package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTableTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private final ErrorTable table = new ErrorTable(URI.create("https://example.org"), () -> NOW);

  private MatrixException failure(int status, String retryAfter, String body) {
    return table.failure(
        new HttpReply(
            status,
            Optional.empty(),
            Optional.of(retryAfter).filter(text -> !text.isEmpty()),
            JsonTree.parse(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))),
        "send to !r");
  }

  @ParameterizedTest
  @CsvSource({
    "400, M_BAD_JSON, Refused, GIVE_UP",
    "400, M_UNKNOWN, Refused, GIVE_UP",
    "413, M_TOO_LARGE, Refused, GIVE_UP",
    "409, M_CONFLICT, Refused, GIVE_UP",
    "401, M_UNKNOWN_TOKEN, Unauthorised, LOG_IN",
    "401, M_MISSING_TOKEN, Unauthorised, LOG_IN",
    "403, M_UNKNOWN_TOKEN, Unauthorised, LOG_IN",
    "401, M_USER_LOCKED, AccountHeld, SLOW_DOWN",
    "403, M_USER_SUSPENDED, AccountHeld, SLOW_DOWN",
    "403, M_RESOURCE_LIMIT_EXCEEDED, AccountHeld, SLOW_DOWN",
    "403, M_FORBIDDEN, Forbidden, PARK_ROOM",
    "403, M_SOMETHING_NEW, Forbidden, PARK_ROOM",
    "404, M_NOT_FOUND, NotFound, PARK_ROOM",
    "404, M_UNRECOGNIZED, Unreachable, RETRY",
    "408, M_UNKNOWN, Unreachable, RETRY",
    "425, M_UNKNOWN, Unreachable, RETRY",
    "429, M_UNKNOWN, RateLimited, SLOW_DOWN",
    "400, M_LIMIT_EXCEEDED, RateLimited, SLOW_DOWN",
    "500, M_UNKNOWN, ServerFault, SUSPECT",
    "502, M_UNKNOWN, Unreachable, RETRY",
    "503, M_UNKNOWN, Unreachable, RETRY",
    "504, M_UNKNOWN, Unreachable, RETRY",
    "520, M_UNKNOWN, Unreachable, RETRY",
    "524, M_UNKNOWN, Unreachable, RETRY",
    "302, M_UNKNOWN, Unreachable, RETRY"
  })
  void matrixErrorsAreReadByCodeAndThenByStatus(
      int status, String code, String kind, MatrixException.Advice advice) {
    MatrixException failure = failure(status, "", "{'errcode':'" + code + "','error':'because'}");
    assertEquals(kind, failure.getClass().getSimpleName());
    assertEquals(advice, failure.advice());
  }

  @ParameterizedTest
  @CsvSource({
    "200, Unreachable", "400, Unreachable", "401, Unreachable", "404, Unreachable",
    "500, Unreachable", "502, Unreachable", "503, Unreachable", "524, Unreachable",
    "429, RateLimited", "413, Refused", "403, ServerFault"
  })
  void aPageOfAProxyIsNotTheHomeserversWord(int status, String kind) {
    MatrixException failure = failure(status, "", "<html>nginx</html>");
    assertEquals(kind, failure.getClass().getSimpleName());
  }

  @ParameterizedTest
  @CsvSource({
    "'', {}, 5000",
    "7, {}, 7000",
    "'', {'retry_after_ms':1234}, 1234",
    "1, {'retry_after_ms':1234}, 1234",
    "2, {'retry_after_ms':1234}, 2000",
    "'Fri, 20 Nov 2026 08:00:30 GMT', {}, 30000",
    "'Fri, 20 Nov 2026 07:00:30 GMT', {}, 5000",
    "soon, {}, 5000",
    "-3, {'retry_after_ms':-3}, 5000",
    "'', {'retry_after_ms':1e3}, 5000",
    "999999999, {}, 3600000",
    "99999999999999999999, {'retry_after_ms':9007199254740991}, 3600000"
  })
  void aRateLimitNamesTheLongerOfItsTwoWaits(String header, String body, long millis) {
    MatrixException failure = failure(429, header, body);
    assertEquals(Optional.of(Duration.ofMillis(millis)), failure.retryAfter());
  }

  @Test
  void theServersWordsAreQuotedOnOneShortLine() {
    MatrixException failure = failure(
        403,
        "",
        "{'errcode':'M_FORBIDDEN\\n<3>forged','error':'no\\n\\u001b[31m" + "x".repeat(9999) + "'}");
    String sentence = failure.getMessage();
    assertTrue(sentence.startsWith("cannot send to !r: https://example.org says \"no "), sentence);
    assertTrue(sentence.length() < 400, sentence);
    assertFalse(sentence.chars().anyMatch(c -> c < ' '), sentence);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404})
  void aWebSiteIsToldFromAHomeserver(int status) {
    assertEquals(
        "https://example.org does not speak Matrix (it answered %d with a page): check matrix.homeserver"
            .formatted(status),
        failure(status, "", "<html>").getMessage());
  }
}
