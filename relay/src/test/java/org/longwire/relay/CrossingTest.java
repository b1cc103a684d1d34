package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.queue.Fate;

class CrossingTest {
  @TempDir
  Path directory;

  private TestWorld world;
  private SteppedRelay relay;

  @BeforeEach
  void start() throws Exception {
    world = new TestWorld(directory);
    relay = SteppedRelay.start(world);
  }

  @AfterEach
  void stop() {
    relay.close();
    world.close();
  }

  @Test
  void aTextCrossesEachWay() throws Exception {
    world.ridge.says("is anybody there?");
    world.says("yes, here");
    relay.seconds(10);
    assertEquals(List.of("[RDG] is anybody there?"), world.shown());
    assertEquals(List.of("maria: yes, here"), world.heard());
    assertEquals(Fate.DELIVERED, relay.only("anybody").fate());
    assertEquals(Fate.DELIVERED, relay.only("yes, here").fate());
  }
}
