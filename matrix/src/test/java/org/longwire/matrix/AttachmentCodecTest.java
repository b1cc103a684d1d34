package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentCodecTest {
  private static final RoomId ROOM = new RoomId("!room:example.org");

  /** A message; apostrophes stand for quotes. */
  private static RoomEvent.Attachment message(String content) {
    return event("m.room.message", content);
  }

  private static RoomEvent.Attachment event(String type, String content) {
    String text = "{'event_id':'$event','sender':'@ann:example.org','type':'%s','content':%s}"
        .formatted(type, content)
        .replace('\'', '"');
    JsonTree json = JsonTree.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    return assertInstanceOf(
        RoomEvent.Attachment.class, EventCodec.decode(ROOM, json).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "m.image,a,IMAGE",
    "m.file,a,FILE",
    "m.audio,a,AUDIO",
    "m.audio,m.voice,VOICE",
    "m.audio,org.matrix.msc3245.voice,VOICE",
    "m.video,m.voice,VIDEO"
  })
  void aFileHasItsKindNameSizeAndAddress(String msgtype, String key, AttachmentKind kind) {
    RoomEvent.Attachment file =
        message("{'msgtype':'%s','body':'cat.png','url':'mxc://x/y','info':{'size':7},'%s':{}}"
            .formatted(msgtype, key));
    assertEquals(
        new RoomEvent.Attachment(
            file.header(),
            kind,
            "",
            "cat.png",
            OptionalLong.of(7),
            Optional.empty(),
            Optional.of("mxc://x/y"),
            Relation.NONE,
            List.of()),
        file);
  }

  @ParameterizedTest
  @CsvSource({
    "cat.png,a.png,cat.png,a.png",
    "cat.png,cat.png,'',cat.png",
    "cat.png,' ','',cat.png",
    "cat.png,,'',cat.png"
  })
  void theBodyIsACaptionOnlyBesideAnotherFileName(
      String body, String given, String caption, String fileName) {
    String more = given == null ? "" : ",'filename':'" + given + "'";
    RoomEvent.Attachment file =
        message("{'msgtype':'m.image','body':'%s'%s}".formatted(body, more));
    assertEquals(caption, file.caption());
    assertEquals(fileName, file.fileName());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'file':{'url':'mxc://x/secret'};mxc://x/secret",
        "'url':'https://x/y';",
        "'url':7;",
        "'file':'mxc://x/y';"
      })
  void anAddressIsOneOfTheHomeserversOrNone(String content, String mxc) {
    RoomEvent.Attachment file = message("{'msgtype':'m.file','body':'b'," + content + "}");
    assertEquals(Optional.ofNullable(mxc), file.mxc());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'size':-1}", "{'size':1.5}", "{'size':'7'}", "7"})
  void aSizeThatIsNoneIsNotBelieved(String info) {
    RoomEvent.Attachment file =
        message("{'msgtype':'m.file','body':'b','info':%s}".formatted(info));
    assertEquals(OptionalLong.empty(), file.size());
  }

  @Test
  void aPictureMayAnswerAMessage() {
    RoomEvent.Attachment file = message("{'msgtype':'m.image','filename':'cat.png','body':"
        + "'> <@bob:x> show me\\n\\nhere','m.relates_to':{'m.in_reply_to':{'event_id':'$a'}}}");
    assertEquals("here", file.caption());
    assertEquals(Relation.reply(new EventId("$a")), file.relation());
  }

  @Test
  void aPlaceHasItsAddressAndTheWordsOfItsAuthor() {
    RoomEvent.Attachment place = message("{'msgtype':'m.location','body':'Location geo:1,2',"
        + "'geo_uri':'geo:1,2','org.matrix.msc3488.location':{'uri':'geo:3,4',"
        + "'description':'the hut'}}");
    assertEquals(AttachmentKind.LOCATION, place.kind());
    assertEquals("the hut", place.caption());
    assertEquals("", place.fileName());
    assertEquals(Optional.of("geo:1,2"), place.geoUri());
    RoomEvent.Attachment bare =
        message("{'msgtype':'m.location','body':'here','geo_uri':'http://x'}");
    assertEquals("here", bare.caption());
    assertEquals(Optional.empty(), bare.geoUri());
  }

  @Test
  void stickersAndPollsAreDescribed() {
    RoomEvent.Attachment sticker =
        event("m.sticker", "{'body':'a fox','url':'mxc://x/y','info':{'size':9}}");
    assertEquals(AttachmentKind.STICKER, sticker.kind());
    assertEquals("a fox", sticker.caption());
    assertEquals("", sticker.fileName());
    assertEquals(Optional.of("mxc://x/y"), sticker.mxc());
    RoomEvent.Attachment poll =
        event("m.poll.start", "{'m.poll':{'question':{'m.text':[{'body':'Tea?'}]}}}");
    assertEquals(AttachmentKind.POLL, poll.kind());
    assertEquals("Tea?", poll.caption());
    String old =
        "{'org.matrix.msc3381.poll.start':{'question':{'org.matrix.msc1767.text':'Tea?'}}}";
    assertEquals("Tea?", event("org.matrix.msc3381.poll.start", old).caption());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m.room.message {'msgtype':'m.location','geo_uri':'geo:1,2',",
        "m.room.message {'msgtype':'m.image','info':{'size':7},",
        "m.sticker {'url':'mxc://x/y',",
        "m.poll.start {'m.poll':{'question':{'m.text':[{'body':'Tea?'}]}},"
      })
  void eachKindKeepsTheKeysOfRelays(String start) {
    String[] parts = start.split(" ");
    RoomEvent.Attachment event =
        event(parts[0], parts[1] + "'body':'b','meshtastic_id':7,'meshtastic_meshnet':'Far'}");
    assertEquals(
        List.of(
            new ExtraField.Number("meshtastic_id", 7),
            new ExtraField.Text("meshtastic_meshnet", "Far")),
        event.extras());
  }
}
