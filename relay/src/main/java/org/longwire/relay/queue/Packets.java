package org.longwire.relay.queue;

import java.util.Optional;
import org.longwire.radio.Outgoing;
import org.longwire.radio.OutgoingPacket;
import org.longwire.radio.OutgoingPosition;
import org.longwire.radio.OutgoingReaction;
import org.longwire.radio.OutgoingRouteRequest;
import org.longwire.radio.OutgoingText;
import org.longwire.radio.PacketId;
import org.longwire.relay.store.StoreException;

/** Makes packets of entries for the mesh. */
final class Packets {
  private final RemoteNames names;

  /** @param names under which packet ids the mesh knows what we sent */
  Packets(RemoteNames names) {
    this.names = names;
  }

  /**
   * The packet, which names the message it answers as the mesh knows it by now.
   *
   * @return empty for a reaction to what the mesh does not have, and for what is no packet at all
   */
  Optional<Outgoing> of(OutboxEntry entry) throws StoreException {
    if (!(entry.address() instanceof Address.Mesh to)) {
      return Optional.empty();
    }
    PacketId id = PacketId.parse(entry.token());
    if (entry.payload() instanceof Payload.MeshText text) {
      Optional<PacketId> answered = onMesh(text.answers(), to);
      return Optional.of(new OutgoingText(id, to.to(), to.channel(), text.text(), answered));
    }
    if (entry.payload() instanceof Payload.MeshReaction reaction) {
      return onMesh(Optional.of(reaction.target()), to)
          .map(
              target -> new OutgoingReaction(id, to.to(), to.channel(), reaction.symbol(), target));
    }
    if (entry.payload() instanceof Payload.MeshPosition position) {
      return Optional.of(new OutgoingPosition(id, to.to(), to.channel(), position.point()));
    }
    if (entry.payload() instanceof Payload.MeshRouteRequest && !to.to().isBroadcast()) {
      return Optional.of(new OutgoingRouteRequest(id, to.to(), to.channel()));
    }
    if (entry.payload() instanceof Payload.MeshPacket packet) {
      return Optional.of(
          new OutgoingPacket(id, to.to(), to.channel(), packet.port(), packet.data()));
    }
    return Optional.empty();
  }

  /** What was heard has its id for good; what we sent may have got a new one while it waited. */
  private Optional<PacketId> onMesh(Optional<Origin> origin, Address.Mesh address)
      throws StoreException {
    if (origin.isEmpty()) {
      return Optional.empty();
    }
    return origin.get() instanceof Origin.Packet packet
        ? Optional.of(packet.id())
        : names.nameAt(origin.get(), address).map(PacketId::parse);
  }
}
