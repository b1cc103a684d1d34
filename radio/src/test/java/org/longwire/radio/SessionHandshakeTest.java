package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionHandshakeTest {
  private final Bench bench = new Bench();

  private static byte[] line(String text) {
    return (text + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aSleepingNodeIsWokenBeforeItIsAsked() throws Exception {
    bench.passMillis(99);
    assertEquals(1, bench.written.size());
    byte[] wake = new byte[32];
    Arrays.fill(wake, (byte) 0xC3);
    assertArrayEquals(wake, bench.written.get(0));
    bench.passMillis(2);
    assertEquals(1, ToNode.nonces(bench.written).size());
  }

  @Test
  void aFinishedDumpMakesTheSessionReady() throws Exception {
    bench.ready();
    LinkState.Ready ready = assertInstanceOf(LinkState.Ready.class, bench.session.state());
    assertEquals(FromNode.OWN, ready.identity().node());
    assertEquals("2.7.26", ready.identity().firmware());
    assertEquals(
        new LoraSettings(250_000, 11, 5, 5, 0.1, true), ready.identity().lora());
    MeshEvent.IdentityTold told = bench.heard.of(MeshEvent.IdentityTold.class).get(0);
    assertEquals("base", told.channels().get(0).name());
  }

  @Test
  void theNodeIsGivenTheTime() throws Exception {
    bench.ready();
    List<Integer> times = ToNode.times(bench.written);
    assertEquals(1, times.size());
    assertEquals(Bench.START.getEpochSecond(), times.get(0), 1);
    assertEquals(
        FromNode.OWN.number(),
        ToNode.packets(bench.written, PortNum.ADMIN).get(0).getFrom());
  }

  /** Case 10. */
  @Test
  void theEndOfAnotherDumpIsNotOurs() throws Exception {
    bench.passMillis(150);
    int nonce = bench.nonce();
    NodeId stale = new NodeId(0x11111111);
    bench
        .says(FromNode.node(stale, FromNode.user("stale", "")), FromNode.complete(nonce + 1))
        .says(FromNode.dump(stale, 0, nonce + 2))
        .listen();
    assertInstanceOf(LinkState.Connecting.class, bench.session.state());
    assertEquals(List.of(), bench.heard.of(MeshEvent.NodeSeen.class));
    bench.says(FromNode.dump(FromNode.OWN, 0, nonce)).listen();
    assertInstanceOf(LinkState.Ready.class, bench.session.state());
    assertEquals(
        List.of(FromNode.OWN),
        bench.heard.stream(MeshEvent.NodeSeen.class)
            .map(seen -> seen.node().id())
            .toList());
  }

  @Test
  void anEndWithoutBeginningIsNothing() throws Exception {
    bench.passMillis(150);
    bench.says(FromNode.complete(bench.nonce())).listen();
    assertInstanceOf(LinkState.Connecting.class, bench.session.state());
  }

  /** Case 11. */
  @Test
  void aRebootInTheMiddleBeginsAnewUnderANewNonce() throws Exception {
    bench.passMillis(150);
    int first = bench.nonce();
    bench.says(FromNode.myNode(FromNode.OWN, 1), FromNode.rebooted()).listen();
    bench.passMillis(150);
    assertNotEquals(first, bench.nonce());
    bench.says(FromNode.complete(first)).listen();
    assertEquals(List.of(), bench.heard.of(MeshEvent.IdentityTold.class));
    bench.says(FromNode.dump(FromNode.OWN, 2, bench.nonce())).listen();
    assertInstanceOf(LinkState.Ready.class, bench.session.state());
  }

  @Test
  void silenceIsFilledAndAskedAgain() throws Exception {
    bench.passMillis(10_150);
    assertEquals(516, bench.written.get(2).length);
    assertEquals(1, ToNode.nonces(bench.written).size());
    bench.passMillis(200);
    assertEquals(2, ToNode.nonces(bench.written).size());
    bench.says(FromNode.dump(FromNode.OWN, 0, bench.nonce())).listen();
    assertInstanceOf(LinkState.Ready.class, bench.session.state());
  }

  @Test
  void aNodeThatNeverAnswersIsGivenUp() throws Exception {
    bench.pass(Duration.ofSeconds(31));
    LinkState.Lost lost =
        (LinkState.Lost) bench.heard.of(MeshEvent.LinkChanged.class).get(1).state();
    assertTrue(lost.reason().contains("does not answer"), lost.reason());
  }

  @Test
  void aDumpWhoseEndIsLostIsGivenUp() throws Exception {
    bench.passMillis(150);
    bench.says(FromNode.myNode(FromNode.OWN, 0)).listen();
    bench.pass(Duration.ofSeconds(19));
    assertInstanceOf(LinkState.Connecting.class, bench.session.state());
    bench.says(FromNode.text(FromNode.PEER, FromNode.OWN, 3, "heard meanwhile")).listen();
    bench.pass(Duration.ofSeconds(2));
    assertTrue(bench.opened > 1 || bench.session.state() instanceof LinkState.Lost);
  }

  @Test
  void aDumpThatNeverEndsIsGivenUp() throws Exception {
    bench.passMillis(150);
    bench.says(FromNode.myNode(FromNode.OWN, 0)).listen();
    for (int i = 1; i < 12; i++) {
      bench.pass(Duration.ofSeconds(10));
      bench.says(FromNode.node(new NodeId(i), FromNode.user("slow", ""))).listen();
      assertInstanceOf(LinkState.Connecting.class, bench.session.state());
    }
    bench.pass(Duration.ofSeconds(11));
    assertTrue(bench.opened > 1 || bench.session.state() instanceof LinkState.Lost);
  }

  @Test
  void aPacketBeforeTheEndWaitsForIt() throws Exception {
    bench.passMillis(50);
    bench.says(FromNode.text(FromNode.PEER, FromNode.OWN, 3, "early")).listen();
    assertEquals(List.of(), bench.heard.texts());
    bench.ready();
    assertEquals(List.of("early"), bench.heard.texts());
  }

  @Test
  void aRebootOfAReadyNodeStopsSendingUntilItIsReadyAgain() throws Exception {
    bench.ready();
    bench.says(FromNode.rebooted()).listen();
    assertInstanceOf(LinkState.Connecting.class, bench.session.state());
    bench.ready(FromNode.OWN, 1);
    assertInstanceOf(LinkState.Ready.class, bench.session.state());
  }

  @Test
  void bootTextBeginsAnewOnceItHasEnded() throws Exception {
    bench.ready();
    bench
        .says(line("ets Jul 29 2019 12:21:46"), line("rst:0x1 (POWERON_RESET)"))
        .listen();
    bench.passMillis(1_900);
    assertEquals(1, ToNode.nonces(bench.written).size());
    bench.passMillis(400);
    assertEquals(2, ToNode.nonces(bench.written).size());
  }

  @Test
  void bootWordsInAChatThatIsLoggedAreNoBoot() throws Exception {
    bench.ready();
    bench
        .says(line("INFO  | 08:00:00 12 [Router] Received text msg, msg=rst:0x1 ets Jul"))
        .listen();
    bench.pass(Duration.ofSeconds(40));
    assertEquals(1, ToNode.nonces(bench.written).size());
  }

  @Test
  void forgedBootTextCostsOneHandshakeInHalfAMinuteAtMost() throws Exception {
    bench.ready();
    for (int i = 0; i < 10; i++) {
      bench.says(line("rst:0x1 (POWERON_RESET)")).listen();
      bench.passMillis(2_300);
      bench.says(FromNode.dump(FromNode.OWN, 0, bench.nonce())).listen();
    }
    assertTrue(ToNode.nonces(bench.written).size() <= 3);
  }

  @Test
  void anotherNodeBehindThePortIsTold() throws Exception {
    bench.ready();
    NodeId other = new NodeId(0x22222222);
    bench.says(FromNode.rebooted()).listen();
    bench.ready(other, 0);
    List<MeshEvent.IdentityTold> told = bench.heard.of(MeshEvent.IdentityTold.class);
    assertEquals(other, told.get(told.size() - 1).identity().node());
  }
}
