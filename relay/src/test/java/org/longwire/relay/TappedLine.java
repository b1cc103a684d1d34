package org.longwire.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;

/** A line to a radio over TCP that takes down what goes to the radio. */
final class TappedLine implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final int radio;
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

  private TappedLine(int radio) throws IOException {
    this.radio = radio;
  }

  static TappedLine to(int radio) throws IOException {
    TappedLine line = new TappedLine(radio);
    start(line::serve);
    return line;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "tapped-line");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** All bytes that went to the radio, in hexadecimal. */
  String toRadio() {
    return HexFormat.of().formatHex(taken.toByteArray());
  }

  private void serve() {
    try (Socket client = server.accept();
        Socket other = new Socket(InetAddress.getLoopbackAddress(), radio)) {
      start(() -> copy(other, client, OutputStream.nullOutputStream()));
      copy(client, other, taken);
    } catch (IOException e) {
      // The test is over.
      return;
    }
  }

  private static void copy(Socket from, Socket to, OutputStream copy) {
    byte[] buffer = new byte[4096];
    try {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        copy.write(buffer, 0, n);
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One end hung up.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
