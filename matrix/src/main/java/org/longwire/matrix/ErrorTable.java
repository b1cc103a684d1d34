package org.longwire.matrix;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What a reply that is no success means: Matrix's own code first, then the status (matrix.md §2,
 * §2.5). The server's words are a stranger's: one line, 200 characters.
 */
final class ErrorTable {
  /** What a rate limit that names no time asks for. */
  static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);

  /** No server can put us to sleep for longer than this without being asked again. */
  static final Duration MAX_WAIT = Duration.ofHours(1);

  private static final int MAX_WORDS = 200;

  /** Characters of an error code that are shown; the longest known ones have some forty. */
  private static final int MAX_CODE = 80;

  private final URI base;
  private final InstantSource clock;

  ErrorTable(URI base, InstantSource clock) {
    this.base = base;
    this.clock = clock;
  }

  /**
   * The failure that a reply means.
   *
   * @param doing what was asked for, to follow "cannot"
   */
  MatrixException failure(HttpReply reply, String doing) {
    String sentence = sentence(reply, doing);
    switch (reply.errcode()) {
      case "M_LIMIT_EXCEEDED":
        return limited(reply, doing);
      case "M_USER_LOCKED":
        return new MatrixException.AccountHeld(
            sentence + ": the account is locked; its homeserver's administrator can unlock it");
      case "M_USER_SUSPENDED":
        return new MatrixException.AccountHeld(
            sentence + ": the account is suspended and may only read; ask its administrator");
      case "M_RESOURCE_LIMIT_EXCEEDED", "M_USER_LIMIT_EXCEEDED":
        return new MatrixException.AccountHeld(
            sentence + ": a limit of the homeserver is reached; ask its administrator");
      case "M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED":
        return new MatrixException.Unauthorised(sentence + ": run `longwire login`");
      case "M_FORBIDDEN", "M_GUEST_ACCESS_FORBIDDEN":
        return new MatrixException.Forbidden(sentence, words(reply));
      case "M_NOT_FOUND":
        return new MatrixException.NotFound(sentence);
      case "M_UNRECOGNIZED":
        return new MatrixException.Unreachable(
            sentence + ": is matrix.homeserver right, and the server not too old?");
      default:
        return byStatus(reply, doing, sentence);
    }
  }

  private MatrixException byStatus(HttpReply reply, String doing, String sentence) {
    int status = reply.status();
    if (status == 429) {
      return limited(reply, doing);
    }
    if (status == 413) {
      return new MatrixException.Refused(sentence);
    }
    if (reply.json().isEmpty()) {
      return withoutJson(status, doing);
    }
    if (status == 500) {
      return new MatrixException.ServerFault(sentence);
    }
    if (status < 400 || status > 500 || status == 408 || status == 425) {
      return new MatrixException.Unreachable(sentence);
    }
    return switch (status) {
      case 401 -> new MatrixException.Unauthorised(sentence + ": run `longwire login`");
      case 403 -> new MatrixException.Forbidden(sentence, words(reply));
      case 404 -> new MatrixException.NotFound(sentence);
      default -> new MatrixException.Refused(sentence);
    };
  }

  /** Not the homeserver's voice but a proxy's, a portal's or a web site's. */
  private MatrixException withoutJson(int status, String doing) {
    if (status == 403) {
      // A filter before the server may dislike this one message: others must not wait for it.
      return new MatrixException.ServerFault(
          "cannot %s: something before %s forbids it (403)".formatted(doing, base));
    }
    if (status >= 500 || status == 408 || status == 425) {
      return new MatrixException.Unreachable(
          "cannot %s: %s is not well (%d)".formatted(doing, base, status));
    }
    return new MatrixException.Unreachable(
        "%s does not speak Matrix (it answered %d with a page): check matrix.homeserver"
            .formatted(base, status));
  }

  /** A success that does not hold what it must. */
  MatrixException.Unreachable nonsense(String doing) {
    return new MatrixException.Unreachable(
        "cannot %s: %s does not answer as Matrix does; is matrix.homeserver right?"
            .formatted(doing, base));
  }

  private MatrixException limited(HttpReply reply, String doing) {
    Duration wait = wait(reply);
    return new MatrixException.RateLimited(
        "cannot %s yet: %s asks us to wait %d s"
            .formatted(doing, base, Math.max(1, wait.plusMillis(999).toSeconds())),
        wait);
  }

  private Duration wait(HttpReply reply) {
    Duration header = reply.retryAfter().flatMap(this::header).orElse(Duration.ZERO);
    Duration body = reply
        .json()
        .flatMap(json -> json.integerAt("retry_after_ms"))
        .map(Duration::ofMillis)
        .orElse(Duration.ZERO);
    Duration longer = header.compareTo(body) > 0 ? header : body;
    if (longer.isZero() || longer.isNegative()) {
      return DEFAULT_WAIT;
    }
    return longer.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : longer;
  }

  private Optional<Duration> header(String value) {
    String text = value.strip();
    try {
      if (text.matches("[0-9]{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
      }
      ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(Duration.between(clock.instant(), until.toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private String sentence(HttpReply reply, String doing) {
    String code =
        reply.errcode().isEmpty() ? "" : " " + WellFormed.oneLine(reply.errcode(), MAX_CODE);
    return "cannot %s: %s says \"%s\" (%d%s)"
        .formatted(doing, base, words(reply), reply.status(), code);
  }

  private static String words(HttpReply reply) {
    String words = reply.json().flatMap(json -> json.text("error")).orElse("");
    return WellFormed.oneLine(words, MAX_WORDS);
  }
}
