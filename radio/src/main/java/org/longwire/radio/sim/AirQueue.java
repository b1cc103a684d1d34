package org.longwire.radio.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.longwire.radio.PacketId;

/**
 * The node's transmit queue and what follows a transmission: the neighbours' repeats, the
 * addressee's acknowledgement, and the retries of a reliable packet (reference: meshtastic.md §4.2,
 * §4.3).
 */
final class AirQueue {
  static final int SLOTS = 16;

  /** What waits for the results of a node's packets. */
  interface Outcomes {
    /** The packet reached nobody who repeated or acknowledged it. */
    void notHeard(AirPacket packet);

    /** A neighbour was overheard repeating it. */
    void repeated(AirPacket packet);

    /** Its addressee answered with a routing result. */
    void answered(AirPacket packet, SimulatedPeer by, int error);

    /** A full queue has room again. */
    void roomAgain(int free);
  }

  private static final int ATTEMPTS = 3;
  private static final int HEADER_BYTES = 16;
  private static final int PKI_BYTES = 12;
  private static final int UNKNOWN_KEY = 35;

  /** Listening before talking; the shortest real wait is a few tens of milliseconds. */
  private static final Duration CONTENTION = Duration.ofMillis(50);

  /** Three of them make the 21 to 22 s of capture 07b. */
  private static final Duration RETRY_AFTER = Duration.ofMillis(7_200);

  private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();

  private record Sent(long at, long nanos) {}

  private final SimulatedMesh mesh;
  private final NodeSettings own;
  private final Lifetime life;
  private final Outcomes outcomes;
  private final Deque<AirPacket> queue = new ArrayDeque<>();
  private final Map<PacketId, Integer> attempts = new HashMap<>();
  private final Deque<Sent> sentAirtime = new ArrayDeque<>();
  private boolean busy;

  AirQueue(SimulatedMesh mesh, NodeSettings own, Lifetime life, Outcomes outcomes) {
    this.mesh = mesh;
    this.life = life;
    this.own = own;
    this.outcomes = outcomes;
  }

  int free() {
    return SLOTS - queue.size();
  }

  /**
   * Takes a packet unless the queue is full; a reliable one is on record for retries either way.
   */
  boolean add(AirPacket packet) {
    if (packet.wantAck()) {
      attempts.put(packet.id(), 1);
      scheduleRetry(packet);
    }
    return enqueue(packet);
  }

  void clear() {
    queue.clear();
    attempts.clear();
    sentAirtime.clear();
    busy = false;
  }

  /** Per cent of the last hour in which this node was sending. */
  double utilisationPercent() {
    while (!sentAirtime.isEmpty() && mesh.now() - sentAirtime.peek().at() > HOUR_NANOS) {
      sentAirtime.removeFirst();
    }
    long sum = 0;
    for (Sent sent : sentAirtime) {
      sum += sent.nanos();
    }
    return 100.0 * sum / HOUR_NANOS;
  }

  private boolean enqueue(AirPacket packet) {
    if (queue.size() == SLOTS) {
      return false;
    }
    queue.addLast(packet);
    if (!busy) {
      busy = true;
      life.later(CONTENTION, this::transmit);
    }
    return true;
  }

  private void transmit() {
    AirPacket packet = queue.pollFirst();
    if (packet == null) {
      busy = false;
      return;
    }
    if (free() == 1) {
      outcomes.roomAgain(1);
    }
    int bytes = HEADER_BYTES + PhoneFrames.data(packet).toBytes().length;
    Duration airtime = own.airtime(bytes + (packet.isPrivate() ? PKI_BYTES : 0));
    sentAirtime.addLast(new Sent(mesh.now(), airtime.toNanos()));
    life.later(airtime, () -> transmitted(packet));
  }

  private void transmitted(AirPacket packet) {
    List<SimulatedPeer> listeners =
        mesh.sendFromNode(packet, attempts.getOrDefault(packet.id(), 1));
    if (attempts.containsKey(packet.id())) {
      followUp(packet, listeners);
    }
    if (queue.isEmpty()) {
      busy = false;
    } else {
      life.later(CONTENTION, this::transmit);
    }
  }

  private void followUp(AirPacket packet, List<SimulatedPeer> listeners) {
    boolean repeated = false;
    for (SimulatedPeer peer : listeners) {
      if (peer.id().equals(packet.to())) {
        followUp(packet, peer);
      } else {
        repeated |= peer.isRepeating() && packet.hopLimit() > 0;
      }
    }
    if (repeated) {
      life.later(mesh.repeatDelay(), () -> repeated(packet));
    }
  }

  /** The addressee's own word is told also after a repeat was, which has ended the retries. */
  private void followUp(AirPacket packet, SimulatedPeer addressee) {
    if (!addressee.isAcknowledging()) {
      return;
    }
    int error = addressee.hasOurKey() || !packet.isPrivate() ? 0 : UNKNOWN_KEY;
    life.later(addressee.answerDelay(), () -> {
      attempts.remove(packet.id());
      outcomes.answered(packet, addressee, error);
    });
  }

  private void repeated(AirPacket packet) {
    if (attempts.remove(packet.id()) != null) {
      outcomes.repeated(packet);
    }
  }

  private void scheduleRetry(AirPacket packet) {
    life.later(RETRY_AFTER, () -> retry(packet));
  }

  private void retry(AirPacket packet) {
    Integer attempt = attempts.get(packet.id());
    if (attempt == null) {
      return;
    }
    if (attempt == ATTEMPTS) {
      attempts.remove(packet.id());
      outcomes.notHeard(packet);
    } else {
      attempts.put(packet.id(), attempt + 1);
      enqueue(packet);
      scheduleRetry(packet);
    }
  }
}
