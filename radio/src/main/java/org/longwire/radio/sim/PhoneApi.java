package org.longwire.radio.sim;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import org.longwire.radio.PacketId;

/**
 * The node's side of a client's session: what it reads, what it answers, what it lets wait
 * (reference: meshtastic.md §2; captures 01 to 04, 15, 16, 20).
 */
final class PhoneApi {
  /** Only the newest two are kept; older ones are lost in a burst. */
  private static final int STATUSES_KEPT = 2;

  /** Packets to the own node in one burst; older ones are lost (capture 18b). */
  private static final int OWN_PACKETS_KEPT = 4;

  /** A session without a message from its client ends after this. */
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(15);

  private record OwnPacket(ClientPacket packet, PacketId id) {}

  private final SimulatedMesh mesh;
  private final NodeSettings own;
  private final NodeState state;
  private final PhoneQueue queue;
  private final HandshakeDump dump;
  private final SimulatedNode node;
  private final Deque<QueueStatus> statuses = new ArrayDeque<>();
  private final Deque<byte[]> notifications = new ArrayDeque<>();
  private final Deque<OwnPacket> ownPackets = new ArrayDeque<>();
  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private boolean live;
  private int handshakes;
  private boolean heartbeat;
  private OptionalInt wantConfig = OptionalInt.empty();
  private long lastMessage;

  PhoneApi(SimulatedMesh mesh, NodeSettings own, NodeState state, SimulatedNode node) {
    this.mesh = mesh;
    this.own = own;
    this.state = state;
    this.node = node;
    this.queue = new PhoneQueue(own.phoneQueueSize);
    this.dump = new HandshakeDump(own, state, mesh);
  }

  /** After each boot, the first session is told the queue's state without asking. */
  void booted() {
    statuses.clear();
    statuses.add(new QueueStatus(0, AirQueue.SLOTS, 0));
    notifications.clear();
    ownPackets.clear();
    queue.clear();
    close();
  }

  void close() {
    live = false;
    heartbeat = false;
    wantConfig = OptionalInt.empty();
  }

  boolean isLive() {
    return live;
  }

  int handshakes() {
    return handshakes;
  }

  boolean isDrained() {
    return queue.isEmpty();
  }

  /** One message from the client; what cannot be decoded is dropped without a word. */
  void read(byte[] message) {
    try {
      WireReader in = new WireReader(message);
      lastMessage = mesh.now();
      while (in.next()) {
        switch (in.field()) {
          case 1 -> node.fromClient(ClientPacket.read(in.message()));
          case 3 -> wantConfig = OptionalInt.of(in.int32());
          case 4 -> disconnect(in.bool());
          case 7 -> heartbeat(in.message());
          default -> in.skip();
        }
      }
    } catch (WireReader.Malformed e) {
      node.log("ERROR", "Error: ignoring malformed toradio");
    }
  }

  private void disconnect(boolean really) {
    if (really) {
      node.sessionClosedByClient();
    }
  }

  private void heartbeat(WireReader in) throws WireReader.Malformed {
    int nonce = 0;
    while (in.next()) {
      nonce = in.field() == 1 ? in.int32() : nonce;
    }
    if (nonce == 1) {
      node.tellNames();
    } else {
      heartbeat = true;
    }
  }

  /** Writes what there is to write; the whole dump goes out before the next byte is read. */
  void write() {
    if (heartbeat) {
      heartbeat = false;
      emit(PhoneFrames.queueStatus(new QueueStatus(0, node.freeSlots(), 0)));
    }
    if (wantConfig.isPresent()) {
      int nonce = wantConfig.getAsInt();
      wantConfig = OptionalInt.empty();
      dump.write(nonce, this::emit);
      live = true;
      handshakes++;
    }
    if (live && mesh.now() - lastMessage >= IDLE_LIMIT.toNanos()) {
      node.sessionTimedOut();
    }
    // What was said of the client's packets goes out before the node's own part gets its turn.
    drain();
    while (!ownPackets.isEmpty()) {
      OwnPacket next = ownPackets.removeFirst();
      node.handleOwn(next.packet(), next.id());
    }
    drain();
  }

  private void drain() {
    if (!live) {
      return;
    }
    while (!statuses.isEmpty()) {
      emit(PhoneFrames.queueStatus(statuses.removeFirst()));
    }
    while (!notifications.isEmpty()) {
      emit(notifications.removeFirst());
    }
    for (var next = queue.next(); next.isPresent(); next = queue.next()) {
      emit(next.get());
    }
  }

  void status(int res, int free, PacketId id) {
    status(new QueueStatus(res, free, id.value()));
  }

  void status(QueueStatus status) {
    if (statuses.size() == STATUSES_KEPT) {
      statuses.removeFirst();
    }
    statuses.addLast(status);
  }

  void notify(PacketId about, String words) {
    notifications.addLast(PhoneFrames.notification(about, state.time(), words));
    if (notifications.size() > STATUSES_KEPT) {
      notifications.removeFirst();
    }
  }

  /** A routing result from the node itself. */
  void routing(PacketId request, int error, int channel) {
    AirPacket packet = PhoneFrames.routingPacket(own.id, own.id, mesh.newId(), error)
        .answering(request)
        .onChannel(channel);
    queue.add(PhoneFrames.local(packet, state.time()), false);
  }

  void packet(byte[] message, boolean text) {
    queue.add(message, text);
  }

  void toOwnNode(ClientPacket packet, PacketId id) {
    if (ownPackets.size() == OWN_PACKETS_KEPT) {
      ownPackets.removeFirst();
    }
    ownPackets.addLast(new OwnPacket(packet, id));
  }

  WireWriter config(int kind) {
    return dump.config(kind);
  }

  void emit(byte[] message) {
    wire.writeBytes(PhoneFrames.frame(message));
  }

  void emitRaw(byte[] bytes) {
    wire.writeBytes(bytes);
  }

  byte[] takeOutput() {
    byte[] bytes = wire.toByteArray();
    wire.reset();
    return bytes;
  }
}
