package org.longwire.plugins.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of this interface. A plugin that was built against 1.3 runs on every 1.x from 1.3 on:
 * what is added raises the second number, what breaks plugins the first.
 */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  /** The one of this package. */
  public static final ApiVersion CURRENT = new ApiVersion(1, 0);

  private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  /** Reads {@code 1.0}; empty if it is no version. */
  public static Optional<ApiVersion> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** Whether plugins built against that version run on this one. */
  public boolean runs(ApiVersion other) {
    return major == other.major && minor >= other.minor;
  }

  @Override
  public int compareTo(ApiVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
