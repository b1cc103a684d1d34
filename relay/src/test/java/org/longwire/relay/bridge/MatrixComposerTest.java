package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.bridge.Samples.NODE;
import static org.longwire.relay.bridge.Samples.NOON;
import static org.longwire.relay.bridge.Samples.packet;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.radio.Signal;
import org.longwire.radio.Waypoint;
import org.longwire.relay.config.RadioId;

class MatrixComposerTest {
  private static final NodeDirectory.Names BOB = new NodeDirectory.Names("Bob <Base>", "BOB");
  private static final String KEY = "a".repeat(64);

  private final MatrixComposer composer = new MatrixComposer(
      "Forx", Samples.prefix("[{long}/{mesh}]: "), new WallClock(ZoneId.of("Europe/Berlin")));

  @Test
  void aTextIsPostedLiterallyAndPlain() {
    MessageContent content = compose(packet("2*3*4 <b>@room</b> & more"), NOON);
    assertEquals("[Bob <Base>/Forx]: 2*3*4 <b>@room</b> & more", content.body());
    assertEquals(RoomEvent.Kind.TEXT, content.kind());
    assertEquals(Optional.empty(), content.formattedBody());
    assertEquals(Relation.NONE, content.relation());
  }

  @Test
  void itBearsTheKeysThatRelaysShareAndOurOwn() {
    assertEquals(
        List.of(
            new ExtraField.Text("meshtastic_longname", "Bob <Base>"),
            new ExtraField.Text("meshtastic_shortname", "BOB"),
            new ExtraField.Text("meshtastic_meshnet", "Forx"),
            new ExtraField.Text("meshtastic_portnum", "TEXT_MESSAGE_APP"),
            new ExtraField.Number("meshtastic_id", 0xfedcba98L),
            new ExtraField.Text("org.longwire.origin", "main/!a1b2c3d4/fedcba98"),
            new ExtraField.Text("meshtastic_text", "hi there")),
        compose(packet("hi\u0000 there"), NOON).extras());
  }

  @Test
  void aReplyNamesThePacketOnlyIfTheRoomHasIt() {
    MeshEvent.TextReceived reply =
        new MeshEvent.TextReceived(packet("yes").packet(), 10, "yes", PacketId.ofWire(7));
    MatrixComposer.Heard heard = heard(new Utterance.Text(reply));
    assertEquals(Optional.empty(), number(composer.compose(heard, NOON).extras(), "replyId"));
    MessageContent content = composer.compose(heard.knowing(new PacketId(7)), NOON);
    assertEquals(Relation.NONE, content.relation());
    assertEquals(Optional.of(7L), number(content.extras(), "replyId"));
    assertEquals(
        Optional.of("DETECTION_SENSOR_APP"), MeshKeys.text(content.extras(), "meshtastic_portnum"));
  }

  private static Optional<Long> number(List<ExtraField> extras, String name) {
    return extras.stream()
        .filter(extra -> extra.key().equals("meshtastic_" + name))
        .map(extra -> ((ExtraField.Number) extra).value())
        .findFirst();
  }

  @Test
  void aReactionBearsWhatAnotherRelayKnowsItBy() {
    assertEquals(
        List.of(
            new ExtraField.Text("meshtastic_longname", "Bob <Base>"),
            new ExtraField.Text("meshtastic_shortname", "BOB"),
            new ExtraField.Text("meshtastic_meshnet", "Forx"),
            new ExtraField.Text("meshtastic_portnum", "TEXT_MESSAGE_APP"),
            new ExtraField.Number("meshtastic_id", 0xfedcba98L),
            new ExtraField.Text("org.longwire.origin", "main/!a1b2c3d4/fedcba98"),
            new ExtraField.Number("meshtastic_replyId", 7),
            new ExtraField.Number("meshtastic_emoji", 1)),
        composer.reactionKeys(tapback()));
  }

  private static MatrixComposer.Heard tapback() {
    MeshEvent.ReactionReceived event =
        new MeshEvent.ReactionReceived(packet("x").packet(), "\uD83D\uDC4D", PacketId.ofWire(7));
    return heard(new Utterance.Tapback(event)).knowing(new PacketId(7));
  }

  @ParameterizedTest
  @CsvSource({
    "hello, '\"hello\"'",
    "1234567890123456789012345678901234567890, '\"1234567890123456789012345678901234567890\"'",
    "12345678901234567890123456789012345678901, '\"1234567890123456789012345678901234567890...\"'",
    "'a <b>\n@room', '\"a <b>\n@room\"'",
    ", an earlier message",
  })
  void aReactionInWordsIsTheOneOfMmrelay(@Nullable String original, String quote) {
    MessageContent content = composer.reactionInWords(tapback(), Optional.ofNullable(original));
    String body = "\n [Bob <Base>/Forx]: reacted \uD83D\uDC4D to " + quote;
    assertEquals(body, content.body());
    assertEquals(RoomEvent.Kind.EMOTE, content.kind());
    assertEquals(Optional.of(Html.escape(body)), content.formattedBody());
    assertEquals(Optional.of(1L), number(content.extras(), "emoji"));
    assertEquals(Optional.of(7L), number(content.extras(), "replyId"));
    assertEquals(Optional.ofNullable(original), MeshKeys.text(content.extras(), MeshKeys.TEXT));
  }

  @Test
  void aQuoteIsCutBetweenCharacters() {
    String text = "\uD83D\uDC4D".repeat(41);
    assertTrue(composer
        .reactionInWords(tapback(), Optional.of(text))
        .body()
        .endsWith(" to \"" + "\uD83D\uDC4D".repeat(40) + "...\""));
  }

  @Test
  void anEndlessOriginalDoesNotMakeAnEventTooLarge() {
    String oneCharacter = "\uD83D\uDC68" + "\u200D\uD83D\uDC68".repeat(9_000);
    MessageContent content = composer.reactionInWords(tapback(), Optional.of(oneCharacter));
    String text = MeshKeys.text(content.extras(), MeshKeys.TEXT).orElseThrow();
    assertTrue(Utf8.bytes(text) <= MatrixComposer.MAX_ORIGINAL);
    assertTrue(Utf8.bytes(content.body()) < MatrixComposer.MAX_ORIGINAL + 200);
  }

  @ParameterizedTest
  @CsvSource({
    "Camp, 'water\nhere', '\uD83D\uDCCD Camp (46.948, 7.4474): water\nhere'",
    "'', '', '\uD83D\uDCCD 46.948, 7.4474'",
    "'<b>\u202Ex', '', '\uD83D\uDCCD <b>x (46.948, 7.4474)'",
  })
  void aMarkedPlaceIsALocation(String name, String description, String words) {
    Waypoint waypoint =
        new Waypoint(9, name, description, new GeoPoint(46.948, 7.4474), Optional.empty());
    MessageContent content = composer.compose(
        heard(new Utterance.Mark(new MeshEvent.WaypointReceived(packet("x").packet(), waypoint))),
        NOON);
    assertEquals(RoomEvent.Kind.LOCATION, content.kind());
    assertEquals(Optional.of("geo:46.948,7.4474"), content.geoUri());
    assertEquals("[Bob <Base>/Forx]: " + words, content.body());
    assertEquals(
        Optional.of("WAYPOINT_APP"), MeshKeys.text(content.extras(), "meshtastic_portnum"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0000001, -120, 'geo:0.0000001,-120'",
    "-89.9999999, 0, 'geo:-89.9999999,0'",
    "10, 100, 'geo:10,100'",
  })
  void aPlaceIsWrittenExactly(double latitude, double longitude, String uri) {
    assertEquals(uri, GeoUri.write(new GeoPoint(latitude, longitude)));
  }

  @Test
  void whatCameToUsInTheOpenSaysSo() {
    assertEquals(
        "[Bob <Base>/Forx]: psst", compose(whisper(Optional.of(KEY)), NOON).body());
    MessageContent open = compose(whisper(Optional.empty()), NOON);
    assertEquals("[Bob <Base>/Forx]: (not encrypted for us) psst", open.body());
    assertEquals(
        Optional.of("[Bob &lt;Base&gt;/Forx]: <em>(not encrypted for us)</em> psst"),
        open.formattedBody());
  }

  @Test
  void whatCameUnderAnotherKeySaysSo() {
    assertEquals(
        "[Bob <Base>/Forx]: (under another key than before) psst",
        compose(whisper(Optional.of("b".repeat(64))), NOON).body());
  }

  private static MeshEvent.TextReceived whisper(Optional<String> key) {
    PacketHeader header = new PacketHeader(
        NODE,
        new NodeId(1),
        0,
        PacketId.ofWire(5),
        Optional.empty(),
        OptionalInt.empty(),
        false,
        key.isPresent(),
        key,
        Signal.UNKNOWN);
    return new MeshEvent.TextReceived(header, 1, "psst", Optional.empty());
  }

  @Test
  void aPortWithoutANameTravelsAsANumberAndAPacketWithoutAnIdHasNoMark() {
    PacketHeader header = new PacketHeader(
        NODE,
        NodeId.BROADCAST,
        0,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        false,
        false,
        Optional.empty(),
        Signal.UNKNOWN);
    List<ExtraField> extras = compose(
            new MeshEvent.TextReceived(header, 256, "x", Optional.empty()), NOON)
        .extras();
    assertEquals(
        List.of(
            "meshtastic_longname",
            "meshtastic_shortname",
            "meshtastic_meshnet",
            "meshtastic_portnum",
            "meshtastic_text"),
        extras.stream().map(ExtraField::key).toList());
    assertEquals(new ExtraField.Number("meshtastic_portnum", 256), extras.get(3));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,   '[Bob <Base>/Forx]: hi'",
    "PT-1H,  '[Bob <Base>/Forx]: hi'",
    "PT2M,   '[Bob <Base>/Forx]: hi'",
    "PT2M1S, '[Bob <Base>/Forx]: (heard 12:57) hi'",
    "PT3H,   '[Bob <Base>/Forx]: (heard 10:00) hi'",
    "PT20H,  '[Bob <Base>/Forx]: (heard 19 Nov 17:00) hi'",
  })
  void whatWasHeardAWhileAgoSaysWhen(Duration ago, String body) {
    MeshEvent.TextReceived event = packet("hi", Optional.of(NOON.minus(ago)));
    assertEquals(body, compose(event, NOON).body());
  }

  @Test
  void theRemarkIsSetOffFromTheStrangersWords() {
    MeshEvent.TextReceived event =
        packet("(heard 09:00) <i>it's</i>\n\"x\" & y", Optional.of(NOON.minusSeconds(600)));
    assertEquals(
        Optional.of("[Bob &lt;Base&gt;/Forx]: <em>(heard 12:50)</em> "
            + "(heard 09:00) &lt;i&gt;it&#39;s&lt;/i&gt;<br/>&quot;x&quot; &amp; y"),
        compose(event, NOON).formattedBody());
  }

  private MessageContent compose(MeshEvent.TextReceived event, Instant now) {
    return composer.compose(heard(new Utterance.Text(event)), now);
  }

  private static MatrixComposer.Heard heard(Utterance said) {
    return new MatrixComposer.Heard(RadioId.MAIN, said, BOB, Optional.of(KEY));
  }
}
