package org.longwire.plugins.host.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whom Linux ends first when the machine has no memory left. */
public final class OomScore {
  private static final Path OWN = Path.of("/proc/self/oom_score_adj");
  private static final String FIRST = "1000";

  private OomScore() {}

  /**
   * Offers this process before any other, as a plugin or a picture is worth less than the relay.
   */
  public static void offerThisProcess() {
    try {
      Files.writeString(OWN, FIRST, StandardOpenOption.WRITE);
    } catch (IOException e) {
      // Another system, or forbidden here: then all are equal, which is no reason to end.
    }
  }
}
