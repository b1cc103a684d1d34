package org.longwire.relay.queue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.LinkState;
import org.longwire.radio.OutgoingText;
import org.longwire.radio.PacketId;
import org.longwire.radio.Radio;
import org.longwire.radio.RadioException;
import org.longwire.radio.Refusal;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.run.Pause;
import org.longwire.relay.run.StatusBoard.Health;

/**
 * Delivers to one radio, paced. Used by one sender thread, which waits here for the node's verdict:
 * the next text could not go sooner anyway.
 */
public final class MeshDestination implements Destination {
  /**
   * How long the node may take to answer; it polls a quiet port every 250 ms (meshtastic.md §1.7).
   */
  static final Duration VERDICT_LIMIT = Duration.ofSeconds(12);

  /** A refusal for coming too soon follows the acceptance within milliseconds; this is ample. */
  static final Duration SECOND_THOUGHTS = Duration.ofMillis(400);

  /** Longer pauses than this are not slept here, so that what expires meanwhile can be seen to. */
  static final Duration LONGEST_NAP = Duration.ofSeconds(5);

  private static final Duration QUEUE_FULL_WAIT = Duration.ofSeconds(10);
  private static final Duration DUTY_CYCLE_WAIT = Duration.ofSeconds(60);
  private static final Duration OPERATOR_WAIT = Duration.ofSeconds(60);

  private final RadioId id;
  private final Radio radio;
  private final PendingSends pending;
  private final SendPacer pacer;
  private final AirtimeBudget budget;
  private final Conditions conditions;
  private final Pause pause;

  /** What a mesh sender works with. */
  public record Means(
      Radio radio, PendingSends pending, SendPacer pacer, AirtimeBudget budget, Pause pause) {}

  public MeshDestination(RadioId id, Means means, Conditions conditions) {
    this.id = id;
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
    if (!(entry.address() instanceof Address.Mesh address)
        || !(entry.payload() instanceof Payload.MeshText payload)) {
      return new Delivery.Refused("this is no text for the mesh");
    }
    PacketId packet = new PacketId(Integer.parseUnsignedInt(entry.token(), 16));
    OutgoingText text = new OutgoingText(
        packet, address.to(), address.channel(), payload.text(), payload.replyTo());
    for (Duration wait = gap(text); !wait.isZero(); wait = gap(text)) {
      if (wait.compareTo(LONGEST_NAP) > 0) {
        String reason = pacer.sentence().orElse("texts keep their distance");
        conditions.status().tell(part(), Health.WAITING, reason);
        return new Delivery.Later(wait, reason, false);
      }
      pause.pause(wait);
    }
    pending.watch(packet);
    try {
      return write(text, entry);
    } finally {
      pending.forget(packet);
    }
  }

  private Duration gap(OutgoingText text) {
    return pacer.waitBeforeSend(bytes(text));
  }

  private Delivery write(OutgoingText text, OutboxEntry entry) throws InterruptedException {
    try {
      radio.send(text);
    } catch (RadioException failure) {
      // Not written, or in doubt: the same id again, which the node and the mesh will know.
      return new Delivery.Later(conditions.waitAfter(1), failure.getMessage(), false);
    }
    pacer.sent(bytes(text));
    Optional<DeliveryState> verdict = pending.await(text.id(), VERDICT_LIMIT);
    if (verdict.isPresent() && verdict.get() instanceof DeliveryState.HandedOver) {
      pacer.taken();
      verdict = pending.awaitSecond(text.id(), SECOND_THOUGHTS);
    }
    return verdict.map(v -> judge(v, entry)).orElseGet(() -> silence(entry));
  }

  private Delivery judge(DeliveryState verdict, OutboxEntry entry) {
    if (verdict instanceof DeliveryState.Refused refused) {
      return refused(refused.reason());
    }
    if (verdict instanceof DeliveryState.Unknown) {
      return silence(entry);
    }
    conditions.status().tell(part(), Health.OK, "texts reach the radio");
    return new Delivery.Delivered(entry.token());
  }

  /**
   * No word from the node. Once more under the same id, which a node that has it swallows in
   * silence: a second silence therefore means that it has it (reference: meshtastic.md §8, case
   * 23).
   */
  private Delivery silence(OutboxEntry entry) {
    if (!(radio.state() instanceof LinkState.Ready)) {
      return new Delivery.Later(conditions.waitAfter(1), "the radio went away", false);
    }
    if (entry.attempts() == 0) {
      return new Delivery.Later(conditions.waitAfter(1), "no answer from the node", true);
    }
    return new Delivery.Delivered(entry.token());
  }

  private Delivery refused(Refusal reason) {
    String sentence = sentence(reason);
    conditions.status().tell(part(), Health.WAITING, sentence);
    return switch (reason) {
      case RATE_LIMITED -> {
        pacer.refusedByRate();
        yield new Delivery.Renewed(Duration.ZERO, sentence);
      }
      case QUEUE_FULL -> new Delivery.Renewed(QUEUE_FULL_WAIT, sentence);
      case DUTY_CYCLE -> {
        budget.refusedByDutyCycle();
        yield new Delivery.Renewed(DUTY_CYCLE_WAIT, sentence);
      }
      case TX_DISABLED, NO_INTERFACE -> {
        conditions.status().tell(part(), Health.FAILED, sentence);
        yield new Delivery.Renewed(OPERATOR_WAIT, sentence);
      }
      default -> new Delivery.Refused(sentence);
    };
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
      case PEER_LACKS_OUR_KEY -> "the addressee does not know our node's key yet";
      case NO_KEY_FOR_PEER -> "no key is known for the addressee";
      case PKI_FAILED -> "the addressee's key does not fit";
      default -> "the node refused the packet";
    };
  }

  private static int bytes(OutgoingText text) {
    return text.text().getBytes(StandardCharsets.UTF_8).length;
  }

  private String part() {
    return "mesh sender " + id;
  }
}
