package org.longwire.relay.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.MessageLink;

/**
 * What is said over a few links, each message with its mapping, and what of it must be found. It
 * keeps in memory what retention has left, and no more.
 */
final class Talk implements Traffic {
  /** Of one write that is turned away. */
  private static final int MAX_TRIES = 1_000;

  final AtomicLong acknowledged = new AtomicLong();
  final AtomicLong failed = new AtomicLong();

  private final DatabaseManager manager;
  private final InstantSource clock;
  private final NodeId speaker;
  private final List<LinkKey> links;
  private final int each;
  private final Queue<Said> kept = new ConcurrentLinkedQueue<>();
  private volatile long said;

  private record Said(long number, LinkKey link, Instant at) {}

  /** @param each messages in a turn */
  Talk(
      DatabaseManager manager, InstantSource clock, NodeId speaker, List<LinkKey> links, int each) {
    this.manager = manager;
    this.clock = clock;
    this.speaker = speaker;
    this.links = links;
    this.each = each;
  }

  /** The event of one of its messages. */
  EventId event(long number) {
    return new EventId("$" + speaker.unsigned() + "-" + number);
  }

  /** The number of a message that was found. */
  static long numberOf(ArchivedMessage message) {
    String event = message.event().orElseThrow().value();
    return Long.parseLong(event.substring(event.lastIndexOf('-') + 1));
  }

  /** The first of its links. */
  LinkKey link() {
    return links.get(0);
  }

  /** How many messages are said so far. */
  long said() {
    return said;
  }

  @Override
  public void turn(long turn) throws Exception {
    for (int i = 0; i < each; i++) {
      long number = said + 1;
      LinkKey link = links.get((int) (number % links.size()));
      Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      Said one = new Said(number, link, at);
      kept.add(one);
      count(() -> manager.archive().add(message(one)));
      count(() -> manager.messageMap().remember(mapping(one)));
      said = number;
    }
  }

  /**
   * Who is turned away because too much waits makes room by a write that may wait, as one should.
   */
  private void count(Supplier<CompletableFuture<Void>> write) throws Exception {
    CompletableFuture<Void> taken = write.get();
    for (int tries = 0; taken.isCompletedExceptionally() && tries < MAX_TRIES; tries++) {
      manager.sources().main().flush();
      taken = write.get();
    }
    taken.whenComplete(
        (done, failure) -> (failure == null ? acknowledged : failed).incrementAndGet());
  }

  private ArchivedMessage message(Said one) {
    return new ArchivedMessage(
        0,
        one.link(),
        "Forx",
        one.at(),
        "Node " + speaker,
        Optional.of(speaker),
        Optional.of(new PacketId((int) one.number())),
        Optional.of(event(one.number())),
        true,
        "message number%d over the long wire".formatted(one.number()));
  }

  private MessageLink mapping(Said one) {
    return new MessageLink(
        RadioId.MAIN,
        speaker,
        new PacketId((int) one.number()),
        one.link().channel(),
        new RoomId("!" + one.link().room().substring(1)),
        event(one.number()),
        1,
        one.at());
  }

  /** Lets go what is older, in the store and here. */
  void expire(Instant before) throws Exception {
    Instant cut = before.truncatedTo(ChronoUnit.MILLIS);
    while (manager.messageMap().trim(cut, 50_000) + manager.archive().expire(cut) > 0) {
      continue;
    }
    kept.removeIf(one -> one.at().isBefore(cut));
  }

  /** How many messages have not expired. */
  int kept() {
    return kept.size();
  }

  /** Everything that was acknowledged is there once, and nothing else but what has expired. */
  void verify(Path directory) throws Exception {
    assertEquals(0, failed.get(), "failed writes");
    assertEquals(2 * said, acknowledged.get(), "acknowledged writes");
    for (LinkKey link : links) {
      Path file = directory.resolve("export.jsonl");
      manager.archive().export(link, file);
      try (Stream<String> lines = Files.lines(file)) {
        assertEquals(
            kept.stream()
                .filter(one -> one.link().equals(link))
                .map(one -> event(one.number()).value())
                .toList(),
            lines
                .map(line -> line.replaceAll(".*\"event\":\"([^\"]*)\".*", "$1"))
                .toList());
      }
    }
    for (Said one : kept) {
      assertEquals(List.of(mapping(one)), manager.messageMap().byEvent(event(one.number())));
    }
  }
}
