package org.longwire.radio;

import java.time.Duration;

/** The state of the way to the node. */
public sealed interface LinkState {
  /** One sentence for status and journal. */
  String sentence();

  /** The port is open and the handshake runs. */
  record Connecting(String port) implements LinkState {
    @Override
    public String sentence() {
      return "connecting to " + port;
    }
  }

  /** The handshake is complete; texts can be sent. */
  record Ready(NodeIdentity identity) implements LinkState {
    @Override
    public String sentence() {
      return "ready: node %s, firmware %s".formatted(identity.node(), identity.firmware());
    }
  }

  /**
   * The link is down.
   *
   * @param reason one sentence with its cure
   * @param retryIn how long until the next attempt
   */
  record Lost(String reason, Duration retryIn) implements LinkState {
    @Override
    public String sentence() {
      return "%s (next attempt in %d s)".formatted(reason, Math.max(1, retryIn.toSeconds()));
    }
  }
}
