package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longwire.matrix.EventId;
import org.longwire.matrix.UserId;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.radio.sim.HeardText;
import org.longwire.relay.queue.Fate;

/** The keys by which relays tell whose words they bring, written by others, or with nonsense. */
class ForgedKeysTest extends SteppedRelayTest {
  private static final String ALL = """
      "meshtastic_longname": "Ridge", "meshtastic_shortname": "RDG", "meshtastic_meshnet": "%s",
      "meshtastic_portnum": "DETECTION_SENSOR_APP", "meshtastic_text": "not my words",
      "meshtastic_id": 4711, "meshtastic_replyId": 1, "meshtastic_emoji": 1,
      "meshtastic_packet": { "decoded": { "portnum": "ADMIN_APP", "payload": "AAAA" } },
      "mmrelay_suppress": true, "org.longwire.origin": "main/!5e1f0001/00000001",
      "org.longwire.transaction": "x", "org.longwire.mark": true
      """;

  private EventId posts(UserId user, String body, String keys) {
    return world.server.userSends(
        world.room,
        user,
        "m.room.message",
        "{ \"msgtype\": \"m.text\", \"body\": \"%s\", %s }".formatted(body, keys));
  }

  private HeardText only() {
    List<HeardText> texts = world.ridge.heard();
    assertEquals(1, texts.size(), texts::toString);
    return texts.get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Forx", "Elsewhere", ""})
  void aPersonsForgedKeysAreThatPersonsOwnWords(String mesh) throws Exception {
    start();
    posts(world.maria, "my own words", ALL.formatted(mesh));
    relay.seconds(10);
    HeardText heard = only();
    assertEquals("maria: my own words", heard.text());
    assertEquals(0, heard.replyTo());
    assertTrue(
        world.mesh.transmissions().stream()
            .filter(sent -> sent.packet().from().equals(TestWorld.NODE))
            .allMatch(sent -> sent.packet().port() == PortNum.TEXT_MESSAGE),
        "texts alone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"meshtastic_id\": 1.5",
        "\"meshtastic_id\": -1",
        "\"meshtastic_id\": 0",
        "\"meshtastic_id\": 1152921504606846976",
        "\"meshtastic_id\": \"4711\"",
        "\"meshtastic_id\": [4711]",
        "\"meshtastic_longname\": { \"a\": null }",
        "\"meshtastic_meshnet\": 7",
        "\"m.mentions\": { \"room\": true }",
        "\"body2\": \"\\ud83d\""
      })
  void keysOfTheWrongKindHideNothing(String keys) throws Exception {
    start();
    posts(world.maria, "my own words", keys);
    relay.seconds(10);
    assertEquals("maria: my own words", only().text());
  }

  @Test
  void whoClaimsAPacketOfOthersStillSaysHisOwnWords() throws Exception {
    start();
    PacketId known = world.ridge.says("from the ridge");
    relay.seconds(5);
    posts(world.maria, "something else", "\"meshtastic_id\": " + known.unsigned());
    relay.seconds(10);
    assertEquals(List.of("maria: something else"), world.heard());
  }

  @Test
  void forgedKeysInACorrectionAndAReactionAreNothingEither() throws Exception {
    start();
    EventId said = world.says("first");
    relay.seconds(10);
    world.server.userSends(
        world.room, world.maria, "m.room.message", """
        { "msgtype": "m.text", "body": "* second", "m.new_content": {
          "msgtype": "m.text", "body": "second", %s },
          "m.relates_to": { "rel_type": "m.replace", "event_id": "%s" } }
        """.formatted(ALL.formatted("Forx"), said));
    world.server.userSends(
        world.room, world.maria, "m.reaction", """
        { %s, "m.relates_to": {
          "rel_type": "m.annotation", "event_id": "%s", "key": "\ud83d\udc4d" } }
        """.formatted(ALL.formatted("Forx"), said));
    relay.seconds(20);
    assertEquals(List.of("maria: first", "maria: \u270f second", "\ud83d\udc4d"), world.heard());
  }

  private void startTrustingTom() throws Exception {
    start("matrix.trusted-relays = [ \"%s\" ]\n".formatted(world.tom));
  }

  @Test
  void aTrustedRelaysWordsAreItsNodesAndFitThePacketHoweverLongTheNames() throws Exception {
    startTrustingTom();
    posts(world.tom, "x", """
        "meshtastic_longname": "%s", "meshtastic_meshnet": "%s", "meshtastic_text": "their words"
        """.formatted("L".repeat(5_000), "M".repeat(5_000)));
    relay.seconds(10);
    String heard = only().text();
    assertTrue(heard.startsWith("[LLL] "), heard);
    assertTrue(heard.endsWith("their words"), heard);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\u200b", "\\u0000\\u202e"})
  void aTrustedRelaysEmptyWordsHaveAFateAndHoldUpNobody(String words) throws Exception {
    startTrustingTom();
    posts(world.tom, "a body", """
        "meshtastic_longname": "Bob", "meshtastic_meshnet": "Else", "meshtastic_text": "%s"
        """.formatted(words));
    world.says("hello");
    relay.seconds(10);
    assertEquals(List.of("maria: hello"), world.heard());
    assertFate(Fate.FILTERED, "nothing to say", "a body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"meshtastic_longname\": 7, \"meshtastic_meshnet\": \"Else\", \"meshtastic_text\": \"t\"",
        "\"meshtastic_longname\": \"\\u202e\", \"meshtastic_meshnet\": \"E\","
            + " \"meshtastic_text\": \"t\"",
        "\"meshtastic_longname\": \"Bob\", \"meshtastic_text\": \"t\"",
        "\"meshtastic_longname\": \"Bob\", \"meshtastic_meshnet\": \"Else\"",
        "\"mmrelay_suppress\": false"
      })
  void halfOfATrustedRelaysKeysAreNone(String keys) throws Exception {
    startTrustingTom();
    posts(world.tom, "its own words", keys);
    relay.seconds(10);
    assertEquals("tom: its own words", only().text());
  }

  /** As a trusted relay says it: meant to be passed on. */
  private static String all(String meshnet) {
    return ALL.formatted(meshnet).replace("\"mmrelay_suppress\": true,", "");
  }

  @Test
  void whatATrustedRelaySaysIsNotForRelaysIsNotPassedOn() throws Exception {
    startTrustingTom();
    posts(world.tom, "[Bob/Else]: hi", ALL.formatted("Else"));
    relay.seconds(10);
    assertEquals(List.of(), world.heard());
    assertFate(Fate.FILTERED, "not to be relayed, says the relay that posted it", "[Bob/Else]: hi");
  }

  @Test
  void whatATrustedRelayBringsFromOurMeshDoesNotGoBack() throws Exception {
    startTrustingTom();
    posts(world.tom, "[Ridge/Forx]: hi", all("Forx"));
    relay.seconds(10);
    assertEquals(List.of(), world.heard());
    assertFate(Fate.FILTERED, "relayed from our own mesh by another relay", "[Ridge/Forx]: hi");
  }

  @Test
  void aDetectionThatATrustedRelayTellsOfIsAText() throws Exception {
    startTrustingTom();
    posts(world.tom, "[Bob/Else]: door open", all("Else"));
    relay.seconds(10);
    assertEquals("[RDG] not my words", only().text());
    assertEquals(0, only().replyTo());
  }

  @Test
  void theWordsThatATrustedRelaysReactionQuotesAreCleanedAndCut() throws Exception {
    startTrustingTom();
    world.server.userSends(world.room, world.tom, "m.room.message", """
        { "msgtype": "m.emote", "body": "\\n [Bob/Else]: reacted \ud83d\udc4d to \\"x\\"",
          "meshtastic_longname": "Bob", "meshtastic_meshnet": "Else", "meshtastic_emoji": 1,
          "meshtastic_replyId": 7, "meshtastic_text": "\\u202eevil%s" }
        """.formatted("l".repeat(60)));
    relay.seconds(10);
    assertEquals(
        "Bob/Else reacted \ud83d\udc4d to \"evil" + "l".repeat(36) + "...\"",
        only().text());
  }
}
