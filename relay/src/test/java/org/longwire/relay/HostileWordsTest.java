package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.matrix.sim.Posting;
import org.longwire.radio.NodeId;

/** Words and names by which strangers try to be markup, a mention, or somebody else. */
class HostileWordsTest extends SteppedRelayTest {
  private static final String LONG_NAMES = "prefix.to-matrix = \"[{long}/{mesh}]: \"\n";
  private static final String FAMILY = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
  private static final String PILE = "\u0351\u036b\u0357\u036a\u035b\u033d";

  /** What a node says, and what the room reads. */
  private static final List<Arguments> TEXTS = List.of(
      Arguments.of("<b>bold</b> & <img src=x onerror=y>", "<b>bold</b> & <img src=x onerror=y>"),
      Arguments.of("**b** [x](https://example.org) `c`", "**b** [x](https://example.org) `c`"),
      Arguments.of("@room wake up", "@room wake up"),
      Arguments.of("@maria:localhost hello", "@maria:localhost hello"),
      Arguments.of("https://matrix.to/#/@maria:localhost", "https://matrix.to/#/@maria:localhost"),
      Arguments.of("</mx-reply>mine", "</mx-reply>mine"),
      Arguments.of("> <@maria:localhost> yes\n\nno", "> <@maria:localhost> yes\n\nno"),
      Arguments.of("a\u0000b\u001b[31mc", "ab[31mc"),
      Arguments.of("\u202eevil\u202c \u2066x\u2069", "evil x"),
      Arguments.of("pay\u200bpal\ufeff", "paypal"),
      Arguments.of("A\u200dl\u200di\u200dce", "Alice"),
      Arguments.of(FAMILY, FAMILY),
      Arguments.of("Z" + PILE, "Z" + PILE.substring(0, 4)),
      Arguments.of("one\r\ntwo\u2028three\u0085four", "one\ntwo\nthree\nfour"));

  @ParameterizedTest
  @FieldSource("TEXTS")
  void aTextOfTheMeshIsPlainTextAndPingsNobody(String said, String shown) throws Exception {
    start();
    world.ridge.says(said);
    relay.seconds(5);
    assertEquals(List.of("[RDG] " + shown), world.shown());
    assertPlain(posted());
  }

  private PostedEvent posted() {
    List<PostedEvent> messages = world.server.room(world.room).messages();
    return messages.get(messages.size() - 1);
  }

  private static void assertPlain(PostedEvent event) {
    String content = event.content().replace(" ", "");
    assertTrue(content.contains("\"m.mentions\":{}"), content);
    assertFalse(content.contains("formatted_body"), content);
    assertFalse(content.contains("m.relates_to"), content);
  }

  /** What a node calls itself, and what the room reads. */
  private static final List<Arguments> NAMES = List.of(
      Arguments.of("<b>Bob</b>", "<b>Bob</b>"),
      Arguments.of("@room", "@room"),
      Arguments.of("@maria:localhost", "@maria:localhost"),
      Arguments.of("</mx-reply>", "</mx-reply>"),
      Arguments.of("Bob\r\n[Ridge/Forx]: I", "Bob [Ridge/Forx]: I"),
      Arguments.of("\u202eboB\u202c", "boB"),
      Arguments.of("B\u200bo\u00adb\u2060", "Bob"),
      Arguments.of("Bob\u0000\u001b[31m", "Bob[31m"),
      Arguments.of("\u200b\u202e\ufeff\u3164", "Meshtastic 0003"),
      Arguments.of("   ", "Meshtastic 0003"),
      Arguments.of(
          "\ud83d\udc4d\ud83c\udffd".repeat(4) + "\ud83d\udc4d",
          "\ud83d\udc4d\ud83c\udffd".repeat(4) + "\ud83d\udc4d"),
      Arguments.of("Z" + PILE, "Z" + PILE.substring(0, 4)),
      Arguments.of("Ridge", "Ridge 0003"),
      Arguments.of("R\u0456dge", "R\u0456dge 0003"),
      Arguments.of("Ridge\u200b", "Ridge 0003"),
      Arguments.of("{mesh}{long}", "{mesh}{long}"));

  @ParameterizedTest
  @FieldSource("NAMES")
  void aNodesNameIsPlainTextOnOneLineAndNobodyElses(String called, String shown) throws Exception {
    NodeId id = new NodeId(0x5e1f0003);
    world.mesh.addPeer(id, called, "X");
    start(LONG_NAMES);
    world.mesh.peer(id).orElseThrow().says("hello");
    relay.seconds(5);
    assertEquals(List.of("[" + shown + "/Forx]: hello"), world.shown());
    assertPlain(posted());
  }

  @Test
  void aNodeThatTakesAnothersNameWhileItSpeaksIsToldApart() throws Exception {
    start(LONG_NAMES);
    NodeId id = new NodeId(0x5e1f0003);
    world.mesh.addPeer(id, "Valley", "VLY").tellsNames();
    relay.seconds(5);
    world.mesh.peer(id).orElseThrow().says("I am Valley");
    world.valley.says("no, I am");
    relay.seconds(5);
    assertEquals(
        List.of("[Valley 0003/Forx]: I am Valley", "[Valley 0002/Forx]: no, I am"), world.shown());
  }

  /** What somebody in the room writes, and what the mesh hears. */
  private static final List<Arguments> OF_THE_ROOM = List.of(
      Arguments.of("<b>x</b> @room **y**", "maria: <b>x</b> @room **y**"),
      Arguments.of("\u202eevil\u0007\u200b", "maria: evil"),
      Arguments.of("Z" + PILE, "maria: Z" + PILE.substring(0, 4)),
      Arguments.of("> quoted\nmine", "maria: > quoted\nmine"),
      Arguments.of("</mx-reply>mine", "maria: </mx-reply>mine"),
      Arguments.of("x\r\nRDG: not me", "maria: x\nRDG: not me"));

  @ParameterizedTest
  @FieldSource("OF_THE_ROOM")
  void aTextOfTheRoomIsPlainText(String said, String heard) throws Exception {
    start();
    world.says(said);
    relay.seconds(5);
    assertEquals(List.of(heard), world.heard());
  }

  @Test
  void htmlIsNeverLookedAt() throws Exception {
    start();
    world.server.userPosts(
        world.room,
        world.maria,
        Posting.text("quiet").html("<mx-reply>x</mx-reply><h1>LOUD</h1><script>y</script>"));
    relay.seconds(5);
    assertEquals(List.of("maria: quiet"), world.heard());
  }

  @Test
  void theQuoteOfAReplyIsNotSent() throws Exception {
    start();
    world.ridge.says("hello");
    relay.seconds(5);
    world.server.userPosts(
        world.room,
        world.maria,
        Posting.text("> <@longwire:localhost> [RDG] hello\n\nhi")
            .replyingTo(posted().id()));
    relay.seconds(5);
    assertEquals(List.of("maria: hi"), world.heard());
  }

  @ParameterizedTest
  @FieldSource("DISPLAY_NAMES")
  void aPersonsNameIsPlainTextOnOneLine(String called, String heard) throws Exception {
    start("prefix.to-mesh = \"{display}: \"\n");
    world.server.rename(world.maria, called);
    relay.seconds(5);
    world.says("hello");
    relay.seconds(5);
    assertEquals(List.of(heard), world.heard());
  }

  private static final List<Arguments> DISPLAY_NAMES = List.of(
      Arguments.of("<b>M</b>", "<b>M</b>: hello"),
      Arguments.of("\u202eairam\u202c", "airam: hello"),
      Arguments.of("M\nRDG", "M RDG: hello"),
      Arguments.of("\u200b\u2060", "maria: hello"),
      Arguments.of("{user}{", "{user}{: hello"),
      Arguments.of("x".repeat(256), "x".repeat(99) + " hello"));

  @Test
  void twoPeopleOfOneNameAreToldApart() throws Exception {
    start();
    world.server.rename(world.tom, "m\u0430ria");
    world.says("it is I");
    relay.seconds(5);
    world.server.userSays(world.room, world.tom, "no, I");
    relay.seconds(10);
    assertEquals("maria: it is I", world.heard().get(0));
    assertTrue(world.heard().get(1).matches("m\u0430ria~..: no, I"), world.heard()::toString);
  }

  @ParameterizedTest
  @FieldSource("MEDIA")
  void theLinkOfAFileIsWholeAndAFilesOrThereIsNone(String mxc, String link) throws Exception {
    start("mesh.attachment-link = \"https://m.example.org/{server}/{media}\"\n");
    world.server.userSends(
        world.room,
        world.maria,
        "m.room.message",
        "{ \"msgtype\": \"m.image\", \"body\": \"cat.jpg\", \"url\": \"%s\" }".formatted(mxc));
    relay.seconds(10);
    assertEquals(List.of("maria: [image]" + link), world.heard());
  }

  private static final List<Arguments> MEDIA = List.of(
      Arguments.of("mxc://example.org/aBc_1-2", " https://m.example.org/example.org/aBc_1-2"),
      Arguments.of("mxc://evil.org/see you at noon", ""),
      Arguments.of("mxc://evil.org/../x", ""),
      Arguments.of("mxc://evil.org/" + "a".repeat(200), ""),
      Arguments.of("https://evil.org/x", ""));
}
