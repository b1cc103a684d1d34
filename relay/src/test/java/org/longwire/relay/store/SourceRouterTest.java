package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.longwire.relay.config.DatabaseConfig.Mapping;
import org.longwire.relay.store.SourceRouter.Tier;

class SourceRouterTest {
  private static final Map<String, String> SOURCES = Map.of(
      "primary", "primary", "archive", "archive", "north", "north", "hikers", "hikers", "two",
      "two");
  private static final int DECISIONS = 10_000;

  private final SourceRouter<String> router = new SourceRouter<>(
      SOURCES,
      "primary",
      List.of(
          mapping("", 2, "", "two"),
          mapping("", -1, "North", "north"),
          mapping("#hikers:example.org", -1, "", "hikers"),
          mapping("#hikers:example.org", 3, "", "archive"),
          mapping("#hikers:example.org", 3, "North", "two"),
          mapping("#lost:example.org", -1, "", "gone")));

  private static Mapping mapping(String room, int channel, String meshnet, String source) {
    return new Mapping(
        Optional.of(room).filter(r -> !r.isEmpty()),
        channel < 0 ? OptionalInt.empty() : OptionalInt.of(channel),
        Optional.of(meshnet).filter(m -> !m.isEmpty()),
        source);
  }

  @Test
  void whatIsNamedIsTaken() throws Exception {
    assertEquals("archive", router.explicit("archive"));
    assertThrows(StoreException.Unusable.class, () -> router.explicit("nowhere"));
  }

  @Test
  void withoutAMappingTheDefaultDecides() {
    assertEquals("primary", router.route("#mesh:example.org", 0, "Forx"));
    assertEquals("primary", router.route("", SourceRouter.NO_CHANNEL, ""));
  }

  @Test
  void aMappingFitsByRoomByChannelOrByMeshnet() {
    assertEquals("hikers", router.route("#hikers:example.org", 0, "Forx"));
    assertEquals("two", router.route("#mesh:example.org", 2, "Forx"));
    assertEquals("north", router.route("", SourceRouter.NO_CHANNEL, "North"));
  }

  @Test
  void theMappingThatNamesMoreCounts() {
    assertEquals("archive", router.route("#hikers:example.org", 3, "Forx"));
    assertEquals("two", router.route("#hikers:example.org", 3, "North"));
  }

  @Test
  void aRoomComesBeforeAChannelAndAChannelBeforeAMeshnet() {
    assertEquals("hikers", router.route("#hikers:example.org", 2, "North"));
    assertEquals("two", router.route("#mesh:example.org", 2, "North"));
  }

  @Test
  void aMappingToWhatIsNotThereIsPassedOver() {
    assertEquals("primary", router.route("#lost:example.org", 0, "Forx"));
  }

  @Test
  void decisionsAreCountedByTier() throws Exception {
    router.route("#hikers:example.org", 0, "Forx");
    router.route("#mesh:example.org", 0, "Forx");
    router.route("#mesh:example.org", 1, "Forx");
    router.explicit("archive");
    assertEquals(1, router.decisions(Tier.MAPPING));
    assertEquals(2, router.decisions(Tier.DEFAULT));
    assertEquals(1, router.decisions(Tier.EXPLICIT));
  }

  @Test
  void tenThousandDecisionsMakeNoObject() throws Exception {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
            && bean.isThreadAllocatedMemorySupported(),
        "this JVM does not count what threads allocate");
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    // The first rounds also pay for compiling and for the counting itself.
    for (int round = 0; round < 5; round++) {
      long before = bean.getCurrentThreadAllocatedBytes();
      decide();
      least = Math.min(least, bean.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least, "bytes for " + DECISIONS + " decisions");
  }

  private void decide() throws StoreException {
    for (int i = 0; i < DECISIONS / 5; i++) {
      router.route("#hikers:example.org", 3, "Forx");
      router.route("#hikers:example.org", 1, "North");
      router.route("#mesh:example.org", i & 7, "Forx");
      router.route("", SourceRouter.NO_CHANNEL, "North");
      router.explicit("archive");
    }
  }
}
