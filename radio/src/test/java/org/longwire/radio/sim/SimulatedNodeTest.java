package org.longwire.radio.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;

/** What the recordings do not show: the cruelties of real nodes that a client must survive. */
class SimulatedNodeTest {
  private final TestClient client = new TestClient();

  @Test
  void aNodeThatMayNotSendRefusesByItsQueueAlone() throws Exception {
    client.connected();
    client.node.setTxEnabled(false);
    client.text(5, "nobody hears this");
    assertEquals(List.of("queue res=34 free=16 of 16 for 00000005"), client.told());
    client.seconds(60);
    assertEquals(List.of(), client.peer.heard());
  }

  @Test
  void aVanishedClientsSessionGoesOnSwallowingTexts() throws Exception {
    client.connected();
    client.node.linkCut();
    client.peer.says("into the void");
    client.node.output();
    client.wantConfig(8);
    assertFalse(client.told().contains(TestClient.textFrom(client.peer, "into the void")));
  }

  @Test
  void anOrderlyGoodbyeLetsTextsWait() throws Exception {
    client.connected();
    client.disconnect();
    client.peer.says("kept");
    assertEquals(List.of(), client.told());
    client.wantConfig(8);
    assertTrue(client.told().contains(TestClient.textFrom(client.peer, "kept")));
  }

  @Test
  void aForgivingNodeKeepsWhatComesAfterTheCableWent() throws Exception {
    TestClient kind =
        new TestClient(new NodeSettings(TestClient.OWN).withPollModel(false).forgiving(true));
    kind.connected();
    kind.node.linkCut();
    kind.peer.says("kept");
    kind.wantConfig(8);
    assertTrue(kind.told().contains(TestClient.textFrom(kind.peer, "kept")));
  }

  @Test
  void aDeadSessionEndsAfterFifteenMinutes() throws Exception {
    client.connected();
    client.seconds(15 * 60 + 61);
    client.node.output();
    assertFalse(client.node.isInSession());
    client.peer.says("waits");
    client.wantConfig(8);
    assertTrue(client.told().contains(TestClient.textFrom(client.peer, "waits")));
  }

  @Test
  void anIdStaysSpentOverSessionsAndIsFreeAgainAfterABoot() throws Exception {
    client.connected();
    client.text(5, "once");
    client.seconds(10);
    client.disconnect();
    client.connected();
    client.text(5, "once");
    assertEquals(List.of(), client.told());
    client.node.reboot(Duration.ofSeconds(3));
    client.seconds(4);
    client.connected();
    client.text(5, "once");
    assertEquals(List.of("queue res=0 free=15 of 16 for 00000005"), client.told());
    client.seconds(10);
    assertEquals(2, client.mesh.transmissions().size());
    assertEquals(1, client.peer.heard().size());
  }

  @Test
  void theLastTwentyIdsAreRemembered() throws Exception {
    client.connected();
    for (int id = 1; id <= 21; id++) {
      client.text(id, "text " + id);
      client.seconds(3);
    }
    client.told();
    client.text(2, "text 2");
    assertEquals(List.of(), client.told());
    client.seconds(3);
    client.text(1, "text 1");
    assertEquals(List.of("queue res=0 free=15 of 16 for 00000001"), client.told());
  }

  @Test
  void aGoodbyeForgetsTheRateLimit() throws Exception {
    client.connected();
    client.text(5, "first");
    client.disconnect();
    client.connected();
    client.text(6, "second");
    client.seconds(5);
    assertEquals(2, client.peer.heard().size());
  }

  @Test
  void textsEvictTheOldestOfAFullQueueAndTheRestIsDropped() throws Exception {
    TestClient small =
        new TestClient(new NodeSettings(TestClient.OWN).withPollModel(false).withPhoneQueue(3));
    small.peer.sendsOn(67, 0, new byte[] {8, 1});
    for (String text : List.of("one", "two", "three")) {
      small.peer.says(text);
    }
    small.peer.sendsOn(3, 0, new byte[] {8, 1});
    small.wantConfig(8);
    List<String> told = small.results();
    int end = told.indexOf("config_complete 8");
    assertEquals(
        List.of(
            TestClient.textFrom(small.peer, "one"),
            TestClient.textFrom(small.peer, "two"),
            TestClient.textFrom(small.peer, "three")),
        told.subList(end + 1, told.size()));
  }

  @Test
  void aRebootIsSeenOnTheLineAndLosesWhatWaited() throws Exception {
    TestClient serial =
        new TestClient(new NodeSettings(TestClient.OWN).withPollModel(false).withBootNotice(true));
    serial.peer.says("lost");
    serial.node.reboot(Duration.ofSeconds(3));
    String boot = new String(serial.node.output(), StandardCharsets.UTF_8);
    assertTrue(boot.startsWith("ESP-ROM:esp32s3"), boot);
    serial.wantConfig(8);
    assertEquals(List.of(), serial.told());
    serial.seconds(3);
    assertEquals(List.of("rebooted"), serial.told());
    serial.wantConfig(9);
    List<String> told = serial.results();
    assertEquals("config_complete 9", told.get(told.size() - 1));
  }

  @Test
  void aChannelThatTheNodeHasNotIsCiphertextToIt() throws Exception {
    client.connected();
    client.peer.says(4, "secret");
    assertEquals(List.of("packet from=0badcafe to=ffffffff encrypted"), client.told());
  }

  @Test
  void consoleTextComesBetweenFramesWhenWanted() throws Exception {
    TestClient chatty =
        new TestClient(new NodeSettings(TestClient.OWN).withPollModel(false).withConsoleText(true));
    chatty.wantConfig(3);
    chatty.node.output();
    chatty.peer.says("hello");
    String line = new String(chatty.node.output(), StandardCharsets.ISO_8859_1);
    assertTrue(line.contains("\u001b[32mDEBUG"), line);
    assertTrue(line.contains("\r\n\u0094\u00c3"), line);
  }

  @Test
  void aLittleOverTwoSecondsIsTooShortEverySecondTime() throws Exception {
    assertEquals(6, acceptedOfTenAtSpacing(2_050));
    assertEquals(10, acceptedOfTenAtSpacing(2_400));
  }

  private static int acceptedOfTenAtSpacing(int millis) throws Exception {
    TestClient polled = new TestClient(new NodeSettings(TestClient.OWN));
    polled.connected();
    polled.seconds(10);
    for (int id = 1; id <= 10; id++) {
      polled.text(id, "text " + id);
      polled.pass(Duration.ofMillis(millis));
    }
    polled.seconds(10);
    return polled.peer.heard().size();
  }

  @Test
  void aTextThatNobodyRepeatsIsSentThreeTimesAndHeardOnce() throws Exception {
    client.peer.repeats(false);
    client.connected();
    client.text(5, TestClient.EVERYBODY, "anybody?", true);
    client.seconds(60);
    assertEquals(List.of(TestClient.answer(5, 5)), client.results());
    assertEquals(
        List.of(1, 2, 3),
        client.mesh.transmissions().stream().map(t -> t.attempt()).toList());
    assertEquals(1, client.peer.heard().size());
  }

  @Test
  void aDirectMessageToASilentPeerThatANeighbourRepeatedIsNeverDelivered() throws Exception {
    SimulatedPeer silent = client.mesh.addPeer(new NodeId(77), "Silent", "S").listens(false);
    client.connected();
    client.text(5, silent.id().number(), "are you there?", true);
    client.seconds(60);
    assertEquals(List.of(TestClient.answer(0, 5)), client.results());
    assertEquals(List.of(), silent.heard());
  }

  @Test
  void airtimeIsCountedAgainstTheRegionsShare() throws Exception {
    TestClient limited = new TestClient(new NodeSettings(TestClient.OWN)
        .withPollModel(false)
        .inRegion(NodeSettings.REGION_EU_868, 0.05));
    limited.connected();
    String refused = "";
    for (int id = 1; id <= 5 && refused.isEmpty(); id++) {
      limited.text(id, "x".repeat(200));
      limited.seconds(5);
      refused = String.join("\n", limited.told());
      refused = refused.contains("res=9") ? refused : "";
    }
    assertTrue(refused.contains("notification 00000002 Duty cycle limit exceeded"), refused);
    assertTrue(refused.endsWith(TestClient.answer(9, 2)), refused);
  }

  @Test
  void aPacketHeardTwiceIsToldOnce() throws Exception {
    client.connected();
    AirPacket packet = AirPacket.text(client.peer.id(), new PacketId(9), "again");
    client.peer.send(packet);
    client.peer.send(packet.after(2));
    assertEquals(List.of(TestClient.textFrom(client.peer, "again")), client.told());
  }

  @Test
  void aBroadcastOfOneNodeIsToldToTheClientsOfTheOthersAlone() throws Exception {
    client.connected();
    SimulatedNode other =
        client.mesh.addNode(new NodeSettings(new NodeId(0x10de0002)).withPollModel(false));
    other.input(PhoneFrames.frame(PhoneFrames.number(3, 8)));
    other.output();
    client.text(5, "to all");
    client.text(6, client.peer.id().number(), "to one", false);
    client.seconds(5);
    assertEquals(List.of(TestClient.textFrom(TestClient.OWN, "to all")), lines(other));
    assertFalse(String.join("\n", client.told()).contains("text=to all"));
  }

  private static List<String> lines(SimulatedNode node) throws Exception {
    return Told.all(node.output()).stream().map(Told::line).toList();
  }

  @Test
  void sixteenPacketsFillTheQueueAndTheNextIsRefusedWithoutAWord() throws Exception {
    client.connected();
    for (int id = 1; id <= 17; id++) {
      client.write(privatePacket(id));
    }
    List<String> told = client.told();
    assertEquals("queue res=0 free=0 of 16 for 00000010", told.get(15));
    assertEquals("queue res=32 free=0 of 16 for 00000011", told.get(16));
    client.seconds(60);
    assertEquals(List.of("queue res=0 free=1 of 16 for -"), client.told());
    assertEquals(16, client.mesh.transmissions().size());
  }

  private static byte[] privatePacket(int id) {
    WireWriter data = new WireWriter().uint(1, 256).bytes(2, new byte[20]);
    WireWriter packet = new WireWriter().fixed(2, TestClient.EVERYBODY).message(4, data);
    return PhoneFrames.variant(1, packet.fixed(6, id).uint(9, 3));
  }
}
