package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Ledger;

/** What people and machines on both sides may do to a relay, and L8: each thing has a fate. */
class StrangersTest extends SteppedRelayTest {
  @Test
  void ownWordsAndOtherProgramsNoticesAreNotEchoed() throws Exception {
    start();
    world.ridge.says("from the mesh");
    relay.seconds(5);
    world.server.userNotices(world.room, world.tom, "I am a bot");
    world.server.userReacts(
        world.room, world.tom, world.server.room(world.room).messages().get(0).id(), "+1");
    relay.seconds(20);
    assertEquals(List.of("+1"), world.heard());
    assertEquals(List.of("[RDG] from the mesh"), world.shown());
    assertFate(Fate.FILTERED, "notice of another program", "I am a bot");
  }

  @Test
  void textsOfAConfiguredPortReachTheRoomAndOthersAreNoChat() throws Exception {
    start("mesh.chat-portnums = [ RANGE_TEST_APP, 300, NODEINFO_APP ]");
    world.ridge.sendsOn(66, 0, "seq 1".getBytes(StandardCharsets.UTF_8));
    world.ridge.sendsOn(300, 0, "grüezi".getBytes(StandardCharsets.UTF_8));
    world.ridge.sendsOn(300, 0, new byte[] {(byte) 0xff, 1, 2});
    world.ridge.sendsOn(301, 0, "other".getBytes(StandardCharsets.UTF_8));
    world.ridge.tellsNames();
    relay.seconds(10);
    assertEquals(List.of("[RDG] seq 1", "[RDG] grüezi"), world.shown());
  }

  @Test
  void aTextThatIsTooLongIsRefusedAndItsAuthorTold() throws Exception {
    start();
    world.says("long ".repeat(600));
    relay.seconds(30);
    assertEquals(List.of(), world.heard());
    assertEquals(1, world.shown().size());
    assertTrue(
        world.shown().get(0).startsWith("your message was not sent"), world.shown()::toString);
    assertEquals(Fate.REFUSED, relay.only("long long").fate());
    relay = relay.crash().seconds(30);
    assertEquals(1, world.shown().size());
  }

  @Test
  void aFloodOfReactionsIsDroppedWithoutAWord() throws Exception {
    start();
    EventId hello = world.says("hello");
    relay.seconds(20);
    world.cable.pull();
    relay.seconds(5);
    for (int i = 1; i <= Ledger.MAX_WAITING_FOR_MESH + 20; i++) {
      world.server.userReacts(world.room, world.tom, hello, "+" + i);
      if (i % 10 == 0) {
        relay.seconds(1);
      }
    }
    world.server.userReacts(world.room, world.maria, hello, "+1");
    relay.seconds(30);
    assertEquals(Ledger.MAX_WAITING_FOR_MESH + 1, relay.waiting());
    assertFate(
        Fate.FILTERED,
        "100 of yours wait already, and at most 100 may; say it again later",
        "+120");
    assertEquals(List.of(), world.shown());
  }

  @Test
  void aLongTextComesInMarkedPartsInOrder() throws Exception {
    start();
    world.says("word ".repeat(100).strip());
    world.says("and then");
    relay.minutes(1);
    List<String> heard = world.heard();
    assertEquals(4, heard.size(), heard::toString);
    assertTrue(heard.get(0).contains("(1/3)") && heard.get(2).contains("(3/3)"), heard::toString);
    assertEquals("maria: and then", heard.get(3));
    assertEquals(3, relay.only("word word").deliveries().size());
  }

  @Test
  void brokenBytesAndControlCharactersOfTheMeshAreMadeHarmless() throws Exception {
    start();
    world.ridge.saysBytes(0, new byte[] {'o', (byte) 0xff, 'k', (byte) 0xc3});
    world.ridge.saysBytes(0, "\u001b[31mred\u0000\u202eevil".getBytes(StandardCharsets.UTF_8));
    world.ridge.saysBytes(0, "\u0000\u0001\u200b".getBytes(StandardCharsets.UTF_8));
    world.ridge.says("<b>@maria:localhost</b> & co");
    relay.seconds(10);
    assertEquals(3, world.shown().size(), world.shown()::toString);
    assertEquals("[RDG] o\ufffdk\ufffd", world.shown().get(0));
    for (String text : world.shown()) {
      assertFalse(text.chars().anyMatch(c -> c < ' ' || c == '\u202e'), text);
    }
    String content = world.server.room(world.room).messages().get(2).content();
    assertTrue(content.replace(" ", "").contains("\"m.mentions\":{}"), content);
    assertFalse(content.contains("formatted_body\":\"<b>"), content);
  }

  @Test
  void controlCharactersOfTheRoomDoNotReachTheMesh() throws Exception {
    start();
    world.says("line\u0007 one\u202e");
    relay.seconds(10);
    assertEquals(List.of("maria: line one"), world.heard());
  }

  @Test
  void aDirectMessageReachesNoRoom() throws Exception {
    start();
    world.ridge.whispers(TestWorld.NODE, "for your ears only");
    relay.seconds(10);
    assertEquals(List.of(), world.shown());
    assertFate(
        Fate.FILTERED,
        "a direct message; no private room is open for this node",
        "for your ears only");
  }

  @Test
  void aChannelWithoutARoomIsFiltered() throws Exception {
    start();
    world.ridge.says(1, "on the other channel");
    relay.seconds(10);
    assertEquals(List.of(), world.shown());
    assertFate(Fate.FILTERED, "no room is bridged to channel 1", "other channel");
  }

  @Test
  void theSamePacketHeardTwiceIsShownOnce() throws Exception {
    start();
    org.longwire.radio.sim.AirPacket packet = org.longwire.radio.sim.AirPacket.text(
        world.ridge.id(), new org.longwire.radio.PacketId(77), "again and again");
    world.ridge.send(packet);
    relay.seconds(5);
    world.node.reboot(java.time.Duration.ofSeconds(1));
    relay.minutes(5);
    world.ridge.send(packet);
    relay = relay.minutes(1).crash().seconds(10);
    world.node.reboot(java.time.Duration.ofSeconds(1));
    relay.minutes(5);
    world.ridge.send(packet);
    relay.seconds(10);
    assertEquals(List.of("[RDG] again and again"), world.shown());
  }
}
