package org.longwire.matrix;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request to the homeserver, without its token.
 *
 * @param path below the homeserver's address, encoded, with its query
 * @param doing what it is for, to follow "cannot"
 * @param limit for it and its answer, if it is not the usual one
 */
record HttpCall(
    String method, String path, Optional<Body> body, String doing, Optional<Duration> limit) {
  /** What is sent along. */
  record Body(String type, byte[] bytes) {
    private static Body json(byte[] document) {
      return new Body("application/json", document);
    }
  }

  static HttpCall get(String path, String doing) {
    return new HttpCall("GET", path, Optional.empty(), doing, Optional.empty());
  }

  static HttpCall post(String path, JsonTree body, String doing) {
    return new HttpCall(
        "POST", path, Optional.of(Body.json(body.bytes())), doing, Optional.empty());
  }

  static HttpCall put(String path, byte[] body, String doing) {
    return new HttpCall("PUT", path, Optional.of(Body.json(body)), doing, Optional.empty());
  }

  /** Sends a file. */
  static HttpCall upload(MediaFile file, String doing) {
    String path = "/_matrix/media/v3/upload" + query(List.of("filename", file.name()));
    Body body = new Body(file.type(), file.content());
    return new HttpCall("POST", path, Optional.of(body), doing, Optional.empty());
  }

  HttpCall within(Duration most) {
    return new HttpCall(method, path, body, doing, Optional.of(most));
  }

  HttpCall at(String otherPath) {
    return new HttpCall(method, otherPath, body, doing, limit);
  }

  /** A path of the client API; every segment is encoded. */
  static String path(String version, String... segments) {
    StringBuilder result = new StringBuilder("/_matrix/client/").append(version);
    for (String segment : segments) {
      result.append('/').append(encode(segment));
    }
    return result.toString();
  }

  /** A query; an empty one for no pairs. */
  static String query(List<String> keysAndValues) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i + 1 < keysAndValues.size(); i += 2) {
      result.append(i == 0 ? '?' : '&').append(encode(keysAndValues.get(i)));
      result.append('=').append(encode(keysAndValues.get(i + 1)));
    }
    return result.toString();
  }

  /** Percent-encodes all but the unreserved characters, and dots where they would mean a folder. */
  static String encode(String segment) {
    boolean dots = segment.equals(".") || segment.equals("..");
    StringBuilder result = new StringBuilder();
    for (byte b : WellFormed.text(segment).getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c) && !dots) {
        result.append(c);
      } else {
        result.append("%%%02X".formatted((int) c));
      }
    }
    return result.toString();
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }
}
