package org.longwire.relay;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.longwire.radio.RadioException;
import org.longwire.radio.RadioLink;
import org.longwire.radio.sim.SimulatedNode;

/**
 * A cable to a simulated node, in memory: reading never waits, and the cable can be pulled. Like a
 * serial line it says nothing to the node when one end goes away.
 */
final class CablePort implements RadioLink.Port {
  private final SimulatedNode node;
  private final ByteArrayOutputStream noise = new ByteArrayOutputStream();
  private boolean isPlugged = true;
  private boolean isDeaf;
  private Optional<UnaryOperator<byte[]>> interpreter = Optional.empty();
  private Optional<Cable> cable = Optional.empty();

  CablePort(SimulatedNode node) {
    this.node = node;
  }

  void pull() {
    isPlugged = false;
    cable = Optional.empty();
    node.linkCut();
  }

  void plug() {
    // What the node said into the air is lost.
    node.output();
    isPlugged = true;
  }

  /** While deaf, what the node says on the line is lost; the line itself stands. */
  void deafen(boolean yes) {
    isDeaf = yes;
  }

  /** From now on, each message of the node is replaced by another; an empty one is left out. */
  void interpret(UnaryOperator<byte[]> replacement) {
    interpreter = Optional.of(replacement);
  }

  private byte[] interpreted(byte[] said) {
    if (interpreter.isEmpty()) {
      return said;
    }
    ByteArrayOutputStream words = new ByteArrayOutputStream();
    for (byte[] message : NodeWords.messages(said)) {
      byte[] replaced = interpreter.get().apply(message);
      words.writeBytes(replaced.length == 0 ? replaced : NodeWords.frame(replaced));
    }
    return words.toByteArray();
  }

  /** These bytes come in before whatever the node says next. */
  void disturb(byte[] bytes) {
    noise.writeBytes(bytes);
  }

  void disturb(String text) {
    disturb(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public RadioLink open() throws RadioException {
    if (!isPlugged) {
      throw new RadioException.CannotOpen("there is no radio at " + name() + "; plug it in");
    }
    Cable fresh = new Cable();
    cable = Optional.of(fresh);
    return fresh;
  }

  @Override
  public String name() {
    return "the test cable";
  }

  @Override
  public boolean isSerial() {
    return true;
  }

  private final class Cable implements RadioLink {
    private byte[] rest = {};

    private void requireLife() throws RadioException {
      if (cable.isEmpty() || cable.get() != this) {
        throw new RadioException.LinkLost("the cable was pulled");
      }
    }

    @Override
    public int read(byte[] buffer, Duration timeout) throws RadioException {
      requireLife();
      if (rest.length == 0) {
        byte[] said = node.output();
        noise.writeBytes(isDeaf ? new byte[0] : interpreted(said));
        rest = noise.toByteArray();
        noise.reset();
      }
      int count = Math.min(buffer.length, rest.length);
      System.arraycopy(rest, 0, buffer, 0, count);
      rest = Arrays.copyOfRange(rest, count, rest.length);
      return count;
    }

    @Override
    public void write(byte[] bytes) throws RadioException {
      requireLife();
      node.input(bytes);
    }

    @Override
    public void close() {
      if (cable.isPresent() && cable.get() == this) {
        cable = Optional.empty();
      }
    }
  }
}
