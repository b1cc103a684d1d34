package org.longwire.radio;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packets we sent lately and what is known of each. Answers are matched by packet id alone;
 * unknown ids and repetitions change nothing. Safe for several threads: the sender adds, the reader
 * settles. Times are milliseconds of the session's monotonic clock.
 */
final class SentPackets {
  /** The fate of so many is followed; at 2.4 s apart this is over five minutes. */
  static final int LIMIT = 128;

  /** A node answers within milliseconds; after so long it has swallowed the packet. */
  static final long ANSWER_MS = 10_000;

  /**
   * After a sign that the node has read everything, its word about a packet comes at once or never:
   * both may have been written at the same moment, in either order.
   */
  static final long READ_GRACE_MS = 100;

  /** A local refusal is final only if no NAK with another reason follows within this time. */
  static final long NAK_GRACE_MS = 1_000;

  /** How often a packet to one node is tried, and how long a try lasts besides its airtime. */
  private static final int TRIES = 3;

  private static final long TRY_MS = 6_000;

  /** An addressee is waited for four times as long as its node tries, within bounds (§4.3). */
  private static final int PATIENCE = 4;

  private static final long ADDRESSEE_MIN_MS = 60_000;
  private static final long ADDRESSEE_MAX_MS = 300_000;

  private static final class Sent {
    private final NodeId to;
    private long answerBy;

    /** Until when the addressee's own word is awaited; never for a broadcast, which gets none. */
    private long addresseeBy = SessionClock.NEVER;

    private boolean asked;
    private Optional<DeliveryState> state = Optional.empty();
    private Optional<Refusal> held = Optional.empty();
    private long heldUntil;

    Sent(NodeId to, long answerBy) {
      this.to = to;
      this.answerBy = answerBy;
    }

    long dueAt() {
      if (held.isPresent()) {
        return heldUntil;
      }
      return state.isEmpty() ? answerBy : isUndelivered() ? addresseeBy : SessionClock.NEVER;
    }

    /** Whether the node has it and its fate is open. */
    private boolean isUndelivered() {
      return state
          .filter(known ->
              known instanceof DeliveryState.HandedOver || known instanceof DeliveryState.Relayed)
          .isPresent();
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(SentPackets.class);

  private final Map<PacketId, Sent> packets = new LinkedHashMap<>();
  private boolean hasForgotten;

  /** Before the write; a repeated id begins anew. */
  synchronized void add(Outgoing packet, LoraSettings lora, long now) {
    Sent sent = new Sent(packet.to(), now + ANSWER_MS);
    if (packet.isDirect()) {
      sent.addresseeBy = now + addresseeMs(lora);
    }
    put(packet.id(), sent);
  }

  /** Instead of the write: {@link #expire} tells it. */
  synchronized void refused(Outgoing packet, Refusal reason, long now) {
    Sent sent = new Sent(packet.to(), now);
    sent.held = Optional.of(reason);
    sent.heldUntil = now;
    put(packet.id(), sent);
  }

  /**
   * How long an addressee may be silent. A repeat that is overheard ends the node's tries, so
   * neither an acknowledgement nor its failing may ever come.
   */
  static long addresseeMs(LoraSettings lora) {
    long tries = TRIES * (2 * Airtime.frameMillis(Airtime.MAX_FRAME, lora) + TRY_MS);
    return Math.min(ADDRESSEE_MAX_MS, Math.max(ADDRESSEE_MIN_MS, PATIENCE * tries));
  }

  private void put(PacketId id, Sent sent) {
    packets.remove(id);
    packets.put(id, sent);
    if (packets.size() > LIMIT) {
      Iterator<PacketId> eldest = packets.keySet().iterator();
      PacketId forgotten = eldest.next();
      eldest.remove();
      if (!hasForgotten) {
        hasForgotten = true;
        LOG.warn(
            "more than {} packets were sent: the fate of {} is followed no more", LIMIT, forgotten);
      }
    }
  }

  /** The write failed: the caller has been told by an exception. */
  synchronized void remove(PacketId id) {
    packets.remove(id);
  }

  /** The node is about to be asked whether it has read what was written before. */
  synchronized void asking() {
    packets.values().forEach(sent -> sent.asked = true);
  }

  /** The node answers: what it still says nothing of, it has swallowed or never got. */
  synchronized void hasRead(long now) {
    for (Sent sent : packets.values()) {
      if (sent.asked) {
        sent.answerBy = Math.min(sent.answerBy, now + READ_GRACE_MS);
      }
    }
  }

  synchronized boolean contains(PacketId id) {
    return packets.containsKey(id);
  }

  /** The node's queue has spoken of a packet. */
  synchronized Optional<MeshEvent.DeliveryReport> queueStatus(PacketId id, int result, long now) {
    Sent sent = packets.get(id);
    if (sent == null) {
      return Optional.empty();
    }
    if (Answers.isTaken(result)) {
      return change(id, sent, new DeliveryState.HandedOver());
    }
    Optional<Refusal> refusal = Answers.localRefusal(result);
    if (refusal.isPresent() && sent.held.isEmpty() && !isSettled(sent)) {
      sent.held = refusal;
      sent.heldUntil = now + NAK_GRACE_MS;
    }
    return Optional.empty();
  }

  /** A Routing packet has come for one of ours. */
  synchronized Optional<MeshEvent.DeliveryReport> result(
      PacketId id, NodeId from, NodeId own, int error) {
    Sent sent = packets.get(id);
    if (sent == null) {
      return Optional.empty();
    }
    boolean fromPeer = from.equals(sent.to);
    if (!fromPeer && !from.equals(own)) {
      // A stranger cannot refuse for others, nor acknowledge for them; but it has heard us.
      return Answers.isAcknowledgement(error)
          ? change(id, sent, new DeliveryState.Relayed())
          : Optional.empty();
    }
    return Answers.stateOf(error, fromPeer).flatMap(state -> change(id, sent, state));
  }

  /** The node has told its operator that a packet of ours came too soon. */
  synchronized Optional<MeshEvent.DeliveryReport> tooSoon(PacketId id) {
    return Optional.ofNullable(packets.get(id))
        .flatMap(sent -> change(id, sent, new DeliveryState.Refused(Refusal.RATE_LIMITED)));
  }

  /** When {@link #expire} has something to say. */
  synchronized long dueAt() {
    long due = SessionClock.NEVER;
    for (Sent sent : packets.values()) {
      due = Math.min(due, sent.dueAt());
    }
    return due;
  }

  /** Reports of what was waited for in vain. */
  synchronized List<MeshEvent.DeliveryReport> expire(long now) {
    List<MeshEvent.DeliveryReport> reports = new ArrayList<>();
    packets.forEach((id, sent) -> {
      if (sent.dueAt() <= now) {
        Optional<MeshEvent.DeliveryReport> report = sent.held.isPresent()
            ? change(id, sent, new DeliveryState.Refused(sent.held.get()))
            : giveUp(id, sent);
        sent.held = Optional.empty();
        report.ifPresent(reports::add);
      }
    });
    return reports;
  }

  /** The node has restarted: nobody will answer for what was on its way. */
  synchronized List<MeshEvent.DeliveryReport> forget() {
    List<MeshEvent.DeliveryReport> reports = new ArrayList<>();
    packets.forEach((id, sent) -> giveUp(id, sent).ifPresent(reports::add));
    return reports;
  }

  /** Nothing more is expected; what comes all the same is told. */
  private static Optional<MeshEvent.DeliveryReport> giveUp(PacketId id, Sent sent) {
    boolean isOpen =
        sent.state.isEmpty() || sent.addresseeBy != SessionClock.NEVER && sent.isUndelivered();
    if (!isOpen) {
      return Optional.empty();
    }
    if (sent.state.isPresent()) {
      sent.addresseeBy = SessionClock.NEVER;
    }
    DeliveryState unknown = new DeliveryState.Unknown();
    sent.state = Optional.of(unknown);
    sent.held = Optional.empty();
    return Optional.of(new MeshEvent.DeliveryReport(id, unknown));
  }

  private static boolean isSettled(Sent sent) {
    return sent.state.isPresent() && !(sent.state.get() instanceof DeliveryState.Unknown);
  }

  private static Optional<MeshEvent.DeliveryReport> change(
      PacketId id, Sent sent, DeliveryState state) {
    if (!Answers.supersedes(sent.state, state)) {
      return Optional.empty();
    }
    sent.state = Optional.of(state);
    sent.held = Optional.empty();
    return Optional.of(new MeshEvent.DeliveryReport(id, state));
  }
}
