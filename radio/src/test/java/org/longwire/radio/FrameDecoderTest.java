package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.radio.wire.FromRadio;

class FrameDecoderTest {
  private final FrameDecoder decoder = new FrameDecoder();
  private final Found found = new Found();

  /** Takes what protobuf takes, and writes down what came. */
  private static final class Found implements FrameDecoder.Sink {
    private final List<String> events = new ArrayList<>();

    @Override
    public boolean frame(byte[] payload) {
      try {
        FromRadio.parseFrom(payload);
      } catch (InvalidProtocolBufferException broken) {
        return false;
      }
      events.add("frame " + HexFormat.of().formatHex(payload));
      return true;
    }

    @Override
    public void text(String line) {
      events.add("text " + line);
    }
  }

  private List<String> feed(byte[]... parts) {
    byte[] all = FromNode.joined(parts);
    decoder.feed(all, 0, all.length, found);
    return found.events;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aColouredLogLineIsOneLineWithoutEscapes() {
    assertEquals(
        List.of("text INFO  | booting", "frame 4001"),
        feed(ascii("\u001b[32mINFO  | booting\u001b[0m\r\n"), FromNode.hex("4001")));
  }

  @Test
  void aSecondStartByteIsTheStart() {
    assertEquals(List.of("frame 4001"), feed(hex("94 94 c3 00 02 40 01")));
  }

  @Test
  void anEmptyFrameIsLegal() {
    assertEquals(
        List.of("frame ", "frame 38ac9e04"), feed(hex("94c30000"), FromNode.hex("38ac9e04")));
  }

  @Test
  void anOversizeHeaderIsSearchedFromItsSecondByte() {
    assertEquals(List.of("frame 4001"), feed(hex("94 c3 02 94 c3 00 02 40 01")));
    assertEquals(List.of("frame 4001", "frame 4001"), feed(hex("94c30201"), FromNode.hex("4001")));
  }

  @Test
  void theLargestFrameIsTaken() {
    byte[] largest = new byte[512];
    // Field 99, 64 times: unknown and well formed.
    for (int at = 0; at < 512; at += 4) {
      largest[at] = (byte) 0x98;
      largest[at + 1] = 0x06;
      largest[at + 2] = (byte) 0x81;
      largest[at + 3] = 0x01;
    }
    List<String> events = feed(FrameEncoder.encode(largest), FromNode.hex("4001"));
    assertEquals(2, events.size());
    assertEquals("frame 4001", events.get(1));
  }

  @Test
  void textInsideAFrameCostsThatFrameAlone() {
    byte[] torn = FromNode.broadcast(FromNode.PEER, 7, "a text of some length, torn in two");
    byte[] head = Arrays.copyOfRange(torn, 0, 20);
    byte[] tail = Arrays.copyOfRange(torn, 20, torn.length);
    List<String> events =
        feed(head, ascii("DEBUG | in the middle of a frame\n"), tail, FromNode.hex("4001"));
    assertEquals("frame 4001", events.get(events.size() - 1));
    assertEquals(1, events.stream().filter(event -> event.startsWith("frame")).count());
  }

  @Test
  void aFrameThatLostItsEndCostsNoneOfThoseThatFollow() {
    byte[] torn = FromNode.broadcast(FromNode.PEER, 7, "a text of some length, cut short");
    byte[] head = Arrays.copyOfRange(torn, 0, 20);
    byte[][] good = new byte[13][];
    good[0] = head;
    Arrays.fill(good, 1, 13, FromNode.hex("4001"));
    assertEquals(12, feed(good).stream().filter("frame 4001"::equals).count());
  }

  @Test
  void afterAStallTheNextFrameIsTaken() {
    feed(hex("94 c3 01 00"), new byte[10]);
    assertTrue(decoder.isWaiting());
    decoder.stalled(found);
    assertFalse(decoder.isWaiting());
    found.events.clear();
    assertEquals(List.of("frame 4001"), feed(FromNode.hex("4001")));
  }

  @Test
  void aStallFindsTheFrameInsideATornOne() {
    feed(hex("94 c3 01 00 94 c3 00 02 40 01"));
    assertEquals(List.of(), found.events);
    decoder.stalled(found);
    assertEquals("frame 4001", found.events.get(0));
  }

  @Test
  void aFrameInsideAWellFormedOneIsItsContent() {
    byte[] text = hex("94c300024001");
    byte[] frame =
        FromNode.frame(FromNode.packet(FromNode.PEER, NodeId.BROADCAST, 5, FromNode.data(1, text)));
    assertEquals(1, feed(frame).size());
  }

  @Test
  void aLineWithoutEndIsCut() {
    List<String> events = feed(ascii("y".repeat(10_000)));
    assertEquals(2, events.size());
    assertEquals("text ".length() + ConsoleText.MAX_LINE, events.get(0).length());
  }

  @Test
  void theEncoderWritesWhatTheDecoderReads() {
    assertEquals("94c3000418ac9e04", HexFormat.of().formatHex(FromNode.hex("18ac9e04")));
    byte[] long1 = FrameEncoder.encode(new byte[300]);
    assertEquals(1, long1[2]);
    assertEquals(44, long1[3]);
  }
}
