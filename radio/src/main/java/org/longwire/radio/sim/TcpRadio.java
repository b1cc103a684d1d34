package org.longwire.radio.sim;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A simulated node that listens on a loopback port, in real time. One client at a time: a newcomer
 * throws the former one out, as real nodes do (capture 16). Owns threads until closed.
 */
public final class TcpRadio implements AutoCloseable {
  private static final int CHUNK = 4_096;
  private static final int BACKLOG = 8;

  private final SimulatedMesh mesh;
  private final SimulatedNode node;
  private final ServerSocket server;
  private final NodePump pump;
  private Optional<Socket> client = Optional.empty();
  private volatile LinkWatch watch = LinkWatch.NONE;

  private TcpRadio(SimulatedMesh mesh, SimulatedNode node, ServerSocket server) {
    this.mesh = mesh;
    this.node = node;
    this.server = server;
    this.pump = new NodePump(mesh, node, new ToClient());
  }

  /** @param port the port to listen on, 0 for a free one */
  public static TcpRadio open(SimulatedMesh mesh, SimulatedNode node, int port) throws IOException {
    ServerSocket server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    TcpRadio radio = new TcpRadio(mesh, node, server);
    radio.start();
    return radio;
  }

  public String host() {
    return server.getInetAddress().getHostAddress();
  }

  public int port() {
    return server.getLocalPort();
  }

  public SimulatedNode node() {
    return node;
  }

  /** Has somebody look on at the link from now on. */
  public void watch(LinkWatch looker) {
    watch = looker;
  }

  /** Whether there is a client, as far as the node's end of the connection knows. */
  public boolean hasClient() {
    return current().isPresent();
  }

  /** Breaks the connection under a client, if there is one, without a word to the node. */
  public void dropClient() {
    take().ifPresent(TcpRadio::close);
  }

  private void start() {
    pump.start();
    Thread acceptor = new Thread(this::accept, "simulated-node-accept-" + port());
    acceptor.setDaemon(true);
    acceptor.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (node.isBooting()) {
          close(socket);
        } else {
          welcome(socket);
        }
      } catch (SocketException e) {
        // Closed, which is how this loop ends.
        return;
      } catch (IOException e) {
        // A client that was gone before it was welcome.
        continue;
      }
    }
  }

  private void welcome(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    synchronized (mesh) {
      client.ifPresent(TcpRadio::close);
      node.attach();
      client = Optional.of(socket);
    }
    Thread reader = new Thread(() -> read(socket), "simulated-node-read-" + port());
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Socket socket) {
    byte[] buffer = new byte[CHUNK];
    try (InputStream in = socket.getInputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        byte[] bytes = Arrays.copyOf(buffer, count);
        watch.fromClient(bytes);
        if (!input(socket, bytes)) {
          return;
        }
      }
    } catch (IOException e) {
      // The same as an orderly end: the node learns nothing.
      forget(socket);
      return;
    }
    forget(socket);
  }

  private boolean input(Socket socket, byte[] bytes) {
    synchronized (mesh) {
      boolean current = client.filter(socket::equals).isPresent();
      if (current) {
        node.input(bytes);
      }
      return current;
    }
  }

  private void forget(Socket socket) {
    synchronized (mesh) {
      if (client.filter(socket::equals).isPresent()) {
        client = Optional.empty();
        node.linkCut();
      }
    }
    close(socket);
  }

  private Optional<Socket> take() {
    synchronized (mesh) {
      Optional<Socket> taken = client;
      client = Optional.empty();
      return taken;
    }
  }

  private Optional<Socket> current() {
    synchronized (mesh) {
      return client;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing of a simulated connection is worth saving.
      return;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException("a loopback port could not be closed", e);
    } finally {
      dropClient();
      pump.close();
    }
  }

  /** Carries the node's bytes to whoever is connected; nobody there, and they are lost. */
  private final class ToClient implements NodePump.Sink {
    @Override
    public void accept(byte[] bytes) throws IOException {
      Optional<Socket> socket = current();
      if (socket.isPresent()) {
        socket.get().getOutputStream().write(bytes);
        watch.toClient(bytes);
      }
    }

    @Override
    public void hangUp() {
      dropClient();
    }
  }
}
