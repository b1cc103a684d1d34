package org.longwire.radio.sim;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.longwire.radio.NodeId;
import org.longwire.radio.Outgoing;
import org.longwire.radio.RadioLink;
import org.longwire.radio.RadioSession;

/** Our session on a cable to a simulated node, by hand-turned time: waiting turns it. */
final class CabledSession implements AutoCloseable {
  final TestClient world =
      new TestClient(new NodeSettings(TestClient.OWN).withPollModel(false).withClockSet(true));
  final SimulatedPeer peer = world.peer.repeats(false);
  final TalkLog heard = new TalkLog();
  private RadioSession session = open(Map.of());
  private long end;

  private RadioSession open(Map<NodeId, String> firstKeys) {
    return RadioSession.open(
        new Cable(),
        heard,
        new RadioSession.Means(world.clock, world.clock, new Random(3), Set.of(), firstKeys));
  }

  RadioSession session() {
    return session;
  }

  /** The session of another process, which knows these keys. */
  void reopen(Map<NodeId, String> firstKeys) {
    session.close();
    session = open(firstKeys);
  }

  void pass(Duration time) throws Exception {
    end = world.clock.getAsLong() + time.toNanos();
    while (world.clock.getAsLong() < end) {
      session.poll();
    }
  }

  List<String> fateOf(Outgoing packet) throws Exception {
    session.send(packet);
    pass(Duration.ofSeconds(40));
    return heard.words(packet.id());
  }

  @Override
  public void close() {
    session.close();
  }

  /** The cable between the session and the node: waiting on it turns the clock. */
  private final class Cable implements RadioLink.Port {
    @Override
    public RadioLink open() {
      world.node.attach();
      return new Line();
    }

    @Override
    public String name() {
      return "cable";
    }

    @Override
    public boolean isSerial() {
      return false;
    }
  }

  private final class Line implements RadioLink {
    private byte[] rest = new byte[0];

    @Override
    public int read(byte[] buffer, Duration timeout) {
      if (rest.length == 0) {
        rest = world.node.output();
      }
      if (rest.length == 0) {
        long quiet = world.mesh.untilNext().orElse(timeout).toNanos();
        long left = Math.min(timeout.toNanos(), end - world.clock.getAsLong());
        world.pass(Duration.ofNanos(Math.max(1, Math.min(quiet, left))));
        return 0;
      }
      int count = Math.min(rest.length, buffer.length);
      System.arraycopy(rest, 0, buffer, 0, count);
      rest = Arrays.copyOfRange(rest, count, rest.length);
      return count;
    }

    @Override
    public void write(byte[] bytes) {
      world.node.input(bytes);
    }

    @Override
    public void close() {}
  }
}
