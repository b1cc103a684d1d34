package org.longwire.relay.config;

import java.util.regex.Pattern;

/**
 * The name of a radio in the configuration, {@code main} unless several are configured. Part of
 * every key of the ledger.
 */
public record RadioId(String value) {
  // Before the constants, whose constructor asks it.
  private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  public static final RadioId MAIN = new RadioId("main");

  public RadioId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "a radio's name has 1 to 32 of a-z, 0-9 and dash, unlike \"" + value + "\"");
    }
  }

  public static boolean isValid(String value) {
    return ALLOWED.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
