package org.longwire.relay.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.testing.SynapseServer;

/**
 * What people see of each other in a room on a real Synapse whose clients are built on
 * matrix-js-sdk: without it, what they show of the relay ({@link BridgedRoomPeerIT}) tells nothing.
 * Every test has people of its own: names are taken once on a server.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RoomClientPeerIT {
  private static final String THUMB = "👍";

  private static SynapseServer synapse;

  @TempDir
  Path directory;

  @BeforeAll
  static void start() {
    synapse = SynapseServer.start(SynapseServer.Limits.NONE, "");
  }

  @AfterAll
  static void stop() {
    synapse.close();
  }

  @Test
  void aReplyIsShownWithTheWordsThatItAnswers() throws Exception {
    try (PeerWorld world = PeerWorld.overTcp(synapse, directory);
        RoomClient ann = world.enter("ann");
        RoomClient ben = world.enter("ben")) {
      String question = ann.say("Is the pass open?");
      ben.awaitBody("Is the pass open?");
      ben.reply(question, "Since Monday");
      ShownEvent answer = ann.awaitBody("Since Monday");
      assertEquals(ben.user(), answer.sender());
      assertEquals(
          Optional.of(new ShownEvent.Reply(question, Optional.of("Is the pass open?"))),
          answer.reply());
      assertEquals(Optional.empty(), answer.thread());
    }
  }

  @Test
  void reactionsAreCountedUntilTheyAreTakenBack() throws Exception {
    try (PeerWorld world = PeerWorld.overTcp(synapse, directory);
        RoomClient cai = world.enter("cai");
        RoomClient dov = world.enter("dov")) {
      String words = cai.say("Snow is gone");
      dov.awaitBody("Snow is gone");
      cai.react(words, THUMB);
      dov.react(words, THUMB);
      dov.awaitReaction(words, THUMB, cai.user());
      ShownEvent both = dov.awaitReaction(words, THUMB, dov.user());
      assertEquals(
          List.of(new ShownEvent.Reaction(THUMB, 2, List.of(cai.user(), dov.user()))),
          both.reactions());
      cai.awaitReaction(words, THUMB, dov.user());
      dov.unreact(words, THUMB);
      cai.unreact(words, THUMB);
      assertEquals(List.of(), cai.awaitWithout(words, THUMB).reactions());
      assertEquals(List.of(), dov.awaitWithout(words, THUMB).reactions());
    }
  }

  @Test
  void anEditIsShownInPlaceAndARemovalAsRemoved() throws Exception {
    try (PeerWorld world = PeerWorld.overTcp(synapse, directory);
        RoomClient eli = world.enter("eli");
        RoomClient fay = world.enter("fay")) {
      String slip = eli.say("See you at night");
      fay.awaitBody("See you at night");
      eli.edit(slip, "See you at eight");
      assertTrue(fay.awaitBody(slip, "See you at eight").edited());
      eli.redact(slip);
      ShownEvent removed = fay.awaitRedacted(slip);
      assertEquals("", removed.body());
      assertFalse(removed.edited());
      assertEquals(List.of(slip), fay.show().stream().map(ShownEvent::event).toList());
    }
  }

  @Test
  void aReceiptIsShownAtTheLastEventThatWasRead() throws Exception {
    try (PeerWorld world = PeerWorld.overTcp(synapse, directory);
        RoomClient ida = world.enter("ida");
        RoomClient jon = world.enter("jon")) {
      String first = ida.say("One");
      String second = ida.say("Two");
      jon.awaitBody("Two");
      jon.read(first);
      assertEquals(List.of(jon.user()), ida.awaitReadBy(first, jon.user()).readBy());
      jon.read(second);
      ida.awaitReadBy(second, jon.user());
      assertEquals(List.of(), ida.awaitBody("One").readBy(), "receipts of earlier events are gone");
    }
  }

  @Test
  void aThreadAPictureAndAPlaceAreShownAsSuch() throws Exception {
    try (PeerWorld world = PeerWorld.overTcp(synapse, directory);
        RoomClient gus = world.enter("gus");
        RoomClient hal = world.enter("hal")) {
      String root = gus.say("Plans for Sunday?");
      hal.awaitBody("Plans for Sunday?");
      hal.thread(root, "The ridge");
      assertEquals(Optional.of(root), gus.awaitBody("The ridge").thread());
      hal.image("ridge.png", "The ridge last year");
      assertEquals("m.image", gus.awaitBody("The ridge last year").kind());
      hal.location("Hut", "geo:46.5,7.9");
      assertEquals("m.location", gus.awaitBody("Hut").kind());
    }
  }
}
