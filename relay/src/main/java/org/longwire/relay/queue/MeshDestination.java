package org.longwire.relay.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.LinkState;
import org.longwire.radio.Outgoing;
import org.longwire.radio.PacketId;
import org.longwire.radio.Radio;
import org.longwire.radio.RadioException;
import org.longwire.radio.Refusal;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.run.Pause;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.StoreException;

/**
 * Delivers to one radio, paced. Used by one sender thread, which waits here for the node's verdict:
 * the next text could not go sooner anyway.
 */
public final class MeshDestination implements Destination {
  /**
   * How long the node may take to answer; it polls a quiet port every 250 ms (meshtastic.md §1.7).
   */
  static final Duration VERDICT_LIMIT = Duration.ofSeconds(12);

  /**
   * A node that polls its port every 250 ms has answered by then, if it does; after that it is
   * asked whether it has read the text at all, so that a text which it swallows holds up nobody for
   * long.
   */
  static final Duration PROMPT = Duration.ofMillis(300);

  /** A refusal for coming too soon follows the acceptance within milliseconds; this is ample. */
  static final Duration SECOND_THOUGHTS = Duration.ofMillis(400);

  /** Longer pauses than this are not slept here, so that what expires meanwhile can be seen to. */
  static final Duration LONGEST_NAP = Duration.ofSeconds(5);

  /**
   * A packet that found the queue full may still go out: the node tries it twice again within 22 s
   * (capture 07b). Only then is it certain that it did not.
   */
  static final Duration QUEUE_FULL_WAIT = Duration.ofSeconds(25);

  /** Why a text waits that was written, and that the node said nothing of: it may be on the air. */
  static final String NO_ANSWER = "no answer from the node";

  static final String WENT_AWAY = "the radio went away";

  /** Refused packets whose fate is still followed. */
  private static final int FOLLOWED = 64;

  private static final Duration DUTY_CYCLE_WAIT = Duration.ofSeconds(60);
  private static final Duration OPERATOR_WAIT = Duration.ofSeconds(60);

  private final RadioId id;
  private final Packets packets;
  private final Radio radio;
  private final PendingSends pending;
  private final SendPacer pacer;
  private final AirtimeBudget budget;
  private final Conditions conditions;
  private final Pause pause;
  private final HoldNews holdNews;

  /** Packets that found the queue full, and the entries they were attempts of. */
  private final Map<PacketId, OutboxEntry> turnedAway = new LinkedHashMap<>();

  /** Late words that could not be written down yet. */
  private final Deque<PendingSends.Late> late = new ArrayDeque<>();

  /** What a mesh sender works with. */
  public record Means(
      Radio radio,
      PendingSends pending,
      SendPacer pacer,
      AirtimeBudget budget,
      Pause pause,
      RemoteNames names) {}

  public MeshDestination(RadioId id, Means means, Conditions conditions) {
    this.id = id;
    this.holdNews = new HoldNews(id);
    this.packets = new Packets(means.names());
    this.radio = means.radio();
    this.pending = means.pending();
    this.pacer = means.pacer();
    this.budget = means.budget();
    this.pause = means.pause();
    this.conditions = conditions;
  }

  @Override
  public boolean isOpen(Address address) {
    return address instanceof Address.Mesh mesh
        && mesh.radio().equals(id)
        && radio.state() instanceof LinkState.Ready;
  }

  @Override
  public Delivery deliver(OutboxEntry entry) throws InterruptedException {
    Optional<Outgoing> packet;
    try {
      packet = packets.of(entry);
    } catch (StoreException trouble) {
      return new Delivery.Later(Conditions.STORE_PAUSE, "the ledger cannot be read", false);
    }
    return packet.isPresent()
        ? deliver(packet.get(), entry)
        : new Delivery.Refused("what it reacts to is not on the mesh");
  }

  /** What takes longer than a nap is put off, in {@link #deliver}. */
  @Override
  public Duration distance(OutboxEntry entry) {
    try {
      return packets
          .of(entry)
          .map(this::gap)
          .filter(wait -> wait.compareTo(LONGEST_NAP) <= 0)
          .orElse(Duration.ZERO);
    } catch (StoreException trouble) {
      return Duration.ZERO;
    }
  }

  private Delivery deliver(Outgoing text, OutboxEntry entry) throws InterruptedException {
    PacketId packet = text.id();
    for (Duration wait = gap(text); !wait.isZero(); wait = gap(text)) {
      if (wait.compareTo(LONGEST_NAP) > 0) {
        Optional<String> slow = pacer.sentence();
        slow.ifPresent(reason -> conditions.status().tell(part(), Health.WAITING, reason));
        pacer.hold().ifPresent(holdNews::held);
        return new Delivery.Later(wait, slow.orElse("texts keep their distance"), false);
      }
      pause.pause(wait);
    }
    if (isCrowded()) {
      return new Delivery.Later(SendPacer.CROWDED_WAIT, "the node's queue is nearly full", false);
    }
    turnedAway.values().removeIf(before -> before.id() == entry.id());
    pending.watch(packet);
    try {
      Delivery delivery = write(text, entry);
      Optional<DeliveryState> last = pending.forget(packet);
      boolean isTakenBack = delivery instanceof Delivery.Delivered
          && last.filter(DeliveryState.Refused.class::isInstance).isPresent();
      return isTakenBack ? judge(last.get(), entry) : delivery;
    } finally {
      pending.forget(packet);
    }
  }

  /**
   * A refusal that comes after the packet counted as delivered puts its entry back, and a repeat
   * that is heard of a refused packet says that it need not be sent again.
   */
  @Override
  public void settleLate(Ledger ledger) throws StoreException, InterruptedException {
    holdNews.tell(ledger.watchers(), ledger.now());
    late.addAll(pending.takeLate());
    while (!late.isEmpty()) {
      settle(late.peek(), ledger);
      late.poll();
    }
  }

  private void settle(PendingSends.Late word, Ledger ledger)
      throws StoreException, InterruptedException {
    if (word.state() instanceof DeliveryState.Refused refused) {
      String sentence = sentence(refused.reason());
      if (refused.reason().cure() == Refusal.Cure.NONE) {
        ledger.late().refused(id, word.packet(), sentence);
      } else {
        Instant notBefore = ledger.now().plus(patience(refused.reason()));
        Optional<OutboxEntry> reopened =
            ledger.late().reopen(id, word.packet(), notBefore, sentence);
        if (reopened.isPresent()) {
          takeNote(refused.reason(), word.packet(), reopened.get());
        }
      }
    } else if (word.state() instanceof DeliveryState.Relayed
        || word.state() instanceof DeliveryState.Delivered) {
      Optional.ofNullable(turnedAway.remove(word.packet()))
          .ifPresent(entry -> ledger.delivered(entry, word.packet().toString()));
    }
  }

  /** Nothing waits, so nothing is held up either; what waits for the radio itself is not told. */
  @Override
  public Optional<Instant> idle() {
    if (radio.state() instanceof LinkState.Ready) {
      conditions.status().settled(part(), "no text waits any more");
    }
    return Optional.empty();
  }

  /** The node tells of its queue when it is asked, and else only now and then. */
  private boolean isCrowded() {
    OptionalInt free = radio.queueFree();
    OptionalInt ours =
        free.isPresent() ? OptionalInt.of(free.getAsInt() - Radio.QUEUE_RESERVE) : free;
    if (!pacer.isCrowded(ours)) {
      return false;
    }
    try {
      radio.ask();
    } catch (RadioException gone) {
      // The session tells of it; the text waits either way.
      return true;
    }
    return true;
  }

  private Duration gap(Outgoing text) {
    return pacer.waitBeforeSend(text);
  }

  private Delivery write(Outgoing text, OutboxEntry entry) throws InterruptedException {
    try {
      radio.send(text);
    } catch (RadioException failure) {
      // Not written, or in doubt: the same id again, which the node and the mesh will know.
      return new Delivery.Later(conditions.waitAfter(1), failure.getMessage(), false);
    }
    pacer.sent(text);
    Optional<DeliveryState> verdict = pending.await(text.id(), PROMPT);
    if (verdict.isEmpty()) {
      verdict = insist(text);
    }
    if (verdict.isPresent() && verdict.get() instanceof DeliveryState.HandedOver) {
      pacer.taken();
      verdict = pending.awaitSecond(text.id(), SECOND_THOUGHTS);
    }
    return verdict.map(v -> judge(v, entry)).orElseGet(() -> silence(entry));
  }

  private Optional<DeliveryState> insist(Outgoing text) throws InterruptedException {
    try {
      radio.ask();
    } catch (RadioException gone) {
      return Optional.empty();
    }
    return pending.await(text.id(), VERDICT_LIMIT);
  }

  private Delivery judge(DeliveryState verdict, OutboxEntry entry) {
    if (verdict instanceof DeliveryState.Refused refused) {
      return refused(refused.reason(), entry);
    }
    if (verdict instanceof DeliveryState.Unknown) {
      return silence(entry);
    }
    conditions.status().settled(part(), "texts reach the radio again");
    holdNews.freed();
    return new Delivery.Delivered(entry.token());
  }

  /**
   * No word from the node. Once more under the same id, which a node that has it swallows in
   * silence: a second silence therefore means that it has it (reference: meshtastic.md §8, case
   * 23).
   */
  private Delivery silence(OutboxEntry entry) {
    if (!(radio.state() instanceof LinkState.Ready)) {
      return new Delivery.Later(conditions.waitAfter(1), WENT_AWAY, false);
    }
    if (entry.attempts() > 0) {
      return new Delivery.Delivered(entry.token());
    }
    return new Delivery.Later(Duration.ZERO, NO_ANSWER, true);
  }

  private Delivery refused(Refusal reason, OutboxEntry entry) {
    String sentence = sentence(reason);
    if (reason == Refusal.RATE_LIMITED && isRouteRequest(entry)) {
      sentence = "the node takes one route request every 30 s";
    }
    if (reason.cure() == Refusal.Cure.NONE) {
      return new Delivery.Refused(sentence);
    }
    takeNote(reason, PacketId.parse(entry.token()), entry);
    return new Delivery.Renewed(patience(reason), sentence);
  }

  /** How long to leave the node alone; a text that came too soon waits for its pacer anyway. */
  private static Duration patience(Refusal reason) {
    return switch (reason) {
      case RATE_LIMITED -> Duration.ZERO;
      case QUEUE_FULL -> QUEUE_FULL_WAIT;
      case DUTY_CYCLE -> DUTY_CYCLE_WAIT;
      default -> OPERATOR_WAIT;
    };
  }

  private void takeNote(Refusal reason, PacketId packet, OutboxEntry entry) {
    switch (reason) {
      case RATE_LIMITED -> {
        if (isRouteRequest(entry)) {
          pacer.routeRefusedByRate();
        } else {
          pacer.refusedByRate();
        }
      }
      case DUTY_CYCLE -> {
        conditions.status().tell(part(), Health.WAITING, sentence(reason));
        holdNews.held(sentence(reason));
        budget.refusedByDutyCycle();
      }
      case QUEUE_FULL -> {
        conditions.status().tell(part(), Health.WAITING, sentence(reason));
        if (turnedAway.size() == FOLLOWED) {
          turnedAway.remove(turnedAway.keySet().iterator().next());
        }
        turnedAway.put(packet, entry);
      }
      default -> conditions.status().tell(part(), Health.FAILED, sentence(reason));
    }
  }

  private static boolean isRouteRequest(OutboxEntry entry) {
    return entry.payload() instanceof Payload.MeshRouteRequest;
  }

  private static String sentence(Refusal reason) {
    return switch (reason) {
      case RATE_LIMITED -> "the node takes one text every 2 s";
      case QUEUE_FULL -> "the node's transmit queue is full";
      case DUTY_CYCLE -> "the hour's airtime is used up; the region allows no more for a while";
      case TX_DISABLED -> "the node may not send: set its region and switch sending on";
      case NO_INTERFACE -> "the node has no working radio";
      case NO_CHANNEL -> "the node has no such channel: check the channel of the bridge";
      case TOO_LARGE -> "the text is too long for a packet";
      case PEER_LACKS_OUR_KEY ->
        "the node does not know the key of ours yet: it comes with our node's"
            + " next announcement; try again in an hour or two";
      case NO_KEY_FOR_PEER ->
        "no key for this node is known: it comes with the node's next"
            + " announcement; try again when it was heard";
      case PKI_FAILED ->
        "the key that this node showed first does not fit; if it is known to have a new one, the"
            + " operator stops the relay and runs \"longwire nodes forget\" for it";
      default -> "the node refused the packet: look at its log, or try again later";
    };
  }

  private String part() {
    return "mesh sender " + id;
  }
}
