package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.longwire.relay.queue.Fate;

/** The housekeeper on a real ledger; that it tells systemd is SystemdNotifierTest's. */
class HousekeeperRoundsTest extends SteppedRelayTest {
  private final List<Duration> rests = new ArrayList<>();
  private final AtomicBoolean asked = new AtomicBoolean();

  private Housekeeper housekeeper() {
    return new Housekeeper(
        new Housekeeper.Means(
            relay.ledger, relay.status, Wiring.silentNotifier(), rests::add, List.of()),
        Set.of("matrix"),
        () -> asked.getAndSet(true),
        world.clock,
        world.clock);
  }

  @Test
  void aRoundLooksWhetherEverybodyWorksAndAtMostOnceAMinute() throws Exception {
    start();
    Housekeeper housekeeper = housekeeper();
    housekeeper.step();
    assertTrue(asked.getAndSet(false));
    housekeeper.step();
    assertTrue(!asked.get(), "news are no reason for a whole round");
    world.clock.advance(Housekeeper.ROUND);
    housekeeper.step();
    assertTrue(asked.get());
    world.clock.advance(Duration.ofSeconds(59));
    housekeeper.step();
    housekeeper.step();
    Duration whole = Housekeeper.ROUND;
    assertEquals(
        List.of(Duration.ZERO, whole, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1)),
        rests);
  }

  /** The senders never look at what is addressed to a radio that is away. */
  @Test
  void whatWaitsForAClosedAddressExpiresInARound() throws Exception {
    start();
    world.cable.pull();
    world.says("in vain");
    relay.seconds(10);
    Housekeeper housekeeper = housekeeper();
    world.clock.advance(Duration.ofMinutes(40));
    housekeeper.step();
    assertFate(Fate.EXPIRED, "waited too long", "in vain");
  }
}
