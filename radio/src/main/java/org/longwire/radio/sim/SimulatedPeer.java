package org.longwire.radio.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;

/**
 * A node out on the mesh that says what it is told to and remembers what it heard. As real nodes
 * do, it knows a packet again by sender and id and takes it once (reference: meshtastic.md §4.4).
 */
public final class SimulatedPeer {
  /** Packets that a node knows again: the smallest history of real firmware. */
  private static final int HISTORY = 100;

  /** Texts remembered for the test; far above any test, but bounded. */
  private static final int MAX_HEARD = 50_000;

  private static final int KEY_BYTES = 32;

  private record Seen(NodeId from, PacketId id) {}

  private final SimulatedMesh mesh;
  private final NodeId id;
  private final String longName;
  private final String shortName;
  private final byte[] publicKey;
  private final Set<Seen> history = new LinkedHashSet<>();
  private final List<HeardText> heard = new ArrayList<>();
  private boolean listening = true;
  private boolean repeating = true;
  private boolean knowsOurKey = true;
  private boolean known = true;

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
    return publicKey.clone();
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

  /** Whether it has our node's public key; without it a direct message is refused (35). */
  public SimulatedPeer knowsOurKey(boolean yes) {
    synchronized (mesh) {
      mesh.advance();
      knowsOurKey = yes;
    }
    return this;
  }

  /** Whether our node has heard of it: is in its node list, with its key. */
  public SimulatedPeer isKnown(boolean yes) {
    synchronized (mesh) {
      mesh.advance();
      known = yes;
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
    return send(AirPacket.text(id, freshId(), text).to(to).wantingAck());
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

  private PacketId freshId() {
    synchronized (mesh) {
      return mesh.newId();
    }
  }

  List<HeardText> heardSoFar() {
    return List.copyOf(heard);
  }

  void hear(AirPacket packet) {
    if (!history.add(new Seen(packet.from(), packet.id()))) {
      return;
    }
    if (history.size() > HISTORY) {
      history.remove(history.iterator().next());
    }
    boolean forMe = packet.to().isBroadcast() || packet.to().equals(id);
    if (packet.port() == PortNum.NODEINFO) {
      knowsOurKey = true;
    }
    if (packet.isText() && forMe && (knowsOurKey || !packet.isPrivate())) {
      if (heard.size() == MAX_HEARD) {
        heard.remove(0);
      }
      heard.add(heardText(packet));
    }
  }

  private HeardText heardText(AirPacket packet) {
    String words = new String(packet.payload(), StandardCharsets.UTF_8);
    return new HeardText(
        mesh.instant(),
        packet.from(),
        packet.to(),
        packet.id(),
        packet.channel(),
        words,
        packet.replyTo(),
        packet.emoji() != 0);
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

  boolean isKnown() {
    return known;
  }

  WireWriter user() {
    return PhoneFrames.user(id, longName, shortName, publicKey);
  }

  private static byte[] keyOf(NodeId id) {
    byte[] key = new byte[KEY_BYTES];
    for (int i = 0; i < KEY_BYTES; i++) {
      key[i] = (byte) (id.number() >>> (8 * (i % 4)) ^ (i * 37 + 1));
    }
    return key;
  }
}
