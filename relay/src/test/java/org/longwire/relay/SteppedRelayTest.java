package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.QueueView;
import org.longwire.relay.queue.TraceEntry;
import org.longwire.relay.store.StoreException;

/**
 * A test of the promises of storage-and-reliability.md §3.2 on a whole relay, by three histories:
 * what the mesh heard, what the room shows, what the ledger says.
 */
abstract class SteppedRelayTest {
  @TempDir
  Path directory;

  TestWorld world;
  SteppedRelay relay;

  @BeforeEach
  void build() throws IOException {
    world = new TestWorld(directory);
  }

  @AfterEach
  void close() {
    if (relay != null) {
      relay.close();
    }
    world.close();
  }

  void start() throws Exception {
    relay = SteppedRelay.start(world);
  }

  void start(String more) throws Exception {
    relay = SteppedRelay.start(world, more);
  }

  /** L8: nothing waits, and every delivery has been made. */
  void assertAllDelivered() throws StoreException {
    assertEquals(List.of(), relay.stillWaiting(), "deliveries that wait");
    for (QueueView.Line line : relay.settled()) {
      assertEquals(Fate.DELIVERED, line.fate(), () -> line.text() + ": " + line.reason());
    }
  }

  void assertFate(Fate fate, String reason, String query) throws StoreException {
    TraceEntry found = relay.only(query);
    assertEquals(fate + ": " + reason, found.fate() + ": " + found.reason());
  }
}
