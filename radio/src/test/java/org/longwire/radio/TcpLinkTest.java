package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The TCP link against a plain server socket on loopback. */
@Timeout(60)
class TcpLinkTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private ServerSocket server;
  private TcpAddress address;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    address = new TcpAddress("127.0.0.1", server.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void bytesCrossBothWays() throws Exception {
    try (RadioLink link = address.open();
        Socket node = server.accept()) {
      link.write(new byte[] {(byte) 0x94, 0, (byte) 0xFF});
      assertArrayEquals(
          new byte[] {(byte) 0x94, 0, (byte) 0xFF}, node.getInputStream().readNBytes(3));
      node.getOutputStream().write(new byte[] {5, 6});
      byte[] buffer = new byte[10];
      assertEquals(2, link.read(buffer, LONG));
      assertEquals(6, buffer[1]);
    }
  }

  @Test
  void nothingInTimeIsZeroBytesAndTheLinkLives() throws Exception {
    try (RadioLink link = address.open();
        Socket node = server.accept()) {
      assertEquals(0, link.read(new byte[4], Duration.ZERO));
      assertEquals(0, link.read(new byte[4], Duration.ofMillis(20)));
      node.getOutputStream().write(1);
      assertEquals(1, link.read(new byte[4], LONG));
    }
  }

  @Test
  void aNodeThatHangsUpIsALostLink() throws Exception {
    try (RadioLink link = address.open()) {
      server.accept().close();
      String sentence = assertThrows(
              RadioException.LinkLost.class, () -> link.read(new byte[4], LONG))
          .getMessage();
      assertTrue(sentence.contains("closed the connection"), sentence);
    }
  }

  @Test
  void closingWakesAReader() throws Exception {
    RadioLink link = address.open();
    CompletableFuture<String> end = CompletableFuture.supplyAsync(
        () -> assertThrows(RadioException.LinkLost.class, () -> link.read(new byte[4], LONG))
            .getMessage());
    link.close();
    link.close();
    assertTrue(end.join().contains("was closed"));
  }

  @Test
  void aRefusedConnectionNamesTheCure() throws Exception {
    server.close();
    String sentence =
        assertThrows(RadioException.CannotOpen.class, () -> address.open()).getMessage();
    assertTrue(sentence.contains("refused the connection"), sentence);
    assertTrue(sentence.contains(address.name()), sentence);
  }

  @Test
  void anUnknownHostNamesTheCure() {
    TcpAddress nowhere = new TcpAddress("no-such-radio.invalid");
    String sentence =
        assertThrows(RadioException.CannotOpen.class, () -> nowhere.open()).getMessage();
    assertTrue(sentence.contains("the host no-such-radio.invalid is unknown"), sentence);
  }

  @Test
  void aNodeThatTakesNothingIsLostAfterTheLimit() throws Exception {
    Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
    try (Socket deaf = server.accept();
        RadioLink link = TcpLink.over(socket, "deaf", new WriteLimit(Duration.ofMillis(200)))) {
      byte[] much = new byte[64 << 20];
      String sentence =
          assertThrows(RadioException.LinkLost.class, () -> link.write(much)).getMessage();
      assertTrue(sentence.contains("has taken no bytes"), sentence);
      assertTrue(deaf.isConnected());
    }
  }

  @Test
  void anAddressOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TcpAddress("host", 0));
    assertThrows(IllegalArgumentException.class, () -> new TcpAddress(" ", 4403));
  }
}
