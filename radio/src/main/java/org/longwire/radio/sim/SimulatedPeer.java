package org.longwire.radio.sim;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.radio.Telemetry;
import org.longwire.radio.Waypoint;

/**
 * A node out on the mesh that says what it is told to and remembers what it heard. As real nodes
 * do, it knows a packet again by sender and id and takes it once (reference: meshtastic.md §4.4).
 */
public final class SimulatedPeer {
  private static final int KEY_BYTES = 32;

  /** Beyond what a request needs to come back, in hops. */
  private static final int SPARE_HOPS = 2;

  private static final float SNR = 6.25f;
  private static final int RSSI = -87;

  /** A neighbour's acknowledgement is nearly at once. */
  private static final Duration ANSWER_DELAY = Duration.ofMillis(5);

  private final SimulatedMesh mesh;
  private final NodeId id;
  private final String longName;
  private final String shortName;
  private byte[] publicKey;
  private final PeerMemory memory = new PeerMemory();
  private boolean listening = true;
  private boolean repeating = true;
  private boolean acknowledging = true;
  private Duration answerDelay = ANSWER_DELAY;
  private boolean knowsOurKey = true;
  private boolean known = true;
  private boolean keyKnown = true;
  private float snr = SNR;
  private int rssi = RSSI;
  private List<NodeId> between = List.of();

  SimulatedPeer(SimulatedMesh mesh, NodeId id, String longName, String shortName) {
    this.mesh = mesh;
    this.id = id;
    this.longName = longName;
    this.shortName = shortName;
    this.publicKey = keyOf(id);
  }

  public NodeId id() {
    return id;
  }

  public String longName() {
    return longName;
  }

  public String shortName() {
    return shortName;
  }

  public byte[] publicKey() {
    synchronized (mesh) {
      return publicKey.clone();
    }
  }

  /**
   * From now on its number has another key: it was reset, or somebody else claims the number. Our
   * node, which would not take it, has forgotten this one meanwhile, and takes the key that it is
   * told next (reference: meshtastic.md §4.14).
   */
  public SimulatedPeer changesKey() {
    synchronized (mesh) {
      mesh.advance();
      publicKey = publicKey.clone();
      publicKey[0]++;
      known = false;
    }
    return this;
  }

  /** Switches the node off or on: off, it hears nothing and acknowledges nothing. */
  public SimulatedPeer listens(boolean yes) {
    synchronized (mesh) {
      mesh.advance();
      listening = yes;
    }
    return this;
  }

  /**
   * Whether our node hears this one repeat what it heard (which is the implicit acknowledgement).
   */
  public SimulatedPeer repeats(boolean yes) {
    synchronized (mesh) {
      mesh.advance();
      repeating = yes;
    }
    return this;
  }

  /** Whether it answers what is for it alone; if not, it hears that all the same. */
  public SimulatedPeer acknowledges(boolean yes) {
    synchronized (mesh) {
      mesh.advance();
      acknowledging = yes;
    }
    return this;
  }

  /**
   * How long its answer takes. Nearly no time from a neighbour; from farther off longer than a
   * neighbour's repeat, which our node hears first then.
   */
  public SimulatedPeer answersAfter(Duration delay) {
    synchronized (mesh) {
      mesh.advance();
      answerDelay = delay;
    }
    return this;
  }

  /** Whether it has our node's public key; without it a direct message is refused (35). */
  public SimulatedPeer knowsOurKey(boolean yes) {
    synchronized (mesh) {
      mesh.advance();
      knowsOurKey = yes;
    }
    return this;
  }

  /** Whether our node has heard of it: it is in the node list. It is when it tells its names. */
  public SimulatedPeer isKnown(boolean yes) {
    synchronized (mesh) {
      mesh.advance();
      known = yes;
    }
    return this;
  }

  /**
   * Whether our node, if it knows this one, has its public key too. It has when this one tells its
   * names; until then it refuses what is for it alone (39) and cannot read what comes from it.
   */
  public SimulatedPeer isKeyKnown(boolean yes) {
    synchronized (mesh) {
      mesh.advance();
      keyKnown = yes;
    }
    return this;
  }

  /** How well our node hears it, and everybody on the way to it the one before. */
  public SimulatedPeer isHeardAt(float snrDecibels, int rssiDbm) {
    synchronized (mesh) {
      mesh.advance();
      snr = snrDecibels;
      rssi = rssiDbm;
    }
    return this;
  }

  /** Which nodes are on the way from ours to this one, as its answers to route requests say. */
  public SimulatedPeer liesBehind(NodeId... nodes) {
    synchronized (mesh) {
      mesh.advance();
      between = List.of(nodes);
    }
    return this;
  }

  /** Says something to everybody on a channel. */
  public PacketId says(int channel, String text) {
    return send(AirPacket.text(id, freshId(), text).onChannel(channel));
  }

  public PacketId says(String text) {
    return says(0, text);
  }

  public PacketId replies(int channel, PacketId target, String text) {
    return send(AirPacket.text(id, freshId(), text).onChannel(channel).replyingTo(target));
  }

  public PacketId reacts(int channel, PacketId target, String symbol) {
    AirPacket text = AirPacket.text(id, freshId(), symbol).onChannel(channel);
    return send(text.replyingTo(target).asTapback());
  }

  /** A direct message under the public key. */
  public PacketId whispers(NodeId to, String text) {
    return send(whisper(to, text));
  }

  /** The same, in answer to another packet. */
  public PacketId whispersReply(NodeId to, PacketId target, String text) {
    return send(whisper(to, text).replyingTo(target));
  }

  /** A tapback for one node alone, under the public key. */
  public PacketId whispersReaction(NodeId to, PacketId target, String symbol) {
    return send(whisper(to, symbol).replyingTo(target).asTapback());
  }

  private AirPacket whisper(NodeId to, String text) {
    return AirPacket.text(id, freshId(), text).to(to).wantingAck();
  }

  /** Tells where it is. */
  public PacketId tellsPosition(int channel, GeoPoint point) {
    return tellsPosition(channel, point, PlacePayload.EXACT);
  }

  /** The same, saying that only so many bits of each number mean something. */
  public PacketId tellsPosition(int channel, GeoPoint point, int precisionBits) {
    return sendsOn(PortNum.POSITION, channel, PlacePayload.position(point, precisionBits));
  }

  /** Tells what it measures. */
  public PacketId measures(int channel, Telemetry telemetry) {
    int time;
    synchronized (mesh) {
      mesh.advance();
      time = (int) mesh.instant().getEpochSecond();
    }
    return sendsOn(PortNum.TELEMETRY, channel, MeasurePayload.of(telemetry, time));
  }

  /** Marks a place. */
  public PacketId marks(int channel, Waypoint waypoint) {
    return sendsOn(PortNum.WAYPOINT, channel, PlacePayload.waypoint(waypoint));
  }

  /** Its detection sensor says something. */
  public PacketId detects(int channel, String text) {
    return sendsOn(PortNum.DETECTION_SENSOR, channel, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text of any bytes, proper UTF-8 or not. */
  public PacketId saysBytes(int channel, byte[] payload) {
    return sendsOn(PortNum.TEXT_MESSAGE, channel, payload);
  }

  public PacketId sendsOn(int port, int channel, byte[] payload) {
    AirPacket packet = AirPacket.of(id, NodeId.BROADCAST, freshId(), port, payload);
    return send(packet.onChannel(channel));
  }

  /** Tells its names and its key, as nodes do every few hours. */
  public PacketId tellsNames() {
    return sendsOn(PortNum.NODEINFO, 0, user().toBytes());
  }

  /** Sends any packet; the sender in it is taken as given, so that a node may also be spoofed. */
  public PacketId send(AirPacket packet) {
    synchronized (mesh) {
      mesh.advance();
      mesh.sendFromPeer(this, packet);
    }
    return packet.id();
  }

  /** The texts heard so far, each once. */
  public List<HeardText> heard() {
    return mesh.heardBy(this);
  }

  /** The positions heard so far, each once. */
  public List<HeardPosition> positions() {
    synchronized (mesh) {
      mesh.advance();
      return memory.positions();
    }
  }

  private PacketId freshId() {
    synchronized (mesh) {
      return mesh.newId();
    }
  }

  List<HeardText> heardSoFar() {
    return memory.texts();
  }

  void hear(AirPacket packet) {
    if (!memory.isNew(packet)) {
      return;
    }
    if (packet.port() == PortNum.NODEINFO) {
      knowsOurKey = true;
    }
    if (packet.to().isBroadcast() || packet.to().equals(id)) {
      memory.keep(packet, mesh.instant(), knowsOurKey);
    }
  }

  boolean isListening() {
    return listening;
  }

  boolean isRepeating() {
    return repeating;
  }

  boolean hasOurKey() {
    return knowsOurKey;
  }

  boolean isAcknowledging() {
    return acknowledging;
  }

  Duration answerDelay() {
    return answerDelay;
  }

  float snr() {
    return snr;
  }

  int rssi() {
    return rssi;
  }

  /** Its answer to a route request, if that has come so far (capture 14c). */
  Optional<AirPacket> routeAnswer(AirPacket request) {
    boolean isAsked = request.port() == PortNum.TRACEROUTE && request.wantResponse();
    if (!isAsked || between.size() > request.hopLimit()) {
      return Optional.empty();
    }
    byte[] payload = RoutePayload.answer(between, snr);
    return Optional.of(AirPacket.of(id, request.from(), freshId(), PortNum.TRACEROUTE, payload)
        .onChannel(request.channel())
        .answering(request.id())
        .wantingAck()
        .arriving(SPARE_HOPS, between.size() + SPARE_HOPS));
  }

  boolean isKnown() {
    return known;
  }

  boolean isKeyKnown() {
    return known && keyKnown;
  }

  WireWriter user() {
    return PhoneFrames.user(id, longName, shortName, publicKey);
  }

  /** What our node has learnt of it. */
  WireWriter userAsKnown() {
    return keyKnown ? user() : PhoneFrames.user(id, longName, shortName, new byte[0]);
  }

  private static byte[] keyOf(NodeId id) {
    byte[] key = new byte[KEY_BYTES];
    for (int i = 0; i < KEY_BYTES; i++) {
      key[i] = (byte) (id.number() >>> (8 * (i % 4)) ^ (i * 37 + 1));
    }
    return key;
  }
}
