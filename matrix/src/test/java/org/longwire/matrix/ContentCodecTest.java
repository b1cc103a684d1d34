package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodecTest {
  private static String encode(MessageContent content) {
    return new String(ContentCodec.encode(content), StandardCharsets.UTF_8);
  }

  private static MessageContent words(String body, Optional<String> html, ExtraField... extras) {
    return new MessageContent(
        RoomEvent.Kind.TEXT, body, html, Relation.NONE, Optional.empty(), List.of(extras));
  }

  private static JsonTree tree(MessageContent content) {
    return JsonTree.parse(ContentCodec.encode(content)).orElseThrow();
  }

  @Test
  void aNoticeIsSentWithEmptyMentionsAndNothingElse() {
    assertEquals(
        "{\"msgtype\":\"m.notice\",\"body\":\"hi\",\"m.mentions\":{}}",
        encode(MessageContent.notice("hi")));
  }

  @Test
  void formattingAndReplyAndExtrasStandWhereTheyBelong() {
    MessageContent content = new MessageContent(
        RoomEvent.Kind.EMOTE,
        "x",
        Optional.of("<b>x</b>"),
        Relation.reply(new EventId("$first")),
        Optional.empty(),
        List.of(
            new ExtraField.Text("meshtastic_longname", "Bob"),
            new ExtraField.Number("meshtastic_id", 7)));
    assertEquals(
        "{'meshtastic_longname':'Bob','meshtastic_id':7,'msgtype':'m.emote','body':'x',"
            + "'format':'org.matrix.custom.html','formatted_body':'<b>x</b>','m.mentions':{},"
            + "'m.relates_to':{'m.in_reply_to':{'event_id':'$first'}}}",
        encode(content).replace('"', '\''));
  }

  @Test
  void aThreadIsNamedAndAnAnswerInItIsNoFallback() {
    EventId root = new EventId("$root");
    MessageContent notice = MessageContent.notice("x");
    String relates = "'m.relates_to':{'rel_type':'m.thread','event_id':'$root',"
        + "'is_falling_back':%s,'m.in_reply_to':{'event_id':'%s'}}}";
    String plain = encode(notice.with(new Relation(Optional.empty(), Optional.of(root))));
    String answer = encode(notice.with(Relation.inThread(root, new EventId("$last"))));
    assertTrue(plain.replace('"', '\'').endsWith(relates.formatted(true, "$root")), plain);
    assertTrue(answer.replace('"', '\'').endsWith(relates.formatted(false, "$last")), answer);
  }

  @Test
  void aPlaceIsWrittenForOldAndNewClients() {
    MessageContent place = new MessageContent(
        RoomEvent.Kind.LOCATION,
        "hut",
        Optional.empty(),
        Relation.NONE,
        Optional.of("geo:1.5,2"),
        List.of(new ExtraField.Text("geo_uri", "geo:forged")));
    assertEquals(
        "{'msgtype':'m.location','body':'hut','m.mentions':{},'geo_uri':'geo:1.5,2',"
            + "'org.matrix.msc3488.location':{'uri':'geo:1.5,2','description':'hut'},"
            + "'org.matrix.msc3488.asset':{'type':'m.pin'}}",
        encode(place).replace('"', '\''));
  }

  @Test
  void onlyALocationHasAPlace() {
    Optional<String> none = Optional.empty();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new MessageContent(RoomEvent.Kind.LOCATION, "x", none, Relation.NONE, none, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new MessageContent(
            RoomEvent.Kind.TEXT, "x", none, Relation.NONE, Optional.of("geo:1,2"), List.of()));
  }

  @Test
  void aPictureHasItsFileItsMeasuresAndNoMention() {
    ImageContent.Info info = new ImageContent.Info("image/png", 1234, 640, 480);
    MxcUri file = new MxcUri("mxc://example.org/abc");
    List<ExtraField> forged = List.of(new ExtraField.Text("url", "mxc://forged/x"));
    ImageContent bare = new ImageContent(file, " ", "a\nb.png", info, Relation.NONE, forged);
    String measures = "'url':'mxc://example.org/abc',"
        + "'info':{'mimetype':'image/png','size':1234,'w':640,'h':480},'m.mentions':{}}";
    assertEquals(
        "{'msgtype':'m.image','body':'a b.png','filename':'a b.png'," + measures,
        text(ContentCodec.encode(bare)));
    ImageContent said = new ImageContent(file, "a map", "m.png", info, Relation.NONE, List.of());
    assertEquals(
        "{'msgtype':'m.image','body':'a map','filename':'m.png'," + measures,
        text(ContentCodec.encode(said)));
    String huge = "😀".repeat(40_000);
    ImageContent large = new ImageContent(file, huge, huge, info, Relation.NONE, List.of());
    assertTrue(ContentCodec.encode(large).length < ContentCodec.MAX_BYTES);
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8).replace('"', '\'');
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mxc://", "mxc://a/", "mxc://a/b/c", "http://a/b", "mxc://a b/c"})
  void whatIsNoAddressOfAFileIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> new MxcUri(text));
  }

  @Test
  void aReactionAndAStatusAreBoundedAndFitToTravel() {
    EventId target = new EventId("$t");
    String huge = "\ud83d" + "😀".repeat(40_000);
    List<ExtraField> extras = List.of(
        new ExtraField.Text("meshtastic_text", huge),
        new ExtraField.Text("meshtastic_longname", huge));
    byte[] reaction = ContentCodec.encode(new ReactionContent(target, huge, extras));
    byte[] status = ContentCodec.encode(new SendStatus(
        SendStatus.Outcome.PENDING, Optional.empty(), Optional.of(huge), target, huge));
    for (byte[] content : List.of(reaction, status)) {
      assertTrue(content.length < ContentCodec.MAX_BYTES, content.length + " bytes");
      String text = new String(content, StandardCharsets.UTF_8);
      assertFalse(text.contains("\ud83d\ud83d"), text);
    }
    JsonTree sent = JsonTree.parse(reaction).orElseThrow().child("m.relates_to");
    assertEquals(Optional.of("m.annotation"), sent.text("rel_type"));
    assertTrue(sent.text("key").orElseThrow().startsWith("\ufffd😀"));
  }

  @ParameterizedTest
  @CsvSource({
    "'a\0b\u001bc\u007fd', abcd",
    "'line\nand\ttab', 'line\nand\ttab'",
    "'\u202eright to left', '\u202eright to left'",
    "'\ud83d', '\ufffd'",
    "'\ude00\ud83d', '\ufffd\ufffd'",
    "'\ud83d\ude00', '\ud83d\ude00'"
  })
  void bodiesAreMadeFitToTravel(String body, String sent) {
    JsonTree content = tree(words(body, Optional.of(body), new ExtraField.Text("k", body)));
    assertEquals(sent, content.text("body").orElseThrow());
    assertEquals(sent, content.text("formatted_body").orElseThrow());
    assertEquals(sent, content.text("k").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"_x_", "<b>", "@room", "&amp;", "\"quoted\"", "\\"})
  void namesOfNodesStayLiteralInTheBody(String name) {
    assertEquals(name, tree(MessageContent.notice(name)).text("body").orElseThrow());
  }

  @Test
  void anExtraNeverOverridesWhatTheSpecificationMeans() {
    JsonTree content = tree(words(
        "body",
        Optional.empty(),
        new ExtraField.Text("body", "forged"),
        new ExtraField.Text("msgtype", "m.forged"),
        new ExtraField.Text("m.mentions", "forged")));
    assertEquals(Optional.of("body"), content.text("body"));
    assertEquals(Optional.of("m.text"), content.text("msgtype"));
    assertTrue(content.hasObject("m.mentions"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ü", "😀", "\"", "\u2028"})
  void noContentIsTooLargeForAServer(String unit) {
    String huge = unit.repeat(200_000);
    byte[] sent = ContentCodec.encode(
        words(huge, Optional.of(huge), new ExtraField.Text("meshtastic_text", huge)));
    assertTrue(sent.length <= ContentCodec.MAX_BYTES, () -> sent.length + " bytes");
    JsonTree content = JsonTree.parse(sent).orElseThrow();
    assertFalse(content.has("formatted_body"));
    assertFalse(content.has("format"));
    String body = content.text("body").orElseThrow();
    assertFalse(body.isEmpty());
    assertEquals(unit.repeat(body.length() / unit.length()), body);
  }

  @Test
  void whatWeSendWeReadBack() {
    RoomId room = new RoomId("!r");
    MessageContent content = new MessageContent(
        RoomEvent.Kind.NOTICE,
        "words",
        Optional.empty(),
        Relation.inThread(new EventId("$root"), new EventId("$first")),
        Optional.empty(),
        List.of(new ExtraField.Number("meshtastic_id", 4_294_967_295L)));
    JsonTree event = JsonTree.empty()
        .put("event_id", "$e")
        .put("sender", "@bot:x")
        .put("type", "m.room.message")
        .put("content", tree(content));
    RoomEvent.TextMessage read =
        (RoomEvent.TextMessage) EventCodec.decode(room, event).orElseThrow();
    assertEquals(content.kind(), read.kind());
    assertEquals(content.body(), read.body());
    assertEquals(content.relation(), read.relation());
    assertEquals(content.extras(), read.extras());
  }
}
