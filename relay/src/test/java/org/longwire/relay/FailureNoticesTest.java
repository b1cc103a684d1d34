package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.sim.PostedEvent;

/** What a room is told when many messages fail at once, or failed long ago. */
class FailureNoticesTest extends SteppedRelayTest {
  private void passUntilAllHaveFailed() throws Exception {
    while (relay.waiting() > 0) {
      relay.pass(Duration.ofMillis(100));
    }
  }

  /** Dies with none of them told, then with some, then when all is said. */
  @Test
  void manyThatFailTogetherAreToldTogetherAndOnceInSpiteOfCrashes() throws Exception {
    start();
    world.cable.pull();
    world.server.userSaysAtOnce(world.room, world.maria, TestWorld.numbered("text", 30));
    relay.minutes(29);
    passUntilAllHaveFailed();
    relay = relay.crash().minutes(2);
    assertEquals(5, world.notices().size());
    relay = relay.crash().minutes(2);
    assertEquals(5, world.notices().size());
    relay.minutes(12);
    relay = relay.crash().minutes(15);
    assertEquals(6, world.notices().size());
    assertTrue(
        world.notices().subList(0, 5).stream().allMatch(one -> one.target().isPresent()));
    PostedEvent together = world.notices().get(5);
    assertEquals(Optional.empty(), together.target(), "it is for the whole room");
    assertEquals(
        "25 more messages since 08:00 were not sent to the mesh: they waited longer than 30 min"
            + " for the radio; say them again if they still matter",
        together.body().orElse(""));
  }

  @Test
  void eachStretchOfFailuresIsToldAnew() throws Exception {
    start();
    world.cable.pull();
    world.server.userSaysAtOnce(world.room, world.maria, TestWorld.numbered("early", 7));
    relay.minutes(15);
    world.server.userSaysAtOnce(world.room, world.maria, TestWorld.numbered("late", 6));
    relay.minutes(60);
    assertEquals(12, world.notices().size());
    List<String> together = world.notices().stream()
        .filter(one -> one.target().isEmpty())
        .map(one -> one.body().orElse("").substring(0, 30))
        .toList();
    assertEquals(
        List.of("2 more messages since 08:00 we", "1 more message since 08:15 was"), together);
  }

  @Test
  void whatFailedUnderAVersionThatToldNobodyIsNotToldAfterTheUpdate() throws Exception {
    start();
    world.cable.pull();
    world.says("stale news");
    relay.minutes(29);
    passUntilAllHaveFailed();
    relay.database.write(tx -> tx.update("DELETE FROM progress WHERE name = 'failures'"));
    world.tick(Duration.ofSeconds(1));
    relay = relay.crash().minutes(2);
    assertEquals(List.of(), world.notices());
    world.says("fresh news");
    relay.minutes(40);
    assertEquals(1, world.notices().size());
  }
}
