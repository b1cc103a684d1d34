package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.relay.queue.Fate;

/** L5 and L8: what has waited too long is let go, says so, and holds up nothing. */
class ExpiryTest extends SteppedRelayTest {
  @Test
  void whatWaitedTooLongForTheRadioIsNotSaidToTheMesh() throws Exception {
    start("mesh { max-age = 30m }\n");
    world.cable.pull();
    world.says("stale news");
    relay.minutes(20);
    world.says("fresher news");
    relay.minutes(15);
    assertFate(Fate.EXPIRED, "waited too long", "stale news");
    world.cable.plug();
    relay.minutes(5);
    assertEquals(List.of("maria: fresher news"), world.heard());
    assertEquals(0, relay.waiting());
  }

  @Test
  void whatWaitedTooLongForTheHomeserverIsNotPosted() throws Exception {
    relay = SteppedRelay.start(
        world,
        TestConfig.usual(world).replaceFirst("password-file", "max-age = 1h, password-file"),
        "state");
    world.server.down();
    world.ridge.says("stale news");
    relay.minutes(50);
    world.ridge.says("fresher news");
    relay.minutes(20);
    assertFate(Fate.EXPIRED, "waited too long", "stale news");
    world.server.up();
    relay.minutes(5);
    assertEquals(
        List.of("[RDG] fresher news"),
        world.shown().stream()
            .map(text -> text.replaceAll(" \\(heard [^)]*\\)", ""))
            .toList());
    assertEquals(0, relay.waiting());
  }

  /** Expiry is judged at the next start too. */
  @Test
  void whatExpiredWhileTheRelayWasDeadIsNotSent() throws Exception {
    start("mesh { max-age = 30m }\n");
    world.cable.pull();
    world.says("stale news");
    relay.seconds(10);
    relay.close();
    world.tick(Duration.ofHours(2));
    world.cable.plug();
    relay = relay.restart().minutes(2);
    assertEquals(List.of(), world.heard());
    assertFate(Fate.EXPIRED, "waited too long", "stale news");
  }
}
