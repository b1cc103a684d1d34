package org.longwire.radio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The link over a TCP connection. One thread reads; another may write or close. */
final class TcpLink implements RadioLink {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String name;
  private final WriteLimit writeLimit;
  private int waitMs;
  private volatile boolean closed;
  private volatile boolean stuck;

  private TcpLink(Socket socket, String name, WriteLimit writeLimit) throws IOException {
    this.socket = socket;
    this.name = name;
    this.writeLimit = writeLimit;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** Takes over a connected socket. */
  static TcpLink over(Socket socket, String name, WriteLimit writeLimit) throws IOException {
    // A frame is a whole message, and a peer that vanished shall be found out in the end.
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    return new TcpLink(socket, name, writeLimit);
  }

  @Override
  public int read(byte[] buffer, Duration timeout) throws RadioException {
    try {
      setWait(timeout);
      int count = in.read(buffer);
      if (count < 0) {
        throw new RadioException.LinkLost(
            ("the radio at %s closed the connection; it has rebooted, "
                    + "or another program connected to it")
                .formatted(name));
      }
      return count;
    } catch (SocketTimeoutException e) {
      return 0;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** Zero would mean for ever to a socket, so the shortest wait is a millisecond. */
  private void setWait(Duration timeout) throws IOException {
    int wanted = (int) Math.min(Math.max(timeout.toMillis(), 1), Integer.MAX_VALUE);
    if (wanted != waitMs) {
      socket.setSoTimeout(wanted);
      waitMs = wanted;
    }
  }

  @Override
  public void write(byte[] bytes) throws RadioException {
    try {
      writeLimit.guard(this::giveUp, () -> out.write(bytes));
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private void giveUp() {
    stuck = true;
    close();
  }

  private RadioException.LinkLost lost(IOException problem) {
    if (stuck) {
      return new RadioException.LinkLost(
          "the radio at %s has taken no bytes for %d s".formatted(name, writeLimit.seconds()),
          problem);
    }
    if (closed) {
      return new RadioException.LinkLost("the link to %s was closed".formatted(name), problem);
    }
    return new RadioException.LinkLost(
        "the connection to the radio at %s broke: %s".formatted(name, problem.getMessage()),
        problem);
  }

  @Override
  public void close() {
    closed = true;
    try {
      socket.close();
    } catch (IOException e) {
      // Closed is closed: what was unsent is lost either way.
      return;
    }
  }
}
