package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.longwire.relay.bridge.Samples.NODE;
import static org.longwire.relay.bridge.Samples.NOON;
import static org.longwire.relay.bridge.Samples.packet;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.RoomEvent;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;

class MatrixComposerTest {
  private static final NodeDirectory.Names BOB = new NodeDirectory.Names("Bob <Base>", "BOB");

  private final MatrixComposer composer = new MatrixComposer(
      "Forx", Samples.prefix("[{long}/{mesh}]: "), new WallClock(ZoneId.of("Europe/Berlin")));

  @Test
  void aTextIsPostedLiterallyAndPlain() {
    MessageContent content = compose(packet("2*3*4 <b>@room</b> & more"), NOON);
    assertEquals("[Bob <Base>/Forx]: 2*3*4 <b>@room</b> & more", content.body());
    assertEquals(RoomEvent.Kind.TEXT, content.kind());
    assertEquals(Optional.empty(), content.formattedBody());
    assertEquals(Optional.empty(), content.replyTo());
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
  void aReplyNamesThePacketAndTheEvent() {
    MeshEvent.TextReceived first = packet("yes");
    MeshEvent.TextReceived reply =
        new MeshEvent.TextReceived(first.packet(), 10, "yes", PacketId.ofWire(7));
    EventId event = new EventId("$original");
    MessageContent content = composer.compose(
        new MatrixComposer.Heard(RadioId.MAIN, reply, BOB, Optional.of(event)), NOON);
    assertEquals(Optional.of(event), content.replyTo());
    assertEquals(
        List.of(new ExtraField.Number("meshtastic_replyId", 7)),
        content.extras().stream().filter(key -> key.key().endsWith("replyId")).toList());
    assertEquals(
        Optional.of("DETECTION_SENSOR_APP"), MeshKeys.text(content.extras(), "meshtastic_portnum"));
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
        false);
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
    return composer.compose(
        new MatrixComposer.Heard(RadioId.MAIN, event, BOB, Optional.empty()), now);
  }
}
