package org.longwire.radio;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A node on the network. One client at a time: a newcomer throws the former one out. */
public record TcpAddress(String host, int port) implements RadioLink.Port {
  /** Where every node with a network listens (reference: meshtastic.md §1.6). */
  public static final int DEFAULT_PORT = 4403;

  private static final int MAX_PORT = 65_535;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  public TcpAddress {
    if (host.isBlank()) {
      throw new IllegalArgumentException("a host has a name or an address");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("a TCP port is 1 to 65535, not " + port);
    }
  }

  public TcpAddress(String host) {
    this(host, DEFAULT_PORT);
  }

  @Override
  public String name() {
    return host + ":" + port;
  }

  @Override
  public boolean isSerial() {
    return false;
  }

  /** Looks the name up anew each time, and waits at most 10 s for the connection. */
  @Override
  public RadioLink open() throws RadioException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new RadioException.CannotOpen(
          "the host %s is unknown; check radio.host and the name server, or give its IP address"
              .formatted(host));
    }
    Socket socket = new Socket();
    try {
      socket.connect(address, (int) CONNECT_LIMIT.toMillis());
      return TcpLink.over(socket, name(), new WriteLimit(WriteLimit.LIMIT));
    } catch (IOException e) {
      close(socket);
      throw new RadioException.CannotOpen(sentence(e), e);
    }
  }

  private String sentence(IOException problem) {
    if (problem instanceof SocketTimeoutException) {
      return "the radio at %s did not answer within %d s; is it switched on and in this network?"
          .formatted(name(), CONNECT_LIMIT.toSeconds());
    }
    if (problem instanceof NoRouteToHostException) {
      return "there is no way in the network to the radio at %s; is this machine online?"
          .formatted(name());
    }
    if (problem instanceof ConnectException) {
      return ("the radio at %s refused the connection; is its network interface enabled, "
              + "and is %d its port?")
          .formatted(name(), port);
    }
    return "the radio at %s cannot be reached: %s".formatted(name(), problem.getMessage());
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It never was open; there is nothing to lose.
      return;
    }
  }
}
