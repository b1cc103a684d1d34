package org.longwire.radio.sim;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A thread that lives a node's life in real time: waits until something is due or comes in, and
 * carries what the node writes to whoever is attached.
 */
final class NodePump implements AutoCloseable {
  /** Takes what the node wrote; may throw when nobody is there, and the bytes are then lost. */
  interface Sink {
    void accept(byte[] bytes) throws IOException;

    /** The node wants the connection closed; a cable has no such thing. */
    void hangUp();
  }

  /** Also looks up without a reason from time to time, in case a clock was turned. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);

  private final SimulatedMesh mesh;
  private final SimulatedNode node;
  private final Sink sink;
  private final Thread thread;
  private volatile boolean closed;

  NodePump(SimulatedMesh mesh, SimulatedNode node, Sink sink) {
    this.mesh = mesh;
    this.node = node;
    this.sink = sink;
    this.thread = new Thread(this::run, "simulated-node-" + node.id());
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        byte[] bytes = waitForOutput();
        if (bytes.length > 0) {
          deliver(bytes);
        }
        if (node.takeHangUp()) {
          sink.hangUp();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(byte[] bytes) {
    try {
      sink.accept(bytes);
    } catch (IOException e) {
      // The client went away; a node does not notice and goes on.
      return;
    }
  }

  private byte[] waitForOutput() throws InterruptedException {
    synchronized (mesh) {
      byte[] bytes = node.output();
      if (bytes.length == 0 && !closed && !node.wantsHangUp()) {
        Optional<Duration> next = mesh.untilNext();
        long millis = Math.min(next.orElse(LONGEST_SLEEP).toMillis() + 1, LONGEST_SLEEP.toMillis());
        mesh.wait(millis);
        bytes = node.output();
      }
      return bytes;
    }
  }

  @Override
  public void close() {
    closed = true;
    synchronized (mesh) {
      mesh.notifyAll();
    }
    thread.interrupt();
    try {
      thread.join(JOIN_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
