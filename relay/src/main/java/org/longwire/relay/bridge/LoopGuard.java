package org.longwire.relay.bridge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.UserId;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Courtesies;
import org.longwire.relay.queue.Fate;

/**
 * Refuses what must not go from a room to the mesh: words that came from there, and those of
 * programs. Our own account's never get here; {@link MatrixToMesh} passes over them unseen. The
 * event keys of relays are believed from trusted relays alone; from anybody else they are that
 * person's own words, and neither hide a message nor lend it a node's name. Pure.
 */
public final class LoopGuard {
  /** The reasons as {@code trace} shows them; scripts may rely on the words. */
  public static final String OWN_MESH = "relayed from our own mesh by another relay";

  public static final String PROGRAM = "notice of another program";

  /** Why a reaction that shows how far a message came is not relayed. */
  public static final String MARK = "mark of another relay";

  public static final String SUPPRESSED = "not to be relayed, says the relay that posted it";

  public static final String NOTHING_TO_SAY = "nothing to say";

  private final String meshnet;
  private final boolean relayNotices;
  private final Set<UserId> trustedRelays;

  /**
   * Makes a guard.
   *
   * @param meshnet the configured name of our mesh
   * @param relayNotices whether notices of other programs are wanted
   */
  public LoopGuard(String meshnet, boolean relayNotices, Set<UserId> trustedRelays) {
    this.meshnet = meshnet;
    this.relayNotices = relayNotices;
    this.trustedRelays = Set.copyOf(trustedRelays);
  }

  /**
   * Why something of a room must not go to the mesh, by who posted it.
   *
   * @param extras what a relay says of it
   */
  public Optional<Arrival.Verdict> judge(UserId sender, List<ExtraField> extras) {
    // Anybody may claim it, which hides nothing but the claim.
    if (MeshKeys.text(extras, Courtesies.MARK_KEY).isPresent()) {
      return filtered(MARK);
    }
    if (!trustedRelays.contains(sender)) {
      return Optional.empty();
    }
    if (MeshKeys.isTruthy(extras, Courtesies.SUPPRESS.key())) {
      return filtered(SUPPRESSED);
    }
    boolean isFromOurMesh =
        MeshKeys.text(extras, MeshKeys.MESHNET).filter(meshnet::equals).isPresent();
    return isFromOurMesh ? filtered(OWN_MESH) : Optional.empty();
  }

  /** Why somebody else's words must not go to the mesh; empty if nothing here speaks against it. */
  public Optional<Arrival.Verdict> judge(RoomEvent.TextMessage message) {
    Optional<Arrival.Verdict> bySender = judge(message.header().sender(), message.extras());
    if (bySender.isPresent()) {
      return bySender;
    }
    if (isUnwanted(message.kind())) {
      return filtered(PROGRAM);
    }
    return PlainText.text(message.body()).isEmpty() ? filtered(NOTHING_TO_SAY) : Optional.empty();
  }

  private boolean isUnwanted(RoomEvent.Kind kind) {
    return kind == RoomEvent.Kind.NOTICE && !relayNotices;
  }

  private static Optional<Arrival.Verdict> filtered(String reason) {
    return Optional.of(new Arrival.Verdict(Fate.FILTERED, reason));
  }
}
