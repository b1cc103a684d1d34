package org.longwire.relay.bridge;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.longwire.matrix.EventId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.repository.MessageLink;
import org.longwire.relay.store.repository.MessageMap;

/** A map that a test fills itself; it counts who asks. */
public final class LinksInMemory implements MessageMap {
  private final List<MessageLink> links = new CopyOnWriteArrayList<>();

  /** How often anybody asked. */
  public int questions;

  @Override
  public CompletableFuture<Void> remember(MessageLink link) {
    links.add(link);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public List<MessageLink> byPacket(RadioId radio, PacketId packet) {
    questions++;
    return links.stream()
        .filter(link -> link.radio().equals(radio) && link.packet().equals(packet))
        .sorted(Comparator.comparing(MessageLink::at).reversed())
        .toList();
  }

  @Override
  public List<MessageLink> byEvent(EventId event) {
    questions++;
    return links.stream()
        .filter(link -> link.event().equals(event))
        .sorted(Comparator.comparingInt(MessageLink::part))
        .toList();
  }

  @Override
  public long count() {
    return links.size();
  }

  @Override
  public int trim(Instant olderThan, long keep) {
    return 0;
  }
}
