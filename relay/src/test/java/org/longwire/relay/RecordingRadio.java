package org.longwire.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.LinkState;
import org.longwire.radio.NodeIdentity;
import org.longwire.radio.Outgoing;
import org.longwire.radio.PacketId;
import org.longwire.radio.Radio;
import org.longwire.relay.queue.PendingSends;

/** A radio whose neighbours repeat everything at once; it remembers what it was given. */
final class RecordingRadio implements Radio {
  /** Is shown each packet. */
  interface Witness {
    void sent(Outgoing packet);
  }

  final List<PacketId> sent = new ArrayList<>();
  private final NodeIdentity identity;
  private final PendingSends pending;
  private final Witness witness;

  RecordingRadio(NodeIdentity identity, PendingSends pending, Witness witness) {
    this.identity = identity;
    this.pending = pending;
    this.witness = witness;
  }

  NodeIdentity identity() {
    return identity;
  }

  @Override
  public void poll() {}

  @Override
  public void send(Outgoing packet) {
    sent.add(packet.id());
    witness.sent(packet);
    pending.tell(
        packet.id(),
        packet.isDirect() ? new DeliveryState.Delivered() : new DeliveryState.Relayed());
  }

  @Override
  public void ask() {}

  @Override
  public OptionalInt queueFree() {
    return OptionalInt.empty();
  }

  @Override
  public LinkState state() {
    return new LinkState.Ready(identity);
  }

  @Override
  public void close() {}
}
