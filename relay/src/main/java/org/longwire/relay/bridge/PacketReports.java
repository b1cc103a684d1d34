package org.longwire.relay.bridge;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Original;

/** What radios said of our packets last, and how far messages came by that. In one thread. */
final class PacketReports {
  private final Map<Packet, DeliveryState> said = new Latest<>();

  private record Packet(RadioId radio, PacketId id) {}

  /** A radio said something; what has arrived stays so. */
  void heard(RadioId radio, PacketId packet, DeliveryState state) {
    said.merge(
        new Packet(radio, packet),
        state,
        (old, now) -> old instanceof DeliveryState.Delivered ? old : now);
  }

  /** What was said of a delivery's packet; empty if nothing was. */
  Optional<DeliveryState> of(Original.Sending sending) {
    return sending.address() instanceof Address.Mesh mesh && !sending.remoteId().isEmpty()
        ? Optional.ofNullable(
            said.get(new Packet(mesh.radio(), PacketId.parse(sending.remoteId()))))
        : Optional.empty();
  }

  /** How far these deliveries came together. */
  Optional<Stage> stage(Collection<Original.Sending> sendings) {
    return Stage.of(
        sendings.stream().map(sending -> Stage.of(sending, of(sending))).toList());
  }
}
