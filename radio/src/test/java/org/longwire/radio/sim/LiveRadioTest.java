package org.longwire.radio.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.radio.NodeId;
import org.longwire.radio.RadioException;
import org.longwire.radio.RadioLink;
import org.longwire.radio.SerialPath;
import org.longwire.radio.TcpAddress;

/** The simulated radio in real time, through the links that the daemon uses. */
@Timeout(60)
class LiveRadioTest {
  private static final Duration WAIT = Duration.ofSeconds(20);

  @TempDir
  Path directory;

  private final SimulatedRadio radio = SimulatedRadio.builder()
      .withNode(new NodeSettings(TestClient.OWN).withConsoleText(false))
      .withPeer(new NodeId(0x0badcafe), "Dünenfunk", "DÜF")
      .build();
  private final SimulatedPeer peer = radio.mesh().peers().get(0);

  @AfterEach
  void close() {
    radio.close();
  }

  @Test
  void aSessionOverTcpHearsAndIsHeard() throws Exception {
    TcpRadio port = radio.openTcp(0);
    try (RadioLink link = new TcpAddress(port.host(), port.port()).open()) {
      converse(link);
    }
  }

  @Test
  void aSessionOverASerialPortHearsAndIsHeard() throws Exception {
    assumeTrue(PtyRadio.isAvailable(), "this system has no script of util-linux");
    PtyRadio port = radio.openPty(directory.resolve("usb-radio"));
    try (RadioLink link = new SerialPath(port.path(), SerialPath.DEFAULT_BAUD).open()) {
      converse(link);
    }
  }

  @Test
  void anUnpluggedRadioIsLostAndComesBackUnderTheSamePath() throws Exception {
    assumeTrue(PtyRadio.isAvailable(), "this system has no script of util-linux");
    PtyRadio port = radio.openPty(directory.resolve("usb-radio"));
    SerialPath path = new SerialPath(port.path(), SerialPath.DEFAULT_BAUD);
    try (RadioLink link = path.open()) {
      ask(link, 3);
      port.unplug();
      assertThrows(RadioException.LinkLost.class, () -> waitFor(link, "never"));
    }
    assertTrue(Files.notExists(port.path()));
    assertThrows(RadioException.CannotOpen.class, path::open);
    port.replug();
    try (RadioLink link = path.open()) {
      converse(link);
    }
  }

  @Test
  void aSecondClientThrowsTheFirstOneOut() throws Exception {
    TcpRadio port = radio.openTcp(0);
    TcpAddress address = new TcpAddress(port.host(), port.port());
    try (RadioLink first = address.open()) {
      ask(first, 3);
      try (RadioLink second = address.open()) {
        assertThrows(RadioException.LinkLost.class, () -> waitFor(first, "never"));
        converse(second);
      }
    }
  }

  @Test
  void talkativePeersSpeakWithoutBeingAsked() throws Exception {
    SimulatedRadio talkative = SimulatedRadio.builder()
        .withNode(new NodeSettings(TestClient.OWN))
        .withPeer(new NodeId(0x0badcafe), "Dünenfunk", "DÜF")
        .saying(Duration.ofMillis(1), "anybody there?")
        .build();
    SimulatedPeer speaker = talkative.mesh().peers().get(0);
    try (TcpRadio port = talkative.openTcp(0);
        RadioLink link = new TcpAddress(port.host(), port.port()).open()) {
      link.write(PhoneFrames.frame(PhoneFrames.number(3, 9)));
      waitFor(link, TestClient.textFrom(speaker, "anybody there?"));
    }
  }

  @Test
  void aGoodbyeOverTcpEndsTheConnection() throws Exception {
    TcpRadio port = radio.openTcp(0);
    try (RadioLink link = new TcpAddress(port.host(), port.port()).open()) {
      ask(link, 3);
      link.write(PhoneFrames.frame(PhoneFrames.number(4, 1)));
      assertThrows(RadioException.LinkLost.class, () -> waitFor(link, "never"));
    }
  }

  private void converse(RadioLink link) throws Exception {
    ask(link, 4);
    peer.says("Grüße");
    waitFor(link, TestClient.textFrom(peer, "Grüße"));
    WireWriter data = new WireWriter().uint(1, 1).text(2, "back");
    WireWriter packet =
        new WireWriter().fixed(1, TestClient.OWN.number()).fixed(2, -1).message(4, data);
    packet.fixed(6, 99).uint(9, 3).bool(10, true);
    link.write(PhoneFrames.frame(PhoneFrames.variant(1, packet)));
    waitFor(link, TestClient.answer(0, 99));
    List<HeardText> heard = peer.heard();
    assertEquals("back", heard.get(heard.size() - 1).text());
  }

  private static void ask(RadioLink link, int nonce) throws Exception {
    link.write(PhoneFrames.frame(PhoneFrames.number(3, nonce)));
    waitFor(link, "config_complete " + nonce);
  }

  private static void waitFor(RadioLink link, String wanted) throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    byte[] buffer = new byte[1_024];
    long end = System.nanoTime() + WAIT.toNanos();
    while (System.nanoTime() - end < 0) {
      int count = link.read(buffer, Duration.ofSeconds(1));
      stream.writeBytes(Arrays.copyOf(buffer, count));
      boolean[] found = new boolean[1];
      new FrameIntake()
          .read(stream.toByteArray(), message -> found[0] |= line(message).equals(wanted));
      if (found[0]) {
        return;
      }
    }
    throw new AssertionError("never told: " + wanted);
  }

  private static String line(byte[] message) {
    try {
      return Told.of(message).line();
    } catch (WireReader.Malformed e) {
      return "malformed";
    }
  }
}
