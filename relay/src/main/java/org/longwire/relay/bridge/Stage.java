package org.longwire.relay.bridge;

import java.util.Collection;
import java.util.Optional;
import org.longwire.radio.DeliveryState;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Original;

/** How far a message of a room has come on the mesh; the least of its parts decides. */
enum Stage {
  /** A part of it still waits. */
  WAITING(""),
  /** A part of it failed, or nobody was heard passing it on. */
  FAILED("⚠"),
  /** Handed to the node. */
  SENT("📡"),
  /** Passed on by another node; of a direct message, acknowledged by its addressee. */
  HEARD("✅");

  private final String mark;

  Stage(String mark) {
    this.mark = mark;
  }

  /** The reaction that shows it; empty if nothing is to be shown yet. */
  Optional<String> mark() {
    return Optional.of(mark).filter(symbol -> !symbol.isEmpty());
  }

  /** Empty if nothing was to be sent, or all was taken back. */
  static Optional<Stage> of(Collection<Optional<Stage>> parts) {
    return parts.stream().flatMap(Optional::stream).min(Stage::compareTo);
  }

  /**
   * The stage of one delivery; empty if it was taken back.
   *
   * @param said what the radio said of its packet last
   */
  static Optional<Stage> of(Original.Sending sending, Optional<DeliveryState> said) {
    return switch (sending.fate()) {
      case WAITING -> Optional.of(WAITING);
      case REFUSED, EXPIRED -> Optional.of(FAILED);
      case FILTERED -> Optional.empty();
      case DELIVERED ->
        Optional.of(said.map(state -> after(state, isDirect(sending))).orElse(SENT));
    };
  }

  private static boolean isDirect(Original.Sending sending) {
    return sending.address() instanceof Address.Mesh mesh && !mesh.to().isBroadcast();
  }

  private static Stage after(DeliveryState state, boolean isDirect) {
    if (state instanceof DeliveryState.NotHeard || state instanceof DeliveryState.Refused) {
      return FAILED;
    }
    if (state instanceof DeliveryState.Unknown) {
      return isDirect ? FAILED : SENT;
    }
    boolean isThere = state instanceof DeliveryState.Delivered
        || state instanceof DeliveryState.Relayed && !isDirect;
    return isThere ? HEARD : SENT;
  }
}
