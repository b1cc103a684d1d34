package org.longwire.radio;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open link from its opening to its end: reads, keeps the session alive, notices when the node
 * is gone or has restarted. {@link #step} belongs to the polling thread; {@link #write} and
 * {@link #breakOff} may come from others.
 */
final class Connection implements NodeMessage.Hearer {
  private static final int CHUNK = 4096;

  /** A frame that has not grown for so long is torn; a node may block this long in its flash. */
  private static final long STALL_MS = 2_000;

  /** The longest wait for a byte: what another thread has sent is then looked after. */
  private static final long READ_MS = 20_000;

  /** A node is left in peace so long after the last line of its boot text. */
  private static final long BOOT_MS = 2_000;

  /** Boot text leads to one new handshake in this time at most: strangers may forge it. */
  private static final long BOOT_AGAIN_MS = 30_000;

  /** A host clock before this was never set, and must not be given to the node. */
  private static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");

  private static final Logger LOG = LoggerFactory.getLogger(RadioSession.class);

  private final RadioLink link;
  private final RadioLink.Port port;
  private final SessionClock clock;
  private final RandomGenerator random;
  private final Reception reception;
  private final SentPackets sent;
  private final PacketCodec codec;
  private final Liveness liveness;
  private final FrameDecoder decoder = new FrameDecoder();
  private final byte[] chunk = new byte[CHUNK];
  private Optional<Handshake> handshake = Optional.empty();
  private FirmwareVersion firmware = FirmwareVersion.parse("");
  private long readyAt = SessionClock.NEVER;
  private long byteAt;
  private long restartAt = SessionClock.NEVER;
  private long bootAgainAt;
  private volatile Optional<RadioException> broken = Optional.empty();

  Connection(RadioLink link, RadioSession.Parts parts) {
    this.link = link;
    this.port = parts.port();
    this.clock = parts.clock();
    this.random = parts.random();
    this.reception = parts.reception();
    this.sent = parts.sent();
    this.codec = parts.codec();
    this.liveness = new Liveness(random);
  }

  /** The first handshake. */
  void begin() {
    shakeHands();
  }

  /** Since when a session stands, or {@link SessionClock#NEVER}. */
  long readyAt() {
    return readyAt;
  }

  /**
   * Does what is due, then reads once, waiting for the first byte no longer than until the next
   * duty.
   */
  void step() throws RadioException {
    if (broken.isPresent()) {
      throw broken.get();
    }
    duties(clock.millis());
    long wait = Math.max(1, dueAt() - clock.millis());
    int count = link.read(chunk, Duration.ofMillis(wait));
    long now = clock.millis();
    Arrivals arrivals = new Arrivals();
    if (count > 0) {
      byteAt = now;
      decoder.feed(chunk, 0, count, arrivals);
    } else if (decoder.isWaiting() && now - byteAt >= STALL_MS) {
      decoder.stalled(arrivals);
    }
    if (!arrivals.messages.isEmpty()) {
      liveness.heard();
      // What the node heard by radio is no part of its dump, and may come at any time.
      if (arrivals.messages.stream().anyMatch(one -> !(one instanceof NodeMessage.Heard))) {
        handshake.ifPresent(asked -> asked.goesOn(now));
      }
    }
    arrivals.messages.forEach(message -> message.tell(this));
  }

  /** Writes one payload; from any thread. */
  void write(byte[] payload) throws RadioException {
    writeBytes(FrameEncoder.encode(payload));
  }

  private void writeBytes(byte[] bytes) throws RadioException {
    synchronized (link) {
      link.write(bytes);
    }
  }

  /** The link is of no more use: the next {@link #step} says so, and a waiting one wakes. */
  void breakOff(RadioException reason) {
    broken = Optional.of(reason);
    link.close();
  }

  /** Says goodbye as far as the link still carries it, and closes it; from any thread. */
  void close() {
    try {
      write(codec.disconnect());
    } catch (RadioException gone) {
      LOG.debug("no goodbye to the radio: {}", gone.getMessage());
    }
    link.close();
  }

  private long dueAt() {
    long now = clock.millis();
    long due = Math.min(Math.min(now + READ_MS, restartAt), sent.dueAt());
    if (decoder.isWaiting()) {
      due = Math.min(due, byteAt + STALL_MS);
    }
    return Math.min(due, handshake.isPresent() ? handshake.get().dueAt() : liveness.dueAt());
  }

  private void duties(long now) throws RadioException {
    if (now >= restartAt) {
      bootAgainAt = now + BOOT_AGAIN_MS;
      reception.restarted();
      shakeHands();
    }
    if (handshake.isPresent()) {
      speak(handshake.get(), now);
      return;
    }
    switch (liveness.due(now)) {
      case HEARTBEAT -> {
        liveness.heartbeatSent(now);
        write(codec.heartbeat());
      }
      case PROBE -> {
        Handshake probe = Handshake.partial(random, codec, now);
        handshake = Optional.of(probe);
        speak(probe, now);
      }
      case GIVE_UP ->
        throw new RadioException.LinkLost(
            "the radio at %s has stopped answering".formatted(port.name()));
      default -> {}
    }
  }

  private void speak(Handshake shaking, long now) throws RadioException {
    if (shaking.hasFailed(now)) {
      throw new RadioException.LinkLost(
          shaking.hasBegun()
              ? "the radio at %s did not finish telling its configuration".formatted(port.name())
              : ("the radio at %s does not answer; check that it runs Meshtastic, that its serial"
                      + " API is enabled and that no other program uses it")
                  .formatted(port.name()));
    }
    Optional<byte[]> words = shaking.speak(now);
    if (words.isPresent()) {
      writeBytes(words.get());
    }
  }

  private void shakeHands() {
    restartAt = SessionClock.NEVER;
    handshake = Optional.of(Handshake.full(random, codec, clock.millis()));
    reception.connecting(port.name());
  }

  /** Collects what a chunk holds: telling it may write and fail, deciding what it is may not. */
  private final class Arrivals implements FrameDecoder.Sink {
    private final List<NodeMessage> messages = new ArrayList<>();

    @Override
    public boolean frame(byte[] payload) {
      Optional<NodeMessage> message = codec.decode(payload);
      message.ifPresent(messages::add);
      return message.isPresent();
    }

    @Override
    public void text(String line) {
      console(line);
    }
  }

  private void console(String line) {
    long now = clock.millis();
    if (BootText.isPlain(line)) {
      LOG.debug("radio: {}", line);
    }
    if (BootText.matches(line)) {
      boolean isExpected = handshake.isPresent() && !handshake.get().hasBegun();
      restartAt = isExpected ? now + BOOT_MS : Math.max(now + BOOT_MS, bootAgainAt);
    } else if (port.isSerial() && firmware.isSilentInSession() && handshake.isEmpty()) {
      liveness.suspect(now);
    }
  }

  @Override
  public void onMyNode(NodeMessage.MyNodeTold message) {
    long now = clock.millis();
    handshake.ifPresentOrElse(shaking -> shaking.begins(message, now), () -> liveness.suspect(now));
  }

  @Override
  public void onNode(NodeMessage.NodeTold message) {
    Optional<Dump> dump = handshake.flatMap(Handshake::dump);
    dump.ifPresentOrElse(
        collected -> collected.add(message.node()), () -> strayNode(message.node()));
  }

  /** Outside a dump a node list is old news, unless a session stands. */
  private void strayNode(NodeDescription node) {
    if (handshake.isEmpty()) {
      reception.node(node);
    }
  }

  @Override
  public void onChannel(NodeMessage.ChannelTold message) {
    handshake.flatMap(Handshake::dump).ifPresent(dump -> dump.add(message.channel()));
  }

  @Override
  public void onModem(NodeMessage.ModemTold message) {
    handshake.flatMap(Handshake::dump).ifPresent(dump -> dump.add(message.modem()));
  }

  @Override
  public void onRole(NodeMessage.RoleTold message) {
    handshake.flatMap(Handshake::dump).ifPresent(dump -> dump.role(message.role()));
  }

  @Override
  public void onFirmware(NodeMessage.FirmwareTold message) {
    handshake.flatMap(Handshake::dump).ifPresent(dump -> dump.firmware(message.version()));
  }

  @Override
  public void onConfigComplete(NodeMessage.ConfigComplete message) {
    Optional<Snapshot> snapshot = handshake.flatMap(asked -> asked.complete(message.nonce()));
    if (snapshot.isEmpty()) {
      return;
    }
    long now = clock.millis();
    NodeIdentity identity = snapshot.get().identity();
    handshake = Optional.empty();
    restartAt = SessionClock.NEVER;
    readyAt = Math.min(readyAt, now);
    firmware = FirmwareVersion.parse(identity.firmware());
    liveness.ready(firmware, now);
    reception.complete(snapshot.get());
    setTime(identity.node());
  }

  private void setTime(NodeId own) {
    Instant now = clock.instant();
    if (now.isBefore(EARLIEST)) {
      return;
    }
    int id = random.nextInt();
    try {
      write(codec.setTime(own, new PacketId(id == 0 ? 1 : id), now));
    } catch (RadioException gone) {
      breakOff(gone);
    }
  }

  @Override
  public void onRebooted() {
    reception.restarted();
    shakeHands();
  }

  @Override
  public void onQueueStatus(NodeMessage.QueueStatusTold message) {
    reception.queueStatus(message, clock.millis());
  }

  @Override
  public void onNotification(NodeMessage.Notification message) {
    reception.notification(message);
  }

  @Override
  public void onHeard(NodeMessage.Heard message) {
    if (message.port() == PortNum.TELEMETRY && reception.isOwn(message.packet())) {
      liveness.telemetry(clock.millis());
    }
    reception.heard(message);
  }

  @Override
  public void onAside(NodeMessage message) {
    if (message instanceof NodeMessage.LogLine log && BootText.isPlain(log.line())) {
      LOG.debug("radio: {}", log.line());
    }
  }
}
