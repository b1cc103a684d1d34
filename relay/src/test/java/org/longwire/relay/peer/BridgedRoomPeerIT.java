package org.longwire.relay.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.Waypoint;
import org.longwire.radio.sim.HeardText;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.relay.run.Closer;

/**
 * A conversation between a mesh and a room on a real Synapse, carried by the shipped jar, as people
 * see it whose clients are built on matrix-js-sdk. One relay and one room serve all the scenes: the
 * words of each are its own.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BridgedRoomPeerIT {
  private static final String THUMB = "👍";
  private static final String HEART = "❤";

  @TempDir
  static Path directory;

  private static final Closer CLOSER = new Closer();

  private static PeerWorld world;
  private static SimulatedPeer farm;
  private static RoomClient mona;
  private static RoomClient nils;

  /** Who was invited to a private room with the hut, and is in it. */
  private static RoomClient otto;

  private static RelayProcess relay;

  @BeforeAll
  static void start() throws Exception {
    SynapseServer synapse = CLOSER.own(SynapseServer.start(SynapseServer.Limits.NONE, ""));
    world = CLOSER.own(PeerWorld.overTcp(synapse, directory));
    farm = world.addPeer(new NodeId(0x5e1f0002), "Valley Farm", "FARM");
    mona = CLOSER.own(world.enter("mona"));
    nils = CLOSER.own(world.enter("nils"));
    otto = CLOSER.own(world.enter("otto"));
    world
        .with("mesh { message-delay = 2.1s }")
        .with("direct { enabled = true, rooms = [ { user = \"%s\", node = \"%s\" } ] }"
            .formatted(otto.user(), world.hut().id()));
    relay = CLOSER.own(world.startProcess());
    world.awaitConnected();
    otto.accept(world.botId());
  }

  @AfterAll
  static void stop() {
    boolean stayed = relay.isAlive();
    String log = relay.log();
    CLOSER.close();
    assertTrue(stayed, log);
  }

  /** Words of the hut as the relay posts them. */
  private static String fromHut(String words) {
    return "[Ridge Hut/Peers]: " + words;
  }

  /** Something of the mesh that is shown after all that was said there before. */
  private static void awaitAllOfTheMesh(String marker) {
    farm.says(marker);
    mona.awaitBody("[Valley Farm/Peers]: " + marker);
    nils.awaitBody("[Valley Farm/Peers]: " + marker);
  }

  private static long heardTimes(String words) {
    return world.heard().stream().filter(heard -> heard.text().contains(words)).count();
  }

  private static void assertAnswers(PacketId target, HeardText heard) {
    assertEquals(target, new PacketId(heard.replyTo()));
  }

  // Words.

  @Test
  void aTextOfTheMeshIsShownToBothAndATextOfTheRoomIsHeardOnTheMesh() throws Exception {
    world.hut().says("Wind from the *west* <b>now</b>");
    ShownEvent toMona = mona.awaitBody(fromHut("Wind from the *west* <b>now</b>"));
    assertEquals(world.botId(), toMona.sender());
    assertEquals(Optional.empty(), toMona.html());
    assertEquals(Optional.empty(), toMona.reply());
    assertEquals(toMona.event(), nils.awaitBody(toMona.body()).event());
    nils.say("Thanks, we stay");
    HeardText heard = world.awaitHeard("nils[M]: Thanks, we stay");
    assertEquals(NodeId.BROADCAST, heard.to());
    assertEquals(0, heard.replyTo());
  }

  // Replies.

  @Test
  void anAnswerOfTheMeshIsShownToBothAsAReplyToTheVeryWords() throws Exception {
    String question = mona.say("Is the hut open?");
    HeardText heard = world.awaitHeard("mona[M]: Is the hut open?");
    world.hut().replies(0, heard.id(), "Until October");
    for (RoomClient client : List.of(mona, nils)) {
      ShownEvent answer = client.awaitBody(fromHut("Until October"));
      assertEquals(world.botId(), answer.sender());
      assertEquals(
          Optional.of(new ShownEvent.Reply(question, Optional.of("Is the hut open?"))),
          answer.reply());
      assertEquals(Optional.empty(), answer.thread());
    }
  }

  @Test
  void anAnswerOfTheRoomAndOneInAThreadAreHeardAsRepliesToThePacket() throws Exception {
    PacketId packet = world.hut().says("Who brings bread?");
    String question = mona.awaitBody(fromHut("Who brings bread?")).event();
    nils.awaitBody(fromHut("Who brings bread?"));
    nils.reply(question, "I bring two loaves");
    assertAnswers(packet, world.awaitHeard("nils[M]: I bring two loaves"));
    mona.thread(question, "And I the butter");
    assertAnswers(packet, world.awaitHeard("mona[M]: And I the butter"));
    assertEquals(Optional.of(question), nils.awaitBody("And I the butter").thread());
  }

  // Reactions.

  @Test
  void tapbacksAreShownAsOneReactionOfTheRelayHoweverManyNodesSendThem() throws Exception {
    String words = mona.say("We are four today");
    HeardText heard = world.awaitHeard("mona[M]: We are four today");
    world.hut().reacts(0, heard.id(), THUMB);
    nils.awaitReaction(words, THUMB, world.botId());
    world.hut().reacts(0, heard.id(), THUMB);
    farm.reacts(0, heard.id(), THUMB);
    awaitAllOfTheMesh("They all have reacted");
    for (RoomClient client : List.of(mona, nils)) {
      assertEquals(
          List.of(new ShownEvent.Reaction(THUMB, 1, List.of(world.botId()))),
          client.awaitBody("We are four today").reactions());
    }
  }

  @Test
  void aReactionIsHeardAsATapbackAndItsRemovalIsShownToTheOthers() throws Exception {
    PacketId packet = world.hut().says("Soup is ready");
    String words = nils.awaitBody(fromHut("Soup is ready")).event();
    mona.awaitBody(fromHut("Soup is ready"));
    nils.react(words, "😋");
    HeardText heard = world.awaitHeard("😋");
    assertTrue(heard.tapback());
    assertAnswers(packet, heard);
    mona.awaitReaction(words, "😋", nils.user());
    nils.unreact(words, "😋");
    assertEquals(List.of(), mona.awaitWithout(words, "😋").reactions());
  }

  // What is changed and taken back.

  @Test
  void whatIsChangedOrTakenBackBeforeTheRadioHasItIsHeardAsItIsThen() throws Exception {
    world.hut().says("Anything else?");
    String question = nils.awaitBody(fromHut("Anything else?")).event();
    world.unplug();
    String regretted = nils.say("Nobody wants to know this");
    nils.react(question, HEART);
    String changed = nils.say("Bring sugar");
    nils.redact(regretted);
    nils.unreact(question, HEART);
    nils.edit(changed, "Bring salt");
    String command = nils.say(world.botId() + " !help");
    nils.awaitInThread(command);
    world.plug();
    nils.say("That is all");
    world.awaitHeard("nils[M]: That is all");
    assertEquals(1, heardTimes("nils[M]: Bring salt"));
    assertEquals(0, heardTimes("sugar"));
    assertEquals(0, heardTimes("Nobody wants"));
    assertEquals(0, heardTimes(HEART));
    assertEquals(0, heardTimes("!help"));
    assertEquals("", mona.awaitRedacted(regretted).body());
    assertTrue(mona.awaitBody(changed, "Bring salt").edited());
    assertEquals(List.of(), mona.awaitBody(fromHut("Anything else?")).reactions());
  }

  @Test
  void anEditOfWhatWasHeardIsHeardOnceAsACorrectionOfIt() throws Exception {
    String slip = nils.say("We come at night");
    HeardText first = world.awaitHeard("nils[M]: We come at night");
    nils.edit(slip, "We come at nine");
    assertAnswers(first.id(), world.awaitHeard("nils[M]: ✏ We come at nine"));
    nils.edit(slip, "We come at nine");
    nils.say("Twice the same is no correction");
    world.awaitHeard("nils[M]: Twice the same is no correction");
    assertEquals(1, heardTimes("at nine"));
    assertTrue(mona.awaitBody(slip, "We come at nine").edited());
  }

  // What is no text.

  @Test
  void aPictureWithItsCaptionIsHeardAsOneLine() throws Exception {
    mona.image("ridge.png", "The ridge last year");
    world.awaitHeard("mona[M]: [image] The ridge last year, 67 B");
  }

  @Test
  void aMarkedPlaceIsShownAsALocation() {
    GeoPoint spring = new GeoPoint(46.5, 7.9);
    world.hut().marks(0, new Waypoint(7, "Spring", "good water", spring, Optional.empty()));
    ShownEvent place = mona.awaitBody(fromHut("📍 Spring (46.5, 7.9): good water"));
    assertEquals("m.location", place.kind());
    assertEquals(world.botId(), place.sender());
  }

  // What is not for everybody, and what cannot be sent.

  @Test
  void aDirectMessageOfTheMeshIsShownInNoSharedRoomInAnyForm() throws Exception {
    String open = mona.say("This is for everybody");
    HeardText heard = world.awaitHeard("mona[M]: This is for everybody");
    NodeId relayNode = world.node().id();
    farm.whispers(relayNode, "the key is under the stone");
    farm.whispersReply(relayNode, heard.id(), "under the stone, I said");
    farm.whispersReaction(relayNode, heard.id(), HEART);
    awaitAllOfTheMesh("Nothing to see here");
    for (RoomClient client : List.of(mona, nils)) {
      assertEquals(List.of(), client.awaitBody(open, "This is for everybody").reactions());
      assertTrue(
          client.show().stream().noneMatch(event -> event.body().contains("the stone")),
          () -> client.show().toString());
    }
  }

  @Test
  void aPrivateRoomCarriesDirectMessagesBothWaysAndOnlyThere() throws Exception {
    PacketId packet = world.hut().whispers(world.node().id(), "Are you alone?");
    ShownEvent question = otto.awaitBody(fromHut("Are you alone?"));
    assertEquals(world.botId(), question.sender());
    otto.reply(question.event(), "Only the dog is here");
    HeardText answer = world.awaitHeard("otto[M]: Only the dog is here");
    assertTrue(answer.privately());
    assertEquals(world.hut().id(), answer.to());
    assertAnswers(packet, answer);
    awaitAllOfTheMesh("What do they talk about?");
    assertTrue(farm.heard().stream().noneMatch(heard -> heard.text().contains("dog")));
    for (RoomClient client : List.of(mona, nils)) {
      assertTrue(
          client.show().stream().noneMatch(event -> event.body().contains("alone?")),
          () -> client.show().toString());
    }
  }

  @Test
  void aDirectMessageToANodeWithoutAKeyIsToldItsAuthorInAThreadBelowIt() {
    world.hut().isKeyKnown(false);
    String unsent = otto.say("Can you keep a secret?");
    ShownEvent notice = otto.awaitInThread(unsent);
    world.hut().isKeyKnown(true);
    assertEquals("m.notice", notice.kind());
    assertTrue(notice.body().contains("no key for this node is known"), notice::body);
    assertEquals(0, heardTimes("keep a secret"));
  }

  @Test
  void whatTheRelayTookOverIsShownAsReadByIt() {
    String said = mona.say("Does the relay hear me?");
    mona.awaitReadBy(said, world.botId());
  }

  @Test
  void whatIsTooLongIsToldItsAuthorInAThreadBelowIt() throws Exception {
    String novel = mona.say("Once upon a time there was a relay. ".repeat(60));
    ShownEvent notice = mona.awaitInThread(novel);
    assertEquals(world.botId(), notice.sender());
    assertEquals("m.notice", notice.kind());
    assertTrue(
        notice.body().startsWith("your message was not sent to the mesh: it is too long"),
        notice::body);
    assertEquals(Optional.of(novel), nils.awaitBody(notice.body()).thread());
    assertEquals(0, heardTimes("Once upon a time"));
  }
}
