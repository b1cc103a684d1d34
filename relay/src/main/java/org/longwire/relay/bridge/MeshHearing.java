package org.longwire.relay.bridge;

import java.util.Optional;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.host.Plugins;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.PacketHeader;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.store.StoreException;

/** Tells plugins what is heard on the mesh, each thing once. Used by the bridge's thread. */
final class MeshHearing {
  private final Plugins plugins;
  private final Ledger ledger;

  /** The message that was told last: while the ledger fails, it comes again and again. */
  private Optional<Origin> last = Optional.empty();

  private Optional<Plugins.Claim> claim = Optional.empty();

  MeshHearing(Plugins plugins, Ledger ledger) {
    this.plugins = plugins;
    this.ledger = ledger;
  }

  /** Tells of what is no message, and therefore nobody's to claim. */
  void heard(AttachedRadio radio, MeshEvent event) {
    Optional<Interest> interest = Interest.of(event);
    if (interest.isPresent() && plugins.listens(interest.get())) {
      plugins.heard(told(radio, event));
    }
  }

  /**
   * Tells of a message.
   *
   * @return why it is not relayed, if a plugin claims it
   */
  Optional<Arrival.Verdict> claimed(Origin origin, AttachedRadio radio, Utterance said)
      throws StoreException {
    boolean isWanted = Interest.of(said.event()).filter(plugins::listens).isPresent();
    if (!isWanted) {
      return Optional.empty();
    }
    if (!last.equals(Optional.of(origin))) {
      claim = ledger.isKnown(origin) ? Optional.empty() : plugins.heard(told(radio, said.event()));
      last = Optional.of(origin);
    }
    return claim.map(MeshHearing::verdict);
  }

  static Arrival.Verdict verdict(Plugins.Claim claim) {
    return new Arrival.Verdict(Fate.FILTERED, "plugin: " + claim.plugin());
  }

  private static MeshHeard told(AttachedRadio radio, MeshEvent event) {
    return new MeshHeard(
        radio.id().value(), packet(event).flatMap(packet -> place(radio, packet)), event);
  }

  private static Optional<Place> place(AttachedRadio radio, PacketHeader packet) {
    boolean isDirect = MeshFilter.isDirect(packet, radio.self());
    boolean isSomewhere = isDirect
        ? !packet.from().isBroadcast()
        : packet.to().isBroadcast() && ChannelIndex.isValid(packet.channel());
    return isSomewhere
        ? Optional.of(BridgedPlaces.of(MeshToMatrix.end(radio.id(), packet, isDirect)))
        : Optional.empty();
  }

  /** The packet that an event came with; empty for what came otherwise. */
  static Optional<PacketHeader> packet(MeshEvent event) {
    if (event instanceof MeshEvent.TextReceived text) {
      return Optional.of(text.packet());
    }
    if (event instanceof MeshEvent.ReactionReceived reaction) {
      return Optional.of(reaction.packet());
    }
    if (event instanceof MeshEvent.PositionReceived position) {
      return Optional.of(position.packet());
    }
    if (event instanceof MeshEvent.WaypointReceived waypoint) {
      return Optional.of(waypoint.packet());
    }
    if (event instanceof MeshEvent.TelemetryReceived telemetry) {
      return Optional.of(telemetry.packet());
    }
    if (event instanceof MeshEvent.RouteReceived route) {
      return Optional.of(route.packet());
    }
    return event instanceof MeshEvent.OtherReceived other
        ? Optional.of(other.packet())
        : Optional.empty();
  }
}
