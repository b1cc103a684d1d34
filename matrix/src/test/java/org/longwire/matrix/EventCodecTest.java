package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  private static final RoomId ROOM = new RoomId("!room:example.org");
  private static final EventHeader HEADER = new EventHeader(
      new EventId("$event"), ROOM, new UserId("@ann:example.org"), Instant.ofEpochMilli(1000));

  private static JsonTree json(String text) {
    return JsonTree.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .orElseThrow();
  }

  /** An event of Ann's with further fields; apostrophes stand for quotes. */
  private static RoomEvent event(String type, String content, String more) {
    String text = "{'event_id':'$event','sender':'@ann:example.org','origin_server_ts':1000,"
        + "'type':'%s','content':%s%s}";
    return EventCodec.decode(ROOM, json(text.formatted(type, content, more))).orElseThrow();
  }

  private static RoomEvent message(String content) {
    return event("m.room.message", content, "");
  }

  private static RoomEvent.TextMessage text(String content) {
    return assertInstanceOf(RoomEvent.TextMessage.class, message(content));
  }

  private static void assertOther(String type, RoomEvent event) {
    assertEquals(new RoomEvent.Other(HEADER, type), event);
  }

  @ParameterizedTest
  @CsvSource({"m.text,TEXT", "m.notice,NOTICE", "m.emote,EMOTE", "org.example.odd,TEXT"})
  void wordsKeepTheirKind(String msgtype, RoomEvent.Kind kind) {
    RoomEvent.TextMessage message = text("{'msgtype':'%s','body':'hi'}".formatted(msgtype));
    assertEquals(
        new RoomEvent.TextMessage(HEADER, kind, "hi", Relation.NONE, Optional.empty(), List.of()),
        message);
  }

  @ParameterizedTest
  @CsvSource({
    "'<b>Bob</b>: hi', '<b>Bob</b>: hi'",
    "'<mx-reply>a <a>@x</a></mx-reply><a>@bot</a> hi', '<a>@bot</a> hi'"
  })
  void aMessageKeepsItsHtmlWithoutAQuote(String html, String kept) {
    String content = "{'msgtype':'m.text','body':'b','format':'%s','formatted_body':'%s'}";
    assertEquals(
        Optional.of(kept),
        text(content.formatted("org.matrix.custom.html", html)).formattedBody());
    assertEquals(
        Optional.empty(), text(content.formatted("org.example.other", html)).formattedBody());
  }

  @Test
  void ofHtmlOnlyTheBeginningIsKept() {
    RoomEvent.TextMessage message = text("{'msgtype':'m.text','body':'b',"
        + "'format':'org.matrix.custom.html','formatted_body':'" + "x".repeat(60_000) + "'}");
    assertEquals(EventCodec.MAX_HTML, message.formattedBody().orElseThrow().length());
  }

  @Test
  void aReplyLosesItsFallbackAndKeepsItsTarget() {
    RoomEvent.TextMessage reply =
        text("{'msgtype':'m.text','body':'> <@bob:x> one\\n> two\\n\\nyes','m.relates_to':"
            + "{'m.in_reply_to':{'event_id':'$first'}}}");
    assertEquals("yes", reply.body());
    assertEquals(Relation.reply(new EventId("$first")), reply.relation());
  }

  @Test
  void aReplyOfNothingButAQuoteAndAQuoteWithoutReplyStayWhole() {
    String relation = ",'m.relates_to':{'m.in_reply_to':{'event_id':'$first'}}";
    assertEquals(
        "> all", text("{'msgtype':'m.text','body':'> all'" + relation + "}").body());
    assertEquals(
        "> all\nmore", text("{'msgtype':'m.text','body':'> all\\nmore'}").body());
    assertEquals(
        "own",
        text("{'msgtype':'m.text','body':'<mx-reply>x</mx-reply>own'" + relation + "}")
            .body());
  }

  @ParameterizedTest
  @CsvSource({"true,''", "false,$last"})
  void aThreadIsAReplyOnlyWhereItIsNotFallingBack(boolean fallingBack, String target) {
    RoomEvent.TextMessage message =
        text(("{'msgtype':'m.text','body':'hi','m.relates_to':{'rel_type':'m.thread',"
                + "'event_id':'$root','is_falling_back':%s,"
                + "'m.in_reply_to':{'event_id':'$last'}}}")
            .formatted(fallingBack));
    Optional<EventId> answered = Optional.of(target).filter(id -> !id.isEmpty()).map(EventId::new);
    assertEquals(new Relation(answered, Optional.of(new EventId("$root"))), message.relation());
  }

  @Test
  void anEditNamesTheOriginalAndBringsTheNewWords() {
    assertEquals(
        new RoomEvent.Edit(
            HEADER,
            new EventId("$first"),
            RoomEvent.Kind.EMOTE,
            "better",
            Optional.empty(),
            List.of()),
        message("{'msgtype':'m.text','body':'* better','m.new_content':{'msgtype':'m.emote',"
            + "'body':'better'},'m.relates_to':{'rel_type':'m.replace','event_id':'$first'}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"> <@bob:x> one\\n\\nyes", "> * <@bob:x> one\\n\\nyes", "yes"})
  void anEditLosesTheQuoteOfTheReplyThatItEdits(String body) {
    RoomEvent.Edit edit = (RoomEvent.Edit)
        message(("{'msgtype':'m.text','body':'* yes','m.new_content':{'msgtype':'m.text',"
                + "'body':'%s','meshtastic_id':7},"
                + "'m.relates_to':{'rel_type':'m.replace','event_id':'$first'}}")
            .formatted(body));
    assertEquals("yes", edit.newBody());
    assertEquals(List.of(new ExtraField.Number("meshtastic_id", 7)), edit.extras());
  }

  @Test
  void anEditKeepsAQuoteOfItsOwnUnlessItSaysThatItReplies() {
    String edit = "{'msgtype':'m.text','body':'* x','m.new_content':{'msgtype':'m.text',"
        + "'body':'> so they say\\nno'%s},"
        + "'m.relates_to':{'rel_type':'m.replace','event_id':'$first'}}";
    String replies = ",'m.relates_to':{'m.in_reply_to':{'event_id':'$root'}}";
    assertEquals("> so they say\nno", ((RoomEvent.Edit) message(edit.formatted(""))).newBody());
    assertEquals("no", ((RoomEvent.Edit) message(edit.formatted(replies))).newBody());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'m.new_content':{}",
        "'m.new_content':7",
        "'x':1",
        "'m.new_content':{'msgtype':'m.image','body':'caption'}"
      })
  void anEditThatBringsNoWordsIsNotBridged(String newContent) {
    assertOther(
        "m.room.message",
        message(("{'msgtype':'m.text','body':'* x',%s,"
                + "'m.relates_to':{'rel_type':'m.replace','event_id':'$first'}}")
            .formatted(newContent)));
  }

  @Test
  void aReactionBringsItsExtras() {
    RoomEvent.Reaction reaction = (RoomEvent.Reaction) event(
        "m.reaction",
        "{'m.relates_to':{'rel_type':'m.annotation','event_id':'$t','key':'K'},'n':7,'f':1.5}",
        "");
    assertEquals(List.of(new ExtraField.Number("n", 7)), reaction.extras());
  }

  @ParameterizedTest
  @ValueSource(strings = {"👍", "👍️", "mxc://example.org/custom"})
  void aReactionKeepsItsKey(String key) {
    String relation = "{'m.relates_to':{'rel_type':'m.annotation','event_id':'$t','key':'%s'}}";
    assertEquals(
        new RoomEvent.Reaction(HEADER, new EventId("$t"), key, List.of()),
        event("m.reaction", relation.formatted(key), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'m.relates_to':{'rel_type':'m.annotation','event_id':'$t'}}",
        "{'m.relates_to':{'rel_type':'m.annotation','event_id':'t','key':'x'}}",
        "{'m.relates_to':{'rel_type':'m.annotation','event_id':'$t','key':' '}}",
        "{'m.relates_to':{'event_id':'$t','key':'x'}}",
        "{}"
      })
  void aBrokenOrRedactedReactionIsNone(String content) {
    assertOther("m.reaction", event("m.reaction", content, ""));
  }

  @Test
  void aRedactionNamesItsTargetInTheContentOrAtTheTop() {
    RoomEvent expected = new RoomEvent.Redaction(HEADER, new EventId("$gone"));
    assertEquals(expected, event("m.room.redaction", "{'redacts':'$gone'}", ""));
    assertEquals(expected, event("m.room.redaction", "{}", ",'redacts':'$gone'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.room.message", "m.reaction", "m.room.encrypted", "m.sticker"})
  void aRedactedEventIsNothingAnyMore(String type) {
    assertOther(type, event(type, "{}", ",'unsigned':{'redacted_because':{}}"));
  }

  @Test
  void aMembershipCarriesNameAndReason() {
    assertEquals(
        new RoomEvent.Membership(
            HEADER, new UserId("@bob:x"), "ban", Optional.of("Bob"), Optional.of("spam")),
        event(
            "m.room.member",
            "{'membership':'ban','displayname':'Bob','reason':'spam'}",
            ",'state_key':'@bob:x'"));
  }

  @Test
  void aNameOfAMegabyteIsCut() {
    String content = "{'membership':'join','displayname':'" + "x".repeat(1_000_000) + "'}";
    RoomEvent.Membership member =
        (RoomEvent.Membership) event("m.room.member", content, ",'state_key':'@bob:x'");
    assertEquals(EventCodec.MAX_NAME, member.displayName().orElseThrow().length());
  }

  @Test
  void stateIsBelievedOnlyFromStateEvents() {
    String moved = "{'replacement_room':'!new'}";
    assertEquals(
        new RoomEvent.Tombstone(HEADER, new RoomId("!new")),
        event("m.room.tombstone", moved, ",'state_key':''"));
    assertOther("m.room.tombstone", event("m.room.tombstone", moved, ""));
    assertOther("m.room.tombstone", event("m.room.tombstone", moved, ",'state_key':'x'"));
    assertEquals(
        new RoomEvent.EncryptionEnabled(HEADER),
        event("m.room.encryption", "{}", ",'state_key':''"));
    assertOther("m.room.encryption", event("m.room.encryption", "{'algorithm':'x'}", ""));
  }

  @Test
  void anEncryptedEventIsKnownForOne() {
    assertEquals(
        new RoomEvent.Encrypted(HEADER),
        event("m.room.encrypted", "{'algorithm':'m.megolm.v1.aes-sha2'}", ""));
  }

  @Test
  void extrasAreTextsAndIntegersOfNoStandardKeyAndNotMany() {
    RoomEvent.TextMessage message =
        text("{'msgtype':'m.text','body':'b','format':'f','m.mentions':'x','meshtastic_id':7,"
            + "'meshtastic_longname':'Bob','snr':-7.25,'huge':9007199254740992,'list':[1],"
            + "'max':-9007199254740991,'yes':true,'no':false}");
    assertEquals(
        List.of(
            new ExtraField.Number("meshtastic_id", 7),
            new ExtraField.Text("meshtastic_longname", "Bob"),
            new ExtraField.Number("max", -9007199254740991L),
            new ExtraField.Number("yes", 1)),
        message.extras());
    StringBuilder many = new StringBuilder("{'msgtype':'m.text','body':'b'");
    for (int i = 0; i < 100; i++) {
      many.append(",'k").append(i).append("':1");
    }
    assertEquals(
        EventCodec.MAX_EXTRAS, text(many.append('}').toString()).extras().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'msgtype':'m.text'}",
        "{'body':'x'}",
        "{'msgtype':7,'body':'x'}",
        "{'msgtype':'m.text','body':['x']}",
        "{'msgtype':'m.key.verification.request','body':'x'}",
        "'words'",
        "null"
      })
  void aMessageThatMakesNoSenseIsNone(String content) {
    assertOther("m.room.message", message(content));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'event_id':'$e','sender':'@a:x'}",
        "{'event_id':'e','sender':'@a:x','type':'t'}",
        "{'event_id':'$e','sender':'a b','type':'t'}",
        "{'event_id':7,'sender':'@a:x','type':'t'}"
      })
  void anEventWithoutItsEssentialsIsLeftOut(String event) {
    assertTrue(EventCodec.decode(ROOM, json(event)).isEmpty());
  }

  @Test
  void aTimeThatIsNoIntegerCountsAsLongAgo() {
    String text = "{'event_id':'$e','sender':'@a:x','type':'t','origin_server_ts':1e99}";
    RoomEvent event = EventCodec.decode(ROOM, json(text)).orElseThrow();
    assertEquals(Instant.EPOCH, event.header().at());
  }

  @Test
  void aLoneSurrogateArrivesReplaced() {
    assertEquals(
        "a\ufffdb😀",
        text("{'msgtype':'m.text','body':'a\\ud83db\\ud83d\\ude00'}").body());
  }
}
