package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.relay.queue.Fate;

/** Edits and removals that come together, or while a sender holds what they are about. */
class SecondThoughtsTest extends SteppedRelayTest {
  private EventId edits(EventId original, String words) {
    return world.server.userEdits(world.room, world.maria, original, words);
  }

  private void removes(EventId event) {
    world.server.userRedacts(world.room, world.maria, event);
  }

  /** With the radio away, one message waits. */
  private EventId waiting(String words) throws Exception {
    start();
    world.cable.pull();
    relay.seconds(5);
    EventId event = world.says(words);
    relay.seconds(5);
    return event;
  }

  /** Has all that was said meanwhile come in one page, and lets the radio work again. */
  private void onePage() throws Exception {
    relay.seconds(10);
    world.cable.plug();
    relay.minutes(2);
  }

  @Test
  void ofTwoEditsOnOnePageTheLastOneCounts() throws Exception {
    EventId event = waiting("one");
    relay.close();
    edits(event, "two");
    edits(event, "three");
    relay = relay.restart();
    onePage();
    assertEquals(List.of("maria: three"), world.heard());
  }

  @Test
  void theFirstWordsCanBeRestoredOnOnePage() throws Exception {
    EventId event = waiting("one");
    relay.close();
    edits(event, "two");
    edits(event, "one");
    relay = relay.restart();
    onePage();
    assertEquals(List.of("maria: one"), world.heard());
  }

  @Test
  void aRemovalTakesAnEditOfItsOwnPageAlong() throws Exception {
    EventId event = waiting("one");
    relay.close();
    edits(event, "two");
    removes(event);
    relay = relay.restart();
    onePage();
    assertEquals(List.of(), world.heard());
  }

  @Test
  void aRemovalTakesBackACorrectionThatStillWaitsAlsoAfterARestart() throws Exception {
    start();
    EventId event = world.says("one");
    relay.seconds(20);
    world.cable.pull();
    relay.seconds(5);
    edits(event, "two");
    relay.seconds(5);
    relay = relay.crash();
    removes(event);
    onePage();
    assertEquals(List.of("maria: one"), world.heard());
    edits(event, "three");
    relay.minutes(1);
    assertEquals(List.of("maria: one"), world.heard());
    assertFate(Fate.FILTERED, "the message was taken back", "three");
  }

  @Test
  void aMessageThatWasTooLongIsSentShorterAndThenLikeOthers() throws Exception {
    start();
    EventId event = world.says("long ".repeat(600));
    relay.seconds(10);
    edits(event, "short");
    relay.seconds(20);
    edits(event, "short");
    edits(event, "shorter");
    relay.seconds(30);
    assertEquals(List.of("maria: short", "maria: ✏ shorter"), world.heard());
    world.cable.pull();
    relay.seconds(5);
    edits(event, "shortest");
    relay.seconds(5);
    removes(event);
    onePage();
    assertEquals(List.of("maria: short", "maria: ✏ shorter"), world.heard());
  }

  /** Parts times channels may be more than a message has ids for. */
  @Test
  void aTextForManyChannelsIsRefusedBeforeItBreaksAnything() throws Exception {
    relay = SteppedRelay.start(
        world,
        TestConfig.usual(world)
                .replaceFirst(
                    "bridges = \\[",
                    "bridges = [ { room = \"#mesh:localhost\", channel = 1 },"
                        + " { room = \"#mesh:localhost\", channel = 2 },"
                        + " { room = \"#mesh:localhost\", channel = 3 },")
            + "mesh.max-parts = 20\n",
        "state");
    world.says("word ".repeat(700).strip());
    relay.seconds(20);
    world.says("and on");
    relay.minutes(1);
    assertEquals(Fate.REFUSED, relay.only("word word").fate());
    assertEquals(Set.of("maria: and on"), Set.copyOf(world.heard()));
  }
}
