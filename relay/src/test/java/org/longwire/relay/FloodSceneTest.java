package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.sim.AirPacket;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.TraceEntry;

/** Somebody says far too much: the others are heard, and each thing said has a fate. */
class FloodSceneTest extends SteppedRelayTest {
  private long refused(String query) throws Exception {
    return relay.trace(query).stream()
        .filter(entry -> entry.fate() == Fate.REFUSED)
        .count();
  }

  private void assertFates(int count, String query) throws Exception {
    List<TraceEntry> found = relay.trace(query);
    assertEquals(count, found.size());
    assertTrue(
        found.stream().noneMatch(entry -> entry.fate() == Fate.WAITING), "something still waits");
    assertEquals(0, relay.waiting());
  }

  private long notices() {
    return world.shown().stream().filter(text -> !text.startsWith("[")).count();
  }

  @Test
  void aNodesFiveHundredTextsLeaveRoomForAnothers() throws Exception {
    start();
    for (String text : TestWorld.numbered("flood", 500)) {
      world.ridge.says(text);
    }
    relay.seconds(5);
    int before = world.shown().size();
    world.valley.says("and I?");
    relay.minutes(60);
    int place = world.shown().indexOf("[VLY] and I?");
    assertTrue(place >= 0 && place < before + 40, "place %d, %d before".formatted(place, before));
    assertTrue(notices() <= 1, world.shown()::toString);
    assertFates(500, "flood");
  }

  @Test
  void textsOfTwoThousandForgedNodesAreDealtWithAndForgotten() throws Exception {
    start();
    for (int i = 0; i < 2_000; i++) {
      NodeId forged = new NodeId(0x40000000 + i);
      world.ridge.send(AirPacket.text(forged, new PacketId(0x100000 + i), "forged " + i));
      if (i % 50 == 0) {
        relay.seconds(1);
      }
    }
    world.valley.says("and I?");
    relay.minutes(180);
    assertTrue(world.shown().contains("[VLY] and I?"));
    assertTrue(notices() <= 1);
    assertFates(2_000, "forged");
  }

  /** What anybody may say at once goes first, eight packets. */
  @Test
  void aPersonsThreeHundredMessagesLeaveRoomForAnothers() throws Exception {
    start();
    for (int i = 0; i < 300; i++) {
      world.says("flood " + i);
      if (i % 30 == 29) {
        relay.seconds(1);
      }
    }
    int before = world.heard().size();
    world.server.userSays(world.room, world.tom, "and I?");
    relay.minutes(60);
    int place = world.heard().indexOf("tom: and I?");
    assertTrue(place >= 0 && place < before + 8, "place %d, %d before".formatted(place, before));
    assertTrue(refused("flood") > 150, refused("flood") + " refused");
    assertTrue(notices() <= 1, world.shown()::toString);
    assertFates(300, "flood");
  }

  @Test
  void aPersonsThreeHundredReactionsLeaveRoomForAnothers() throws Exception {
    start();
    world.ridge.says("react to this");
    relay.seconds(10);
    EventId target = world.server.room(world.room).messages().get(0).id();
    for (int i = 0; i < 300; i++) {
      String symbol = new String(Character.toChars(0x1F600 + i % 80)) + "x".repeat(i / 80);
      world.server.userReacts(world.room, world.maria, target, symbol);
    }
    relay.seconds(10);
    int before = world.heard().size();
    world.server.userSays(world.room, world.tom, "and I?");
    relay.minutes(60);
    int place = world.heard().indexOf("tom: and I?");
    assertTrue(place >= 0 && place < before + 12, "place %d, %d before".formatted(place, before));
    assertTrue(world.heard().size() <= Ledger.MAX_WAITING_FOR_MESH + 10, "too much airtime");
    assertTrue(notices() <= 1, world.shown()::toString);
    assertEquals(0, relay.waiting());
  }

  @Test
  void fiveHundredEditsOfOneMessageCostNoMoreThanWhatIsSentMeanwhile() throws Exception {
    start();
    EventId said = world.says("draft 0");
    relay.seconds(10);
    for (int i = 1; i <= 500; i++) {
      world.server.userEdits(world.room, world.maria, said, "draft " + i);
      if (i % 50 == 0) {
        relay.seconds(1);
      }
    }
    world.server.userSays(world.room, world.tom, "and I?");
    relay.minutes(30);
    List<String> heard = world.heard();
    assertTrue(heard.contains("tom: and I?"), heard::toString);
    assertTrue(heard.contains("maria: \u270f draft 500"), heard::toString);
    assertTrue(heard.size() <= 15, heard::toString);
    assertEquals(0, relay.waiting());
  }

  @Test
  void aThousandCommandsAreAnsweredAFewTimes() throws Exception {
    start();
    for (int i = 0; i < 1_000; i++) {
      world.says("longwire: !help");
    }
    relay.minutes(5);
    assertTrue(answers() <= 10, answers() + " answers");
    assertEquals(List.of(), world.heard());
  }

  private long answers() {
    return world.server.room(world.room).messages().stream()
        .map(PostedEvent::sender)
        .filter(world.bot::equals)
        .count();
  }
}
