package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.ImageContent;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.MxcUri;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketData;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;

class CodecsTest {
  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
  private static final String NASTY = " a\nb\r\nc\\n \\\\ \0 = \t\u2028 \ud83d\ude00 ";

  private static final Origin HEARD =
      new Origin.Packet(RadioId.MAIN, new NodeId(7), new PacketId(0xF0000001));
  private static final Origin SAID = new Origin.Event(new RoomId("!a:b"), new EventId("$c"));

  @Test
  void aMessageForARoomComesBackAsItWas() {
    Payload full = new Payload.RoomMessage(new MessageContent(
        RoomEvent.Kind.EMOTE,
        NASTY,
        Optional.of("<b>" + NASTY + "</b>"),
        Relation.inThread(new EventId("$root"), new EventId("$reply")),
        Optional.empty(),
        List.of(
            new ExtraField.Text("meshtastic_text", NASTY),
            new ExtraField.Text("meshtastic_longname", ""),
            new ExtraField.Number("meshtastic_id", 4_294_967_295L))));
    assertEquals(full, PayloadCodec.decode(PayloadCodec.encode(full)));
    Payload place = new Payload.RoomMessage(new MessageContent(
        RoomEvent.Kind.LOCATION,
        NASTY,
        Optional.empty(),
        Relation.NONE,
        Optional.of("geo:47.1,11.3"),
        List.of()));
    assertEquals(place, PayloadCodec.decode(PayloadCodec.encode(place)));
    Payload bare = new Payload.RoomMessage(MessageContent.notice(""));
    assertEquals(bare, PayloadCodec.decode(PayloadCodec.encode(bare)));
  }

  @Test
  void aTextForTheMeshComesBackAsItWas() {
    for (String text : List.of("", NASTY, "\\", "room")) {
      Payload reply = new Payload.MeshText(text, Optional.of(HEARD));
      assertEquals(reply, PayloadCodec.decode(PayloadCodec.encode(reply)));
      Payload plain = new Payload.MeshText(text);
      assertEquals(plain, PayloadCodec.decode(PayloadCodec.encode(plain)));
      Payload reaction = new Payload.MeshReaction(SAID, text);
      assertEquals(reaction, PayloadCodec.decode(PayloadCodec.encode(reaction)));
    }
    Payload place = new Payload.MeshPosition(new GeoPoint(-47.1234567, 0.0000001));
    assertEquals(place, PayloadCodec.decode(PayloadCodec.encode(place)));
  }

  @Test
  void aPictureForARoomComesBackAsItWas() {
    MxcUri uri = new MxcUri("mxc://example.org/abc");
    ImageContent.Info info = new ImageContent.Info("image/png", 1234, 640, 480);
    for (Optional<Origin> answers : List.of(Optional.<Origin>empty(), Optional.of(SAID))) {
      Payload picture = new Payload.RoomPicture(NASTY, NASTY, info, uri, answers);
      assertEquals(picture, PayloadCodec.decode(PayloadCodec.encode(picture)));
    }
    for (String damaged : List.of(
        "room-picture",
        "room-picture abc\ntype image/png\nbytes 12\nsize 1 1\n",
        "room-picture mxc://example.org/abc\nbytes 12\nsize 1 1\n",
        "room-picture mxc://example.org/abc\ntype image/png\nsize 1 1\n",
        "room-picture mxc://example.org/abc\ntype image/png\nbytes 12\n",
        "room-picture %s 12\ntype image/png\nsize 1 1\n".formatted("0".repeat(64)))) {
      assertEquals(new Payload.Unreadable(), PayloadCodec.decode(damaged), damaged);
    }
  }

  @Test
  void whatIsNoChatForTheMeshComesBackAsItWas() {
    for (Payload payload : List.of(
        new Payload.MeshRouteRequest(),
        new Payload.MeshPacket(256, new PacketData("00ff0a5c")),
        new Payload.MeshPacket(8, new PacketData("")))) {
      assertEquals(payload, PayloadCodec.decode(PayloadCodec.encode(payload)));
    }
  }

  @Test
  void aStoredPacketThatThereCannotBeIsUnreadable() {
    for (String row : List.of("mesh-packet 1 00", "mesh-packet 256 0", "mesh-packet x 00")) {
      assertEquals(new Payload.Unreadable(), PayloadCodec.decode(row + "\n"), row);
    }
  }

  @Test
  void aReactionForARoomComesBackAsItWas() {
    Payload reaction = new Payload.RoomReaction(
        HEARD, NASTY, List.of(new ExtraField.Number("meshtastic_emoji", 1)));
    assertEquals(reaction, PayloadCodec.decode(PayloadCodec.encode(reaction)));
    Payload answer = new Payload.RoomMessage(MessageContent.notice("x"), Optional.of(SAID));
    assertEquals(answer, PayloadCodec.decode(PayloadCodec.encode(answer)));
  }

  @Test
  void anAddressComesBackAsItWas() {
    for (Address address : List.of(
        new Address.Room("!a:b.org"),
        new Address.Room("#x:y:8448"),
        new Address.Mesh(new RadioId("attic-2"), new ChannelIndex(7), NodeId.BROADCAST),
        new Address.Mesh(RadioId.MAIN, new ChannelIndex(0), new NodeId(1)))) {
      for (Precedence precedence : Precedence.values()) {
        Lane lane = Lane.of(address, precedence, Author.of(new NodeId(7)));
        assertEquals(address, lane.address());
        assertTrue(lane.isReadable());
        assertEquals(Author.of(new NodeId(7)), lane.author());
        assertEquals(
            address instanceof Address.Mesh ? precedence : Precedence.CHAT, lane.precedence());
      }
    }
  }

  @Test
  void aRowOfAnEarlierVersionIsChatOfSomebodyUnknown() {
    for (String key : List.of("room:#x:y", "room:a\tb", "mesh:attic-2:7:ffffffff")) {
      Lane lane = new Lane(key);
      assertTrue(lane.isReadable(), key);
      assertEquals(Precedence.CHAT, lane.precedence());
      assertEquals("", lane.author().tag());
      Lane present = Lane.of(lane.address(), Precedence.CHAT, Author.RELAY);
      assertEquals(present.queue(), lane.queue());
      assertEquals(key, present.queue().address());
    }
  }

  @Test
  void aHistoryIsBoundedAndKeepsItsFirstAndItsLatestSteps() {
    History history = History.of(START, "queued");
    for (int i = 0; i < 100; i++) {
      history = history.with(START.plusSeconds(i), "later: " + i + "\n" + "x".repeat(1_000));
    }
    assertEquals(History.MAX_STEPS, history.steps().size());
    assertEquals("queued", history.steps().get(0).word());
    String last = history.steps().get(History.MAX_STEPS - 1).word();
    assertTrue(last.startsWith("later: 99 x"), last);
    assertEquals(History.MAX_WORD, last.length());
    assertEquals(history, History.decode(history.encode()));
  }

  @Test
  void aLongStepIsNotCutThroughACharacter() {
    History history = History.of(START, "📡".repeat(History.MAX_WORD + 1));
    assertEquals("📡".repeat(History.MAX_WORD), history.steps().get(0).word());
  }

  @Test
  void aRepeatedWordIsOneStepWithTheLatestTime() {
    History history = History.of(START, "queued")
        .with(START.plusSeconds(1), "later: away")
        .with(START.plusSeconds(2), "later: away");
    assertEquals(
        List.of(
            new History.Step(START, "queued"),
            new History.Step(START.plusSeconds(2), "later: away")),
        history.steps());
  }

  @Test
  void idsRiseWhateverTheClockDoes() {
    Instant[] now = {START};
    IdSequence ids = new IdSequence(() -> now[0], 0);
    long first = ids.next();
    long second = ids.next();
    now[0] = START.minusSeconds(1_000_000);
    long third = ids.next();
    now[0] = START.plusSeconds(1);
    long fourth = ids.next();
    assertTrue(first < second && second < third && third < fourth);
    assertEquals(IdSequence.firstAt(START), first);
    assertEquals(IdSequence.firstAt(START.plusSeconds(1)), fourth);
    assertTrue(fourth < 1L << 53);
    assertTrue(new IdSequence(() -> START, fourth).next() > fourth);
  }

  @Test
  void pausesDoubleUpToTheLongestAndChanceOnlyShortensThem() {
    RetryPolicy exact = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(60), 0);
    Random random = new Random(1);
    List<Long> seconds = List.of(0, 1, 2, 3, 6, 7, 8, 1_000).stream()
        .map(failures -> exact.pauseAfter(failures, random).toSeconds())
        .toList();
    assertEquals(List.of(1L, 1L, 2L, 4L, 32L, 60L, 60L, 60L), seconds);
    for (int i = 0; i < 1_000; i++) {
      long millis = RetryPolicy.STANDARD.pauseAfter(20, random).toMillis();
      assertTrue(millis >= 45_000 && millis <= 60_000, millis + " ms");
    }
  }
}
