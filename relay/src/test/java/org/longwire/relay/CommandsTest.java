package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.sim.Failure;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.matrix.sim.RequestKind;
import org.longwire.radio.GeoPoint;
import org.longwire.relay.queue.Fate;

/** Commands in a shared room: who may, what is answered, and that the mesh hears nothing of it. */
class CommandsTest extends SteppedRelayTest {
  private String lastAnswer() {
    List<String> shown = world.shown();
    return shown.isEmpty() ? "" : shown.get(shown.size() - 1);
  }

  private String ask(String words) throws Exception {
    int before = world.shown().size();
    world.says(words);
    relay.seconds(30);
    assertEquals(before + 1, world.shown().size(), () -> words + ": " + world.shown());
    return lastAnswer();
  }

  private void power(int level) {
    world.server.setPower(world.room, world.maria, level);
  }

  @Test
  void aCommandIsAnsweredBelowItAndNeverTransmitted() throws Exception {
    start();
    String answer = ask("longwire: !help");
    assertTrue(answer.contains("longwire: !ping – ") && !answer.contains("!trace"), answer);
    assertFate(Fate.FILTERED, "command: help", "longwire: !help");
    assertEquals(List.of(), world.heard());
  }

  @Test
  void aCommandTypedAsAReplyIsExecutedAndNotTransmitted() throws Exception {
    start();
    world.ridge.says("hello");
    relay.seconds(10);
    world.server.userReplies(
        world.room,
        world.maria,
        world.server.room(world.room).messages().get(0).id(),
        "longwire: !nodes");
    relay.seconds(10);
    assertTrue(lastAnswer().contains("Ridge (RDG)"), lastAnswer());
    assertEquals(List.of(), world.heard());
  }

  @Test
  void anEditGivesNoCommandAndIsNotTransmitted() throws Exception {
    start("commands.roles.status = everyone\n");
    EventId said = world.says("good morning");
    relay.minutes(1);
    world.server.userEdits(world.room, world.maria, said, "longwire: !status");
    relay.minutes(1);
    assertEquals(List.of("maria: good morning"), world.heard());
    assertEquals(List.of(), world.shown());
  }

  @Test
  void withoutItsNameItIsAWordLikeOthers() throws Exception {
    start();
    world.says("!help");
    relay.seconds(10);
    assertEquals(List.of("maria: !help"), world.heard());
    assertEquals(List.of(), world.shown());
  }

  @Test
  void whereNoMentionIsNeededOnlyKnownCommandsAreHeard() throws Exception {
    start("commands.mention-required = false\n");
    assertTrue(ask("!help").lines().anyMatch(line -> line.startsWith("!ping – ")), lastAnswer());
    world.says("!weather");
    relay.seconds(10);
    assertEquals(List.of("maria: !weather"), world.heard());
  }

  @Test
  void anUnknownCommandNamesTheNearest() throws Exception {
    start();
    String answer = ask("longwire: !nodse");
    assertTrue(answer.contains("did you mean \"longwire: !nodes\"?"), answer);
    assertTrue(answer.endsWith("\"longwire: !help\" lists those there are"), answer);
    assertEquals(List.of(), world.heard());
  }

  @Test
  void whatHelpSaysOneMayTypeIsHeardAsACommand() throws Exception {
    start("commands.admins = [ \"%s\" ]\n".formatted(world.maria));
    List<String> lines = ask("longwire: !help").lines().toList();
    for (String line : lines) {
      relay.minutes(1);
      ask(line.substring(0, line.indexOf(" – ")));
    }
    assertTrue(lines.size() > 4, lines::toString);
    assertEquals(List.of(), world.heard());
  }

  @Test
  void whatWasAskedLongAgoIsNeitherAnsweredNorTransmitted() throws Exception {
    start();
    relay.seconds(10);
    relay.close();
    world.says("longwire: !help");
    world.says("longwire: !hlep");
    world.tick(Duration.ofMinutes(16));
    relay = new SteppedRelay(world, relay.config);
    relay.minutes(1);
    assertEquals(List.of(), world.shown());
    assertEquals(List.of(), world.heard());
    assertFate(Fate.FILTERED, "command: help", "longwire: !help");
    assertFate(Fate.FILTERED, "command: hlep", "longwire: !hlep");
  }

  @Test
  void whatWasAskedAMomentAgoIsAnsweredAfterARestart() throws Exception {
    start();
    relay.seconds(10);
    relay.close();
    world.says("longwire: !help");
    world.tick(Duration.ofMinutes(14));
    relay = new SteppedRelay(world, relay.config);
    relay.minutes(1);
    assertEquals(1, world.shown().size(), world.shown()::toString);
  }

  @Test
  void aNoticeIsNoCommand() throws Exception {
    start();
    world.server.userNotices(world.room, world.tom, "longwire: !help");
    relay.seconds(10);
    assertEquals(List.of(), world.shown());
  }

  @Test
  void whatSaysItIsOfAMeshCommandsNothing() throws Exception {
    start();
    world.server.userSends(
        world.room,
        world.maria,
        "m.room.message",
        "{\"msgtype\":\"m.text\",\"body\":\"longwire: !help\",\"meshtastic_longname\":\"Eve\"}");
    relay.seconds(10);
    assertEquals(List.of(), world.shown());
  }

  @Test
  void whoMayNotIsToldForWhomItIs() throws Exception {
    start();
    assertEquals("!status is for the moderators of this room", ask("longwire: !status"));
    assertEquals("!trace is for administrators", ask("longwire: !trace hello"));
  }

  @Test
  void powerInTheRoomDecidesAndAChangeOfItCountsWithinAMinute() throws Exception {
    start();
    power(50);
    assertTrue(ask("longwire: !status").contains("radio main: "), lastAnswer());
    assertEquals("!trace is for administrators", ask("longwire: !trace hello"));
    power(0);
    relay.minutes(2);
    assertEquals("!status is for the moderators of this room", ask("longwire: !status"));
    power(100);
    relay.minutes(2);
    assertTrue(ask("longwire: !trace hello").contains("no such message"), lastAnswer());
  }

  @Test
  void aConfiguredAdminMayWithoutAQuestionToTheServer() throws Exception {
    start("commands.admins = [ \"%s\" ]\n".formatted(world.maria));
    world.ridge.says("see you at noon");
    relay.seconds(10);
    String answer = ask("longwire: !trace at noon");
    assertTrue(answer.contains("delivered") && !answer.contains("noon"), answer);
  }

  @Test
  void aTraceTellsNothingOfOtherPlaces() throws Exception {
    start("commands.admins = [ \"%s\" ]\n".formatted(world.maria));
    world.ridge.whispers(TestWorld.NODE, "our secret");
    relay.seconds(10);
    assertTrue(ask("longwire: !trace secret").contains("no such message"), lastAnswer());
  }

  @Test
  void theOperatorDecidesWhoMayUseACommand() throws Exception {
    start("commands.roles.status = everyone\nplugins.nodes.roles.nodes = nobody\n");
    assertEquals("!nodes is switched off here", ask("longwire: !nodes"));
    assertTrue(ask("longwire: !status").contains("waiting: "), lastAnswer());
  }

  @Test
  void aServerThatDoesNotSayWhoSomebodyIsMeansNo() throws Exception {
    start();
    world.server.faults().failNext(RequestKind.STATE, 100, Failure.html(502));
    assertTrue(ask("longwire: !status").startsWith("not now: "), lastAnswer());
    world.server.faults().heal();
    power(50);
    assertTrue(ask("longwire: !status").contains("radio main: "), lastAnswer());
  }

  @Test
  void whoAsksWithoutEndIsNotAnsweredWithoutEnd() throws Exception {
    start();
    for (int i = 0; i < 20; i++) {
      world.says("longwire: !help");
    }
    relay.minutes(5);
    assertEquals(6, world.shown().size());
    assertEquals(List.of(), world.heard());
  }

  @Test
  void aNodeHasItsPlaceToldToThoseOnItsChannel() throws Exception {
    start();
    assertTrue(ask("longwire: !where ridge").contains("told no place"), lastAnswer());
    assertTrue(ask("longwire: !where nobody").contains("no node of this name"), lastAnswer());
  }

  @Test
  void aPlaceThatIsAskedForIsShownOnTheMapBelowTheQuestion() throws Exception {
    start();
    world.ridge.tellsPosition(0, new GeoPoint(46.948, 7.4474));
    relay.seconds(10);
    assertEquals("Ridge (0001): geo:46.94800,7.44740, now", ask("longwire: !where ridge"));
    List<PostedEvent> posted = world.server.room(world.room).messages();
    String content = posted.get(posted.size() - 1).content().replace(" ", "");
    assertTrue(content.contains("\"msgtype\":\"m.location\""), content);
    assertTrue(content.contains("\"geo_uri\":\"geo:46.948,7.4474\""), content);
    assertTrue(content.contains("\"rel_type\":\"m.thread\""), content);
    // By this another relay in the room knows that it is no person's.
    assertTrue(content.contains("\"org.longwire.mark\":\"answer\""), content);
    assertEquals(List.of(), world.heard());
  }

  @Test
  void theAnswerOfAnotherRelayIsNotTransmitted() throws Exception {
    start();
    world.server.userSends(
        world.room,
        world.tom,
        "m.room.message",
        "{\"msgtype\":\"m.location\",\"body\":\"Ridge: here\",\"geo_uri\":\"geo:46.9,7.4\","
            + "\"org.longwire.mark\":\"answer\"}");
    relay.minutes(1);
    assertEquals(List.of(), world.heard());
    assertEquals(List.of(), world.shown());
  }

  @Test
  void privateRoomsAreOffUnlessTheyAreSwitchedOn() throws Exception {
    start("commands.roles.dm = everyone\n");
    assertTrue(ask("longwire: !dm ridge").contains("direct.enabled"), lastAnswer());
  }
}
