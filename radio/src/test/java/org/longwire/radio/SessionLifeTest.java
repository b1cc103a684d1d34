package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.radio.wire.ToRadio;

class SessionLifeTest {
  private final Bench bench = new Bench();

  private static final OutgoingText TEXT = new OutgoingText(
      new PacketId(5), NodeId.BROADCAST, new ChannelIndex(0), "x", Optional.empty());

  /** A minute of a healthy node: telemetry, and an answer to the heartbeat. */
  private void healthyMinute() throws Exception {
    bench.pass(Duration.ofSeconds(30));
    bench.says(FromNode.telemetry(FromNode.OWN)).listen();
    bench.pass(Duration.ofSeconds(30));
    bench.says(FromNode.queue(0, 16, 0)).listen();
  }

  @Test
  void aHealthySessionIsKeptAliveAndLeftInPeace() throws Exception {
    bench.ready();
    for (int i = 0; i < 120; i++) {
      healthyMinute();
    }
    assertEquals(120, ToNode.heartbeats(bench.written), 1);
    assertEquals(1, ToNode.nonces(bench.written).size());
    assertEquals(1, bench.opened);
  }

  @Test
  void onceInSixToTwelveHoursTheConfigurationIsReadAgain() throws Exception {
    bench.ready();
    long asked = 0;
    while (ToNode.nonces(bench.written).size() == 1) {
      bench.pass(Duration.ofSeconds(5));
      bench.says(FromNode.telemetry(FromNode.OWN)).listen();
      asked = Duration.ofMillis(bench.millis()).toMinutes();
    }
    assertTrue(asked >= 359 && asked <= 721, asked + " minutes");
    assertEquals(Handshake.CONFIG_ONLY, bench.nonce());
    int events = bench.heard.events.size();
    bench.says(FromNode.dump(FromNode.OWN, 0, Handshake.CONFIG_ONLY)).listen();
    // Nothing has changed: the own node is seen, and that is all.
    assertEquals(events + 1, bench.heard.events.size());
    assertEquals(2, ToNode.times(bench.written).size());
  }

  /** Case 12. */
  @Test
  void heartbeatAnswersDoNotProveThatPacketsComeThrough() throws Exception {
    bench.ready();
    for (int i = 0; i < 3; i++) {
      bench.pass(Duration.ofSeconds(60));
      bench.says(FromNode.queue(0, 16, 0)).listen();
    }
    bench.passMillis(100);
    assertEquals(Handshake.CONFIG_ONLY, bench.nonce());
    assertInstanceOf(LinkState.Ready.class, bench.session.state());
    bench.says(FromNode.dump(FromNode.OWN, 1, Handshake.CONFIG_ONLY)).listen();
    assertInstanceOf(LinkState.Ready.class, bench.session.state());
    assertEquals(1, bench.opened);
  }

  @Test
  void aProbeWithoutAnswerEndsTheConnection() throws Exception {
    bench.ready();
    for (int i = 0; i < 3; i++) {
      bench.pass(Duration.ofSeconds(60));
      bench.says(FromNode.queue(0, 16, 0)).listen();
    }
    bench.pass(Duration.ofSeconds(35));
    assertEquals(2, bench.opened);
  }

  @Test
  void silenceAfterAHeartbeatEndsTheConnection() throws Exception {
    bench.ready();
    bench.pass(Duration.ofSeconds(89));
    assertInstanceOf(LinkState.Ready.class, bench.session.state());
    bench.passMillis(1_200);
    LinkState.Lost lost = assertInstanceOf(LinkState.Lost.class, bench.session.state());
    assertTrue(lost.reason().contains("stopped answering"));
  }

  @Test
  void oldFirmwareNeedNotAnswerHeartbeats() throws Exception {
    bench.passMillis(150);
    bench.says(FromNode.dump(FromNode.OWN, 0, bench.nonce(), "2.5.20.abc")).listen();
    bench.pass(Duration.ofSeconds(170));
    assertInstanceOf(LinkState.Ready.class, bench.session.state());
  }

  @Test
  void lateTextFromAFirmwareThatIsSilentLeadsToAProbe() throws Exception {
    bench.passMillis(150);
    bench.says(FromNode.dump(FromNode.OWN, 0, bench.nonce(), "2.8.0.1")).listen();
    bench.pass(Duration.ofSeconds(61));
    bench
        .says(
            FromNode.telemetry(FromNode.OWN), "INFO  | boot?\n".getBytes(StandardCharsets.US_ASCII))
        .listen();
    bench.passMillis(100);
    assertEquals(Handshake.CONFIG_ONLY, bench.nonce());
  }

  @Test
  void aPulledCableIsToldAndTriedAgainFromTheFirstSecond() throws Exception {
    bench.ready();
    bench.unplug();
    bench.pass(Duration.ofMinutes(10));
    List<LinkState.Lost> lost = bench.heard.stream(MeshEvent.LinkChanged.class)
        .map(MeshEvent.LinkChanged::state)
        .filter(LinkState.Lost.class::isInstance)
        .map(LinkState.Lost.class::cast)
        .toList();
    assertEquals("the cable was pulled", lost.get(0).reason());
    assertEquals(1_000, lost.get(0).retryIn().toMillis(), 250);
    assertEquals(2_000, lost.get(1).retryIn().toMillis(), 500);
    assertTrue(lost.stream().allMatch(state -> state.retryIn().toSeconds() <= 60));
    assertTrue(lost.get(1).reason().contains("plug it in"));
    bench.isPlugged = true;
    while (bench.opened < 2) {
      bench.passMillis(1_000);
    }
    bench.ready();
    assertInstanceOf(LinkState.Ready.class, bench.session.state());
  }

  @Test
  void onlyAGoodSessionShortensTheNextWait() throws Exception {
    for (int i = 0; i < 5; i++) {
      bench.isPlugged = true;
      int before = bench.opened;
      while (bench.opened == before) {
        bench.passMillis(500);
      }
      bench.ready();
      bench.unplug();
      bench.listen();
    }
    LinkState.Lost lost = (LinkState.Lost) bench.session.state();
    assertTrue(lost.retryIn().toSeconds() >= 11, lost.toString());
  }

  @Test
  void aSendOnALinkThatIsNotReadyWritesNothing() throws Exception {
    bench.passMillis(150);
    int before = bench.written.size();
    assertThrows(RadioException.NotReady.class, () -> bench.session.send(TEXT));
    assertEquals(before, bench.written.size());
  }

  @Test
  void aWriteThatFailsEndsTheConnection() throws Exception {
    bench.ready();
    bench.failsToWrite = true;
    assertThrows(RadioException.LinkLost.class, () -> bench.session.send(TEXT));
    bench.listen();
    assertInstanceOf(LinkState.Lost.class, bench.session.state());
    bench.pass(Duration.ofSeconds(20));
    assertEquals(List.of(), bench.heard.states(TEXT.id()));
  }

  @Test
  void anOrderlyCloseSaysGoodbye() throws Exception {
    bench.ready();
    bench.session.close();
    List<ToRadio> messages = ToNode.messages(bench.written);
    assertTrue(messages.get(messages.size() - 1).getDisconnect());
    bench.session.close();
    bench.session.poll();
    assertEquals(messages.size(), ToNode.messages(bench.written).size());
  }

  @Test
  void anInterruptedThreadIsLetGo() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, bench.session::poll);
  }
}
