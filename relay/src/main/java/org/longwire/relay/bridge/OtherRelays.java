package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.longwire.matrix.EmojiKey;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Original;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.store.StoreException;

/**
 * Knows again what other relays of our rooms put on our mesh: the same words under the same names,
 * byte for byte. It is no news to the rooms. Used by one thread.
 */
final class OtherRelays {
  /** The reason as {@code trace} shows it. */
  static final String SENT_IT = "another relay of the room sent it";

  /** Relays whose tapbacks are looked at; more on one channel leave no air to anybody. */
  private static final int MAX_KNOWN = 64;

  private final Ledger ledger;
  private final Duration window;
  private final Set<NodeId> known = new LinkedHashSet<>();

  /** @param window how long after us another relay may say the same */
  OtherRelays(Ledger ledger, Duration window) {
    this.ledger = ledger;
    this.window = window;
  }

  /**
   * Whether another relay said this, and we have it from the room too. What still waits of ours is
   * sent all the same: anybody with a radio could say the same first, and so silence it.
   */
  boolean sent(RadioId radio, Utterance said, Instant now) throws StoreException {
    PacketHeader packet = said.packet();
    boolean isOnChannel =
        packet.to().isBroadcast() && !packet.privately() && ChannelIndex.isValid(packet.channel());
    if (!isOnChannel || said.port() != PortNum.TEXT_MESSAGE) {
      return false;
    }
    Address.Mesh channel =
        new Address.Mesh(radio, new ChannelIndex(packet.channel()), NodeId.BROADCAST);
    List<Original> ours = said instanceof Utterance.Text text
        ? texts(channel, text.event().text(), now)
        : tapbacks(channel, said, now);
    if (ours.isEmpty()) {
      return false;
    }
    remember(packet.from());
    return true;
  }

  /** Without a name before them, the words may as well be those of somebody on the mesh. */
  private List<Original> texts(Address.Mesh channel, String words, Instant now)
      throws StoreException {
    return ledger
        .originals()
        .sending(channel, new Payload.MeshText(words), now.minus(window))
        .stream()
        .filter(ours -> !PlainText.text(ours.text()).equals(PlainText.text(words)))
        .toList();
  }

  /** A tapback names nobody, so it counts only from nodes that are known to be relays. */
  private List<Original> tapbacks(Address.Mesh channel, Utterance said, Instant now)
      throws StoreException {
    List<Original> ours = new ArrayList<>();
    if (known.contains(said.packet().from()) && said.about().isPresent()) {
      String symbol = EmojiKey.normalised(said.words());
      for (Origin target : targets(channel, said.about().get(), now)) {
        Payload tapback = new Payload.MeshReaction(target, symbol);
        ours.addAll(ledger.originals().sending(channel, tapback, now.minus(window)));
      }
    }
    return ours;
  }

  /** What a packet stands for: itself, or what another relay and we have both carried. */
  private Set<Origin> targets(Address.Mesh channel, PacketId packet, Instant now)
      throws StoreException {
    Set<Origin> targets = new LinkedHashSet<>();
    for (Original original : ledger.originals().ofPacket(channel.radio(), packet, now)) {
      targets.add(original.origin());
      texts(channel, original.text(), now).forEach(ours -> targets.add(ours.origin()));
    }
    return targets;
  }

  private void remember(NodeId relay) {
    if (known.add(relay) && known.size() > MAX_KNOWN) {
      known.remove(known.iterator().next());
    }
  }
}
