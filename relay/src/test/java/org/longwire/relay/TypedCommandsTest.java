package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.sim.Posting;
import org.longwire.relay.queue.Fate;

/** Commands in every form in which people can write: the mesh hears none of them. */
class TypedCommandsTest extends SteppedRelayTest {
  private static final String HELP = "longwire: !help";
  private static final String NO_COMMAND = "a command is given in a message of its own";

  private EventId startWithAMessage() throws Exception {
    start();
    world.ridge.says("hello");
    relay.seconds(10);
    return world.server.room(world.room).messages().get(0).id();
  }

  private void assertAnswered() {
    assertEquals(List.of(), world.heard());
    assertEquals(2, world.shown().size(), world.shown()::toString);
    assertTrue(world.shown().get(1).contains("!nodes"), world.shown()::toString);
  }

  @Test
  void inAThreadItIsExecuted() throws Exception {
    EventId root = startWithAMessage();
    world.server.userPosts(world.room, world.maria, Posting.text(HELP).inThread(root, root));
    relay.seconds(30);
    assertAnswered();
  }

  @Test
  void asAReplyInAThreadItIsExecuted() throws Exception {
    EventId root = startWithAMessage();
    world.server.userPosts(
        world.room, world.maria, Posting.text(HELP).replyingInThread(root, root));
    relay.seconds(30);
    assertAnswered();
  }

  @Test
  void behindTheQuoteOfAReplyItIsExecuted() throws Exception {
    EventId said = startWithAMessage();
    Posting quoting = Posting.text("> <@longwire:localhost> [RDG] hello\n\n" + HELP);
    world.server.userPosts(world.room, world.maria, quoting.replyingTo(said));
    relay.seconds(30);
    assertAnswered();
  }

  @Test
  void anEditIntoOneIsNeitherExecutedNorSent() throws Exception {
    start();
    EventId said = world.says("hello");
    relay.seconds(10);
    world.server.userEdits(world.room, world.maria, said, HELP);
    relay.seconds(30);
    assertEquals(List.of("maria: hello"), world.heard());
    assertEquals(List.of(), world.shown());
    assertFate(Fate.FILTERED, NO_COMMAND, HELP);
  }

  @Test
  void anEditOfWhatStillWaitsLeavesItAsItWas() throws Exception {
    start("mesh.message-delay = 60s\n");
    world.says("first");
    EventId said = world.says("hello");
    relay.seconds(10);
    world.server.userEdits(world.room, world.maria, said, HELP);
    relay.minutes(5);
    assertEquals(List.of("maria: first", "maria: hello"), world.heard());
  }

  @Test
  void anEditOfOneIntoWordsSaysNothing() throws Exception {
    start();
    EventId asked = world.says(HELP);
    relay.seconds(10);
    world.server.userEdits(world.room, world.maria, asked, "never mind");
    relay.seconds(30);
    assertEquals(List.of(), world.heard());
  }

  @Test
  void inACaptionItIsNeitherExecutedNorSent() throws Exception {
    start();
    world.server.userPosts(
        world.room, world.maria, Posting.image("cat.jpg", 1_000).captioned(HELP));
    world.server.userPosts(world.room, world.maria, Posting.sticker(HELP));
    world.server.userPosts(world.room, world.maria, Posting.poll(HELP, List.of("yes", "no")));
    relay.seconds(30);
    assertEquals(List.of(), world.heard());
    assertEquals(List.of(), world.shown());
    assertFate(Fate.FILTERED, NO_COMMAND, "[image] " + HELP);
  }

  @Test
  void whileTheRelayWasAwayItIsNotSentEither() throws Exception {
    start();
    relay.close();
    world.says(HELP);
    relay = new SteppedRelay(world, relay.config).minutes(1);
    assertEquals(List.of(), world.heard());
  }

  @Test
  void inAReactionItIsNotSent() throws Exception {
    EventId said = startWithAMessage();
    world.server.userReacts(world.room, world.maria, said, HELP);
    relay.seconds(30);
    assertEquals(List.of(), world.heard());
  }
}
