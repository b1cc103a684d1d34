package org.longwire.relay.soak;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half an hour, or {@code -Dsoak.minutes}, with the profile {@code soak}. */
class StoreSoakIT {
  private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("soak.minutes", 30));

  @TempDir
  Path directory;

  @Test
  void halfAnHourOfMixedTrafficLeavesMemoryAndOpenFilesAsTheyWere() throws Exception {
    new StoreSoak(directory, new Pace.Real(LENGTH, Duration.ofMillis(200))).run();
  }
}
