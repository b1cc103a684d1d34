package org.longwire.radio.sim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;

/**
 * The node that a client is attached to: bytes in, bytes out, no threads. Modelled on firmware
 * 2.7.26 and held to its recorded sessions. Put bytes in with {@link #input}, turn the clock, take
 * bytes out with {@link #output}; a {@link TcpRadio} or {@link PtyRadio} does that in real time.
 */
public final class SimulatedNode {
  /** What the port takes while the node does not look; the rest is lost, as on a real UART. */
  private static final int PORT_BUFFER = 8_192;

  private static final Duration QUICK_POLL = Duration.ofMillis(5);
  private static final Duration SLOW_POLL = Duration.ofMillis(250);
  private static final Duration QUICK_FOR = Duration.ofSeconds(2);
  private static final Duration NAMES_GAP = Duration.ofMinutes(1);

  private final SimulatedMesh mesh;
  private final NodeSettings own;
  private final NodeState state;
  private final Lifetime life;
  private final PhoneApi phone;
  private final AirQueue air;
  private final PacketGates gates;
  private final LocalAdmin admin;
  private final SimulatedReception reception;
  private final OwnTelemetry telemetry;
  private final FrameIntake intake = new FrameIntake();
  private final ByteArrayOutputStream port = new ByteArrayOutputStream();
  private long lastRead;
  private long namesTold;
  private boolean namesEverTold;
  private boolean readPlanned;
  private boolean hangUp;

  SimulatedNode(SimulatedMesh mesh, NodeSettings own) {
    this.mesh = mesh;
    this.own = own;
    this.state = new NodeState(mesh, own);
    this.life = new Lifetime(mesh);
    this.phone = new PhoneApi(mesh, own, state, this);
    this.reception = new SimulatedReception(own, state, phone, this);
    this.air = new AirQueue(mesh, own, life, new Results());
    this.gates = new PacketGates(mesh, own, state, air, phone);
    this.admin = new LocalAdmin(mesh, own, state, phone, this);
    this.telemetry = new OwnTelemetry(mesh, own, state, phone, this);
    booted();
  }

  public NodeId id() {
    return own.id;
  }

  /** Bytes from the client. They are read when the node next looks at its port. */
  public void input(byte[] bytes) {
    synchronized (mesh) {
      mesh.advance();
      if (state.isBooting()) {
        return;
      }
      port.write(bytes, 0, Math.min(bytes.length, Math.max(0, PORT_BUFFER - port.size())));
      if (!own.pollModel) {
        readPort();
      } else if (!readPlanned) {
        readPlanned = true;
        life.later(Duration.ofNanos(untilPoll()), this::readPort);
      }
    }
  }

  /** What the node has written by now. Whoever has no client attached throws it away. */
  public byte[] output() {
    synchronized (mesh) {
      mesh.advance();
      return phone.takeOutput();
    }
  }

  /** A new client took the place of the former one, whose session is over; as on TCP. */
  public void attach() {
    synchronized (mesh) {
      mesh.advance();
      closeSession();
      phone.takeOutput();
      intake.reset();
      port.reset();
      hangUp = false;
    }
  }

  /** The cable or connection went without a goodbye. Only a forgiving node notices. */
  public void linkCut() {
    synchronized (mesh) {
      mesh.advance();
      if (own.forgiving) {
        closeSession();
      }
    }
  }

  /** Whether the node wants its connection closed; asking clears it. */
  boolean takeHangUp() {
    synchronized (mesh) {
      boolean wanted = hangUp;
      hangUp = false;
      return wanted;
    }
  }

  boolean wantsHangUp() {
    return hangUp;
  }

  boolean isBooting() {
    synchronized (mesh) {
      mesh.advance();
      return state.isBooting();
    }
  }

  /** Reboots now: queue, session, packet ids and clock are lost. */
  public void reboot(Duration bootTime) {
    synchronized (mesh) {
      mesh.advance();
      rebootNow(bootTime);
    }
  }

  /** Writes text between the frames, as a node's log does. */
  public void console(String text) {
    synchronized (mesh) {
      mesh.advance();
      phone.emitRaw(text.getBytes(StandardCharsets.UTF_8));
      mesh.notifyAll();
    }
  }

  /** Switches sending off, as an unset region does (QueueStatus 34). */
  public void setTxEnabled(boolean yes) {
    synchronized (mesh) {
      mesh.advance();
      state.setTxEnabled(yes);
    }
  }

  /** Makes the hour's airtime used up, or not. */
  public void setDutyCycleSpent(boolean yes) {
    synchronized (mesh) {
      mesh.advance();
      state.setDutyCycleSpent(yes);
    }
  }

  /** Whether a client's session is open in the node's eyes. */
  public boolean isInSession() {
    synchronized (mesh) {
      mesh.advance();
      return phone.isLive();
    }
  }

  /** How many handshakes the node has answered in all its boots. */
  public int handshakes() {
    synchronized (mesh) {
      mesh.advance();
      return phone.handshakes();
    }
  }

  void hear(AirPacket packet, SimulatedPeer sender) {
    if (!state.isBooting()) {
      reception.hear(packet, sender);
      phone.write();
    }
  }

  void fromClient(ClientPacket packet) {
    log("INFO", "PACKET FROM PHONE (id=0x%08x)".formatted(packet.id()));
    gates.pass(packet);
  }

  void handleOwn(ClientPacket packet, PacketId id) {
    admin.handle(packet, id);
  }

  int freeSlots() {
    return air.free();
  }

  double airUtilisation() {
    return air.utilisationPercent();
  }

  void acknowledge(AirPacket packet) {
    PacketId ackId = mesh.newId();
    air.add(PhoneFrames.routingPacket(own.id, packet.from(), ackId, 0).answering(packet.id()));
    // An answer's acknowledgement is not acknowledged (capture 14c).
    mesh.peer(packet.from())
        .filter(peer -> packet.requestId() == 0)
        .ifPresent(peer -> life.later(QUICK_POLL, () -> answer(ackId, peer, 0)));
  }

  /** Broadcasts the node's names, at most once a minute. */
  void tellNames() {
    if (!namesEverTold || mesh.now() - namesTold >= NAMES_GAP.toNanos()) {
      namesEverTold = true;
      namesTold = mesh.now();
      sendNames(NodeId.BROADCAST);
    }
  }

  private PacketId sendNames(NodeId to) {
    byte[] user =
        PhoneFrames.user(own.id, own.longName, own.shortName, own.publicKey()).toBytes();
    AirPacket packet = AirPacket.of(own.id, to, mesh.newId(), PortNum.NODEINFO, user);
    gates.send(packet);
    return packet.id();
  }

  void sessionClosedByClient() {
    closeSession();
    hangUp = true;
    mesh.notifyAll();
  }

  void sessionTimedOut() {
    sessionClosedByClient();
  }

  void rebootIn(Duration delay) {
    life.later(delay, () -> rebootNow(own.bootTime));
  }

  void log(String level, String words) {
    if (own.consoleText) {
      phone.emitRaw(PhoneFrames.logLine(level, (int) state.uptime().toSeconds(), words));
    }
  }

  private void closeSession() {
    phone.close();
    gates.sessionClosed();
  }

  private void rebootNow(Duration bootTime) {
    life.end();
    state.reboot();
    air.clear();
    port.reset();
    intake.reset();
    reception.clear();
    gates.booted();
    phone.booted();
    readPlanned = false;
    hangUp = true;
    if (own.noticesAtBoot) {
      phone.emitRaw(SimulatedBootText.BYTES.clone());
    }
    life.later(bootTime, this::booted);
    mesh.notifyAll();
  }

  private void booted() {
    state.booted();
    lastRead = mesh.now();
    namesEverTold = false;
    phone.booted();
    if (own.noticesAtBoot && state.rebootCount() > 0) {
      phone.emit(PhoneFrames.number(PhoneFrames.REBOOTED, 1));
    }
    telemetry.start(life);
    mesh.notifyAll();
  }

  private void readPort() {
    readPlanned = false;
    lastRead = mesh.now();
    byte[] bytes = port.toByteArray();
    port.reset();
    intake.read(bytes, phone::read);
    phone.write();
    mesh.notifyAll();
  }

  /** Every 5 ms for two seconds after the last byte, then every 250 ms. */
  private long untilPoll() {
    long silent = mesh.now() - lastRead;
    long slowFrom = QUICK_FOR.toNanos();
    if (silent <= slowFrom) {
      return roundUp(silent, QUICK_POLL.toNanos()) - silent;
    }
    return slowFrom + roundUp(silent - slowFrom, SLOW_POLL.toNanos()) - silent;
  }

  private static long roundUp(long value, long step) {
    return (value + step - 1) / step * step;
  }

  private void answer(PacketId request, SimulatedPeer by, int error) {
    AirPacket packet = PhoneFrames.routingPacket(by.id(), own.id, mesh.newId(), error);
    phone.packet(PhoneFrames.heard(packet.answering(request), by, state.time()), false);
    phone.write();
    mesh.notifyAll();
  }

  /** Tells the client what became of a packet. */
  private final class Results implements AirQueue.Outcomes {
    private static final int MAX_RETRANSMIT = 5;
    private static final int UNKNOWN_KEY = 35;

    @Override
    public void notHeard(AirPacket packet) {
      routing(packet, MAX_RETRANSMIT);
    }

    @Override
    public void repeated(AirPacket packet) {
      routing(packet, 0);
    }

    @Override
    public void answered(AirPacket packet, SimulatedPeer by, int error) {
      Optional<AirPacket> route = by.routeAnswer(packet);
      if (route.isPresent()) {
        // It stands for the acknowledgement.
        hear(route.get(), by);
      } else if (error == UNKNOWN_KEY) {
        PacketId names = sendNames(by.id());
        answer(packet.id(), by, error);
        answer(names, by, 0);
      } else {
        answer(packet.id(), by, error);
      }
    }

    @Override
    public void roomAgain(int free) {
      phone.status(new QueueStatus(0, free, 0));
      phone.write();
      mesh.notifyAll();
    }

    private void routing(AirPacket packet, int error) {
      phone.routing(packet.id(), error, packet.channel());
      phone.write();
      mesh.notifyAll();
    }
  }
}
