package org.longwire.radio.sim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;

/**
 * One packet as it is in the air between simulated nodes.
 *
 * @param channel slot 0 to 7; the channel's hash when {@code encrypted}
 * @param encrypted whether the listener lacks the key and sees ciphertext
 * @param port the port number; without meaning when encrypted
 * @param payload the port's payload, or the ciphertext
 * @param replyTo 0 for none
 * @param emoji 1 for a tapback, else 0
 * @param requestId the packet this answers on the protocol's own account, 0 for none
 * @param wantResponse whether it asks the addressee's module for an answer
 * @param open whether it goes under the channel's key although it is for one node
 * @param hopLimit hops that remain
 * @param hopStart hops at the origin
 */
public record AirPacket(
    NodeId from,
    NodeId to,
    int channel,
    PacketId id,
    boolean encrypted,
    int port,
    byte[] payload,
    int replyTo,
    int emoji,
    int requestId,
    boolean wantAck,
    boolean wantResponse,
    boolean open,
    int hopLimit,
    int hopStart) {
  static final int DEFAULT_HOPS = 3;

  public AirPacket {
    payload = payload.clone();
  }

  @Override
  public byte[] payload() {
    return payload.clone();
  }

  /** A packet on a port, without any extra. */
  public static AirPacket of(NodeId from, NodeId to, PacketId id, int port, byte[] payload) {
    return new AirPacket(
        from,
        to,
        0,
        id,
        false,
        port,
        payload,
        0,
        0,
        0,
        false,
        false,
        false,
        DEFAULT_HOPS,
        DEFAULT_HOPS);
  }

  /** A text to everybody on channel 0. */
  public static AirPacket text(NodeId from, PacketId id, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return of(from, NodeId.BROADCAST, id, PortNum.TEXT_MESSAGE, payload);
  }

  public AirPacket to(NodeId newTo) {
    return changed(draft -> draft.to = newTo);
  }

  public AirPacket onChannel(int newChannel) {
    return changed(draft -> draft.channel = newChannel);
  }

  public AirPacket replyingTo(PacketId target) {
    return changed(draft -> draft.replyTo = target.value());
  }

  /** Marks the payload as a tapback. */
  public AirPacket asTapback() {
    return changed(draft -> draft.emoji = 1);
  }

  public AirPacket wantingAck() {
    return changed(draft -> draft.wantAck = true);
  }

  /**
   * Under the channel's key although it is for one node, as radio amateurs and firmware before 2.5
   * send it.
   */
  public AirPacket inTheOpen() {
    return changed(draft -> draft.open = true);
  }

  /** Ciphertext that the attached node cannot open; {@code channel} becomes its hash. */
  public AirPacket undecodable(int channelHash) {
    return changed(draft -> {
      draft.channel = channelHash;
      draft.encrypted = true;
    });
  }

  /** As heard after so many repeats. */
  public AirPacket after(int hops) {
    return changed(draft -> draft.hopLimit = Math.max(0, hopStart - hops));
  }

  /** With so many hops left of so many. */
  AirPacket arriving(int left, int start) {
    return changed(draft -> {
      draft.hopLimit = left;
      draft.hopStart = start;
    });
  }

  AirPacket answering(PacketId request) {
    return changed(draft -> draft.requestId = request.value());
  }

  private AirPacket changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.packet(this);
  }

  /** What of a packet may differ from the one it was made of. */
  private static final class Draft {
    private NodeId to;
    private int channel;
    private boolean encrypted;
    private int replyTo;
    private int emoji;
    private int requestId;
    private boolean wantAck;
    private boolean open;
    private int hopLimit;
    private int hopStart;

    Draft(AirPacket from) {
      to = from.to;
      channel = from.channel;
      encrypted = from.encrypted;
      replyTo = from.replyTo;
      emoji = from.emoji;
      requestId = from.requestId;
      wantAck = from.wantAck;
      open = from.open;
      hopLimit = from.hopLimit;
      hopStart = from.hopStart;
    }

    AirPacket packet(AirPacket of) {
      return new AirPacket(
          of.from,
          to,
          channel,
          of.id,
          encrypted,
          of.port,
          of.payload,
          replyTo,
          emoji,
          requestId,
          wantAck,
          of.wantResponse,
          open,
          hopLimit,
          hopStart);
    }
  }

  boolean isText() {
    return !encrypted && port == PortNum.TEXT_MESSAGE;
  }

  /** Whether it travels under the addressee's public key (reference: meshtastic.md §4.7). */
  public boolean isPrivate() {
    return !to.isBroadcast()
        && !encrypted
        && !open
        && port != PortNum.POSITION
        && port != PortNum.NODEINFO
        && port != PortNum.ROUTING
        && port != PortNum.TRACEROUTE;
  }

  /** The words, if it is a text. */
  public Optional<String> words() {
    return isText() ? Optional.of(new String(payload, StandardCharsets.UTF_8)) : Optional.empty();
  }

  /** The place, if it is a position that tells one. */
  public Optional<GeoPoint> point() {
    if (encrypted || port != PortNum.POSITION) {
      return Optional.empty();
    }
    try {
      return PlacePayload.point(payload);
    } catch (WireReader.Malformed e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AirPacket that
        && from.equals(that.from)
        && id.equals(that.id)
        && to.equals(that.to)
        && channel == that.channel
        && port == that.port
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return 31 * from.hashCode() + id.hashCode();
  }

  @Override
  public String toString() {
    return "%s to %s, packet %s, port %d, channel %d, %d bytes"
        .formatted(from, to, id, port, channel, payload.length);
  }
}
