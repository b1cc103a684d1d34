package org.longwire.matrix.sim;

import java.util.OptionalLong;

/** A request that is answered with an error: a status, an error code and a sentence. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String code;
  private final long retryAfterMs;
  private final Logout logout;

  private enum Logout {
    NONE,
    SOFT,
    HARD
  }

  Refusal(int status, String code, String sentence) {
    this(status, code, sentence, -1, Logout.NONE);
  }

  private Refusal(int status, String code, String sentence, long retryAfterMs, Logout logout) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.logout = logout;
  }

  static Refusal forbidden(String sentence) {
    return new Refusal(403, "M_FORBIDDEN", sentence);
  }

  static Refusal notFound(String sentence) {
    return new Refusal(404, "M_NOT_FOUND", sentence);
  }

  static Refusal badRequest(String code, String sentence) {
    return new Refusal(400, code, sentence);
  }

  static Refusal limited(long retryAfterMs) {
    return new Refusal(429, "M_LIMIT_EXCEEDED", "Too Many Requests", retryAfterMs, Logout.NONE);
  }

  /** The token is unknown; soft if a refresh or a new login of the same device cures it. */
  static Refusal unknownToken(boolean soft) {
    String sentence = soft ? "Access token has expired" : "Invalid access token passed.";
    return new Refusal(401, "M_UNKNOWN_TOKEN", sentence, -1, soft ? Logout.SOFT : Logout.HARD);
  }

  int status() {
    return status;
  }

  OptionalLong retryAfterMs() {
    return retryAfterMs < 0 ? OptionalLong.empty() : OptionalLong.of(retryAfterMs);
  }

  DoubleJson body() {
    DoubleJson body = DoubleJson.object().put("errcode", code).put("error", getMessage());
    if (retryAfterMs >= 0) {
      body.put("retry_after_ms", retryAfterMs);
    }
    if (logout != Logout.NONE) {
      body.put("soft_logout", logout == Logout.SOFT);
    }
    return body;
  }
}
