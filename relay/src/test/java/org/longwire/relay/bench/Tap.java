package org.longwire.relay.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/**
 * Stands before the homeserver double and notes when bytes come by: requests when they have
 * arrived, answers when they have been written. What it costs itself is outside of both moments.
 */
final class Tap implements AutoCloseable {
  private static final int CHUNK = 65_536;

  private final ServerSocket server;
  private final URI target;
  private volatile Sightings requests = new Sightings();
  private volatile Sightings answers = new Sightings();

  private Tap(ServerSocket server, URI target) {
    this.server = server;
    this.target = target;
  }

  static Tap before(URI target) throws IOException {
    Tap tap = new Tap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    daemon("tap-accept", tap::accept);
    return tap;
  }

  /** What is to be noted from now on. */
  void watch(Sightings requestsSeen, Sightings answersSeen) {
    requests = requestsSeen;
    answers = answersSeen;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket origin = new Socket(target.getHost(), target.getPort());
        client.setTcpNoDelay(true);
        origin.setTcpNoDelay(true);
        daemon("tap-request", () -> carry(client, origin, true));
        daemon("tap-answer", () -> carry(origin, client, false));
      } catch (IOException e) {
        // The end of the tap, or a server that is not there: the client sees it close.
        return;
      }
    }
  }

  private void carry(Socket from, Socket to, boolean isRequest) {
    byte[] buffer = new byte[CHUNK];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (isRequest) {
          requests.see(buffer, count, System.nanoTime());
          out.write(buffer, 0, count);
        } else {
          out.write(buffer, 0, count);
          answers.see(buffer, count, System.nanoTime());
        }
      }
    } catch (IOException e) {
      // Either end closed; the other is closed with it.
      return;
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
