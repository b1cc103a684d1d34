package org.longwire.relay.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a client and a server and cuts the connection in a commit when told to. */
final class CuttingProxy implements AutoCloseable {
  /** When to cut. */
  enum Cut {
    NEVER,
    /** The server never hears of the commit. */
    BEFORE,
    /** The server commits, the client never hears of it. */
    AFTER
  }

  private final ServerSocket door;
  private final int serverPort;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NEVER);

  CuttingProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Cuts the next commit, once. */
  void cutNext(Cut cut) {
    next.set(cut);
  }

  boolean hasCut() {
    return next.get() == Cut.NEVER;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        AtomicReference<Cut> cut = new AtomicReference<>(Cut.NEVER);
        threads.execute(() -> pump(client, server, cut, true));
        threads.execute(() -> pump(server, client, cut, false));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private void pump(Socket from, Socket to, AtomicReference<Cut> cut, boolean asking) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      byte[] bytes = new byte[65_536];
      for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
        if (!asking && cut.get() == Cut.AFTER) {
          return;
        }
        if (asking && new String(bytes, 0, count, StandardCharsets.ISO_8859_1).contains("COMMIT")) {
          cut.set(next.getAndSet(Cut.NEVER));
          if (cut.get() == Cut.BEFORE) {
            return;
          }
        }
        to.getOutputStream().write(bytes, 0, count);
      }
    } catch (IOException closed) {
      // The other direction has ended.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }
}
