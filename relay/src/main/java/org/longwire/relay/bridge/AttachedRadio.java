package org.longwire.relay.bridge;

import java.util.Optional;
import org.longwire.radio.LinkState;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.NodeIdentity;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.AirtimeBudget;
import org.longwire.relay.queue.PendingSends;
import org.longwire.relay.queue.SendPacer;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;

/**
 * What we know of one radio while we run: who it is, the names of the nodes it hears, how fast it
 * may be sent to, and what is in flight. Safe for use by any thread.
 */
public final class AttachedRadio {
  private final RadioId id;
  private final NodeDirectory nodes = new NodeDirectory();
  private final PendingSends pending;
  private final AirtimeBudget budget;
  private final SendPacer pacer;
  private final StatusBoard status;
  private volatile Optional<NodeIdentity> identity = Optional.empty();
  private volatile Optional<MeshEvent.AirtimeTold> airtime = Optional.empty();

  public AttachedRadio(RadioId id, AirtimeBudget budget, SendPacer pacer, StatusBoard status) {
    this(id, budget, pacer, status, new PendingSends());
  }

  /** @param pending where its sender waits for the node's answers */
  public AttachedRadio(
      RadioId id, AirtimeBudget budget, SendPacer pacer, StatusBoard status, PendingSends pending) {
    this.pending = pending;
    this.id = id;
    this.budget = budget;
    this.pacer = pacer;
    this.status = status;
  }

  /** The name of a radio's part in status. */
  public static String part(RadioId id) {
    return "radio " + id;
  }

  public RadioId id() {
    return id;
  }

  public NodeDirectory nodes() {
    return nodes;
  }

  public PendingSends pending() {
    return pending;
  }

  public AirtimeBudget budget() {
    return budget;
  }

  public SendPacer pacer() {
    return pacer;
  }

  /** The number of the attached node, once a handshake has told it. */
  public Optional<NodeId> self() {
    return identity.map(NodeIdentity::node);
  }

  /** What the attached node told last of the air. */
  public Optional<MeshEvent.AirtimeTold> airtime() {
    return airtime;
  }

  void told(MeshEvent.AirtimeTold told) {
    airtime = Optional.of(told);
    budget.told(told);
  }

  void identified(MeshEvent.IdentityTold told) {
    identity = Optional.of(told.identity());
    budget.configured(told.identity());
  }

  void link(LinkState state) {
    if (state instanceof LinkState.Ready ready) {
      status.tell(part(id), Health.OK, ready.sentence());
    } else if (state instanceof LinkState.Lost lost) {
      // When the next attempt comes changes each time, and is no news.
      status.tell(part(id), Health.WAITING, lost.reason());
    } else {
      status.tell(part(id), Health.TRYING, state.sentence());
    }
  }
}
