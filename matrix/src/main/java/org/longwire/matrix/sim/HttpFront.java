package org.longwire.matrix.sim;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The double's ear on loopback: opens and closes one port, always the same, and owns the threads
 * that serve it. Thread-safe.
 */
final class HttpFront implements AutoCloseable {
  /** Enough for a few long polls beside the work. */
  private static final int THREADS = 16;

  static {
    // The JDK's server writes head and body apart; without this, each answer may wait 40 ms for
    // the other side's delayed acknowledgement. Read once, when the server's classes load.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpHandler handler;
  private final ExecutorService threads;
  private final int port;
  private Optional<HttpServer> server;
  private Optional<Socket> keeper = Optional.empty();
  private boolean closed;

  private HttpFront(HttpHandler handler, HttpServer server, ExecutorService threads) {
    this.handler = handler;
    this.threads = threads;
    this.port = server.getAddress().getPort();
    this.server = Optional.of(server);
  }

  static HttpFront open(HttpHandler handler) throws IOException {
    AtomicInteger count = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
      Thread thread = new Thread(work, "homeserver-double-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    });
    return new HttpFront(handler, listen(0, handler, threads), threads);
  }

  private static HttpServer listen(int port, HttpHandler handler, ExecutorService threads)
      throws IOException {
    HttpServer server = HttpServer.create(address(port), 0);
    server.createContext("/", handler);
    server.setExecutor(threads);
    server.start();
    return server;
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  int port() {
    return port;
  }

  synchronized boolean isUp() {
    return server.isPresent();
  }

  /** Stops listening and cuts every connection; harmless if down. */
  synchronized void down() {
    if (server.isPresent()) {
      server.get().stop(0);
      server = Optional.empty();
      keeper = keep(port);
    }
  }

  /**
   * Holds the port without listening. Else the system might give it to somebody else, even to a
   * client that calls this very port and would then be connected to itself.
   */
  private static Optional<Socket> keep(int port) {
    try {
      Socket socket = new Socket();
      socket.setReuseAddress(true);
      socket.bind(address(port));
      return Optional.of(socket);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Listens again; harmless if up. */
  synchronized void up() {
    if (server.isPresent() || closed) {
      return;
    }
    try {
      release();
      server = Optional.of(listen(port, handler, threads));
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " cannot be opened again", e);
    }
  }

  private void release() throws IOException {
    if (keeper.isPresent()) {
      keeper.get().close();
      keeper = Optional.empty();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    down();
    threads.shutdownNow();
    try {
      release();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
