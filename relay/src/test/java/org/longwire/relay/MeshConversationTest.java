package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.radio.sim.AirPacket;
import org.longwire.radio.sim.HeardText;
import org.longwire.relay.queue.Fate;

/** Replies and tapbacks of the mesh, as the rooms see them. */
class MeshConversationTest extends SteppedRelayTest {
  private static final String THUMB = "\ud83d\udc4d";
  private static final Pattern REPLY =
      Pattern.compile("\"m.in_reply_to\":\\{\"event_id\":\"([^\"]+)\"\\}");
  private static final Pattern REACTION =
      Pattern.compile("\"m.relates_to\":\\{[^}]*\"event_id\":\"([^\"]+)\"[^}]*\\}");

  private List<PostedEvent> posted(RoomId room) {
    return world.server.room(room).events().stream()
        .filter(event -> event.sender().equals(world.bot))
        .filter(event -> event.stateKey().isEmpty())
        .toList();
  }

  private PostedEvent last(RoomId room) {
    List<PostedEvent> events = posted(room);
    return events.get(events.size() - 1);
  }

  private static Optional<EventId> found(Pattern pattern, PostedEvent event) {
    Matcher matcher = pattern.matcher(event.content().replaceAll("\\s", ""));
    return matcher.find() ? Optional.of(new EventId(matcher.group(1))) : Optional.empty();
  }

  /** "body" of a plain message, "body -> event" of a reply, "key -> event" of a reaction. */
  private static String shape(PostedEvent event) {
    if (event.type().equals("m.reaction")) {
      Matcher key =
          Pattern.compile("\"key\":\"([^\"]+)\"").matcher(event.content().replaceAll("\\s", ""));
      assertTrue(key.find(), event.content());
      return key.group(1) + " -> " + found(REACTION, event).orElseThrow();
    }
    String body = event.body().orElseThrow();
    return found(REPLY, event).map(target -> body + " -> " + target).orElse(body);
  }

  private List<String> shapes(RoomId room) {
    return posted(room).stream().map(MeshConversationTest::shape).toList();
  }

  private PacketId heardAs(String part) {
    return world.mesh.heardBy(world.ridge).stream()
        .filter(text -> text.text().contains(part))
        .map(HeardText::id)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aReplyToAnyPartOfALongTextAnswersTheWholeOfIt() throws Exception {
    start();
    EventId said = world.says("word ".repeat(100).strip());
    relay.minutes(1);
    world.ridge.replies(0, heardAs("(2/3)"), "which word?");
    world.valley.reacts(0, heardAs("(3/3)"), THUMB);
    relay.seconds(10);
    assertEquals(
        List.of("[RDG] which word? -> " + said, THUMB + " -> " + said), shapes(world.room));
  }

  @Test
  void whoRepeatsAPacketIdTakesOverNoAnswers() throws Exception {
    start();
    PacketId fog = world.ridge.says("fog");
    relay.seconds(5);
    NodeId liar = world.valley.id();
    byte[] lies = "lies".getBytes(StandardCharsets.UTF_8);
    world.valley.send(AirPacket.of(liar, NodeId.BROADCAST, fog, PortNum.ALERT, lies));
    world.valley.send(AirPacket.text(liar, fog, "lies in private").to(TestWorld.NODE));
    relay.seconds(5);
    world.ridge.replies(0, fog, "it lifts");
    world.ridge.reacts(0, fog, THUMB);
    relay.seconds(5);
    EventId event = posted(world.room).get(0).id();
    assertEquals(
        List.of("[RDG] fog", "[VLY] lies", "[RDG] it lifts -> " + event, THUMB + " -> " + event),
        shapes(world.room));
  }

  @Test
  void anAnswerToWhatWaitsForTheHomeserverFindsItThere() throws Exception {
    start();
    world.server.down();
    PacketId fog = world.valley.says("fog");
    world.ridge.replies(0, fog, "where?");
    world.ridge.reacts(0, fog, THUMB);
    relay.minutes(1);
    world.server.up();
    relay.minutes(10);
    EventId event = posted(world.room).get(0).id();
    assertEquals(
        List.of("[VLY] fog", "[RDG] where? -> " + event, THUMB + " -> " + event),
        shapes(world.room));
    assertAllDelivered();
  }

  @Test
  void anAnswerKnowsWhatWasSaidBeforeACrash() throws Exception {
    start();
    EventId said = world.says("hello");
    PacketId fog = world.valley.says("fog");
    relay.seconds(20);
    relay = relay.crash().seconds(30);
    world.ridge.replies(0, heardAs("hello"), "hi");
    world.ridge.reacts(0, fog, THUMB);
    relay.seconds(20);
    assertEquals(
        List.of(
            "[VLY] fog",
            "[RDG] hi -> " + said,
            THUMB + " -> " + posted(world.room).get(0).id()),
        shapes(world.room));
  }

  @Test
  void theSameSymbolTwiceIsOneReactionAndBothAreDelivered() throws Exception {
    start();
    EventId said = world.says("hello");
    relay.seconds(10);
    world.ridge.reacts(0, heardAs("hello"), THUMB);
    world.valley.reacts(0, heardAs("hello"), THUMB);
    world.valley.reacts(0, heardAs("hello"), "\u2764");
    relay.seconds(10);
    assertEquals(List.of(THUMB + " -> " + said, "\u2764\ufe0f -> " + said), shapes(world.room));
    assertAllDelivered();
  }

  @Test
  void aReactionBearsTheKeysThatRelaysShare() throws Exception {
    start();
    world.says("hello");
    relay.seconds(10);
    PacketId hello = heardAs("hello");
    PacketId thumb = world.ridge.reacts(0, hello, THUMB);
    relay.seconds(10);
    String content = last(world.room).content().replaceAll("\\s", "");
    for (String key : List.of(
        "\"meshtastic_id\":" + thumb.unsigned(),
        "\"meshtastic_replyId\":" + hello.unsigned(),
        "\"meshtastic_emoji\":1",
        "\"meshtastic_meshnet\":\"Forx\"",
        "\"meshtastic_longname\":\"Ridge\"",
        "\"meshtastic_shortname\":\"RDG\"",
        "\"meshtastic_portnum\":\"TEXT_MESSAGE_APP\"")) {
      assertTrue(content.contains(key), content);
    }
  }

  /** What a node may speak of without the room having it. */
  private enum Foreign {
    /** On a channel that has a room of its own. */
    ANOTHER_CHANNEL,
    UNMAPPED_CHANNEL,
    DIRECT_MESSAGE,
    NOBODYS;

    PacketId said(TestWorld world) {
      return switch (this) {
        case ANOTHER_CHANNEL -> world.valley.says(1, "secret");
        case UNMAPPED_CHANNEL -> world.valley.says(2, "secret");
        case DIRECT_MESSAGE -> world.valley.whispers(TestWorld.NODE, "secret");
        case NOBODYS -> new PacketId(0x7777);
      };
    }
  }

  private void startWithTwoRooms() throws Exception {
    RoomId second = world.server.createRoom("second");
    world.server.join(second, world.tom);
    relay = SteppedRelay.start(
        world,
        TestConfig.usual(world)
            .replace(
                "channel = 0 }", "channel = 0 }, { room = \"#second:localhost\", channel = 1 }"),
        "state");
  }

  @ParameterizedTest
  @EnumSource(Foreign.class)
  void whatTheRoomDoesNotHaveIsNotSpokenOfThere(Foreign foreign) throws Exception {
    startWithTwoRooms();
    PacketId packet = foreign.said(world);
    relay.seconds(10);
    world.ridge.replies(0, packet, "I know");
    world.ridge.reacts(0, packet, THUMB);
    relay.seconds(10);
    assertEquals(List.of("[RDG] I know", "[RDG] " + THUMB), shapes(world.room));
    for (PostedEvent event : posted(world.room)) {
      assertFalse(event.content().contains("secret"), event.content());
      assertFalse(event.content().contains("replyId"), event.content());
    }
  }

  @Test
  void anAnswerOnAnotherChannelThanTheOriginalIsPlainInItsOwnRoom() throws Exception {
    startWithTwoRooms();
    EventId said = world.says("for the first");
    relay.seconds(10);
    world.ridge.replies(1, heardAs("for the first"), "from the second");
    world.ridge.reacts(1, heardAs("for the first"), THUMB);
    relay.seconds(10);
    assertEquals(List.of(), shapes(world.room));
    RoomId second = world.server.room("second").id();
    assertEquals(List.of("[RDG] from the second", "[RDG] " + THUMB), shapes(second));
    assertFalse(last(second).content().contains(said.value()));
  }

  @Test
  void aTapbackThatIsNoEmojiIsWords() throws Exception {
    start();
    EventId said = world.says("hello");
    relay.seconds(10);
    for (String symbol : List.of("@maria:localhost", "two\nlines", "mxc://localhost/x", "ok")) {
      world.ridge.reacts(0, heardAs("hello"), symbol);
    }
    relay.seconds(10);
    assertEquals(
        List.of(
            "[RDG] @maria:localhost -> " + said,
            "[RDG] two\nlines -> " + said,
            "[RDG] mxc://localhost/x -> " + said,
            "[RDG] ok -> " + said),
        shapes(world.room));
    for (PostedEvent event : posted(world.room)) {
      assertTrue(event.content().replace(" ", "").contains("\"m.mentions\":{}"), event.content());
    }
  }

  @Test
  void whoWantsNeitherRepliesNorReactionsGetsNone() throws Exception {
    start("interactions { replies = false, reactions = false }");
    world.says("hello");
    relay.seconds(10);
    world.ridge.replies(0, heardAs("hello"), "hi");
    world.ridge.reacts(0, heardAs("hello"), THUMB);
    relay.seconds(10);
    assertEquals(List.of("[RDG] hi"), shapes(world.room));
    assertFate(Fate.FILTERED, "reactions are off (interactions.reactions)", THUMB);
  }

  @Test
  void aReactionInWordsQuotesTheOriginal() throws Exception {
    start("interactions.reaction-style = text");
    world.says("hello <b>everybody</b>, how are you all today?");
    relay.seconds(10);
    world.ridge.reacts(0, heardAs("hello"), THUMB);
    world.ridge.reacts(0, new PacketId(0x7777), THUMB);
    relay.seconds(10);
    assertEquals(
        List.of(
            "\n [RDG] reacted " + THUMB + " to \"hello <b>everybody</b>, how are you all ...\"",
            "[RDG] " + THUMB),
        shapes(world.room));
    PostedEvent emote = posted(world.room).get(0);
    assertTrue(emote.content().replace(" ", "").contains("\"msgtype\":\"m.emote\""));
    assertFalse(emote.content().contains("<b>\\u"), emote.content());
  }

  @Test
  void aFloodOfOneNodeIsRefusedAndTheOthersAreHeard() throws Exception {
    start();
    world.server.down();
    for (String text : TestWorld.numbered("flood", 205)) {
      world.ridge.says(text);
      relay.seconds(1);
    }
    world.valley.says("and I?");
    relay.seconds(5);
    world.server.up();
    relay.minutes(60);
    List<String> shown = world.shown();
    assertEquals(
        200, shown.stream().filter(text -> text.startsWith("[RDG] flood")).count());
    assertTrue(shown.contains("[VLY] and I?"));
    assertEquals(
        List.of("further messages of Ridge (!5e1f0001) are not shown for now, it sends too many:"
            + " 200 wait"),
        shown.stream().filter(text -> !text.startsWith("[")).toList());
    assertFate(
        Fate.REFUSED,
        "this node sends too many: 200 of its messages wait for the room",
        "flood 205");
  }
}
