package org.longwire.relay.soak;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day in some seconds; {@code StoreSoakIT} takes half an hour in real time. */
class StoreSoakTest {
  @TempDir
  Path directory;

  @Test
  void aDayOfMixedTrafficLeavesMemoryAndOpenFilesAsTheyWere() throws Exception {
    Pace pace = new Pace.Simulated(Duration.ofDays(1), Duration.ofMinutes(2));
    new StoreSoak(directory, pace).run();
  }
}
