package org.longwire.radio;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code major.minor.patch} of a firmware; all zero if it cannot be read. */
record FirmwareVersion(int major, int minor, int patch) {
  private static final Pattern WRITTEN =
      Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?.*", Pattern.DOTALL);

  static FirmwareVersion parse(String text) {
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches()) {
      return new FirmwareVersion(0, 0, 0);
    }
    int patch = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
    return new FirmwareVersion(
        Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), patch);
  }

  /** Whether it answers heartbeats (reference: meshtastic.md §2.5). */
  boolean answersHeartbeats() {
    return isAtLeast(2, 7, 4);
  }

  /** Whether its console is silent while a client talks (reference: meshtastic.md §0.9). */
  boolean isSilentInSession() {
    return isAtLeast(2, 8, 0);
  }

  /** Whether it signs what it sends to everybody (reference: meshtastic.md §4.6). */
  boolean signsBroadcasts() {
    return isAtLeast(2, 8, 0);
  }

  private boolean isAtLeast(int wantedMajor, int wantedMinor, int wantedPatch) {
    if (major != wantedMajor) {
      return major > wantedMajor;
    }
    if (minor != wantedMinor) {
      return minor > wantedMinor;
    }
    return patch >= wantedPatch;
  }
}
