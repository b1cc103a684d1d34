package org.longwire.matrix;

import java.util.Optional;

/**
 * What the homeserver, or something before it, answered.
 *
 * @param location where a redirection leads, as sent
 * @param retryAfter the header of that name, as sent
 * @param json the body, if it is a JSON object
 */
record HttpReply(
    int status, Optional<String> location, Optional<String> retryAfter, Optional<JsonTree> json) {
  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  boolean isRedirect() {
    return status == 301 || status == 302 || status == 307 || status == 308;
  }

  /** Matrix's own code of the error; the status decides where that is {@code M_UNKNOWN}. */
  String errcode() {
    return json.flatMap(body -> body.text("errcode")).orElse("");
  }
}
