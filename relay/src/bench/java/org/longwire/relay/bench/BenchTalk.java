package org.longwire.relay.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.ManagedStores;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.MessageLink;

/** Messages of a mesh with twenty links and a hundred speakers, by number. */
final class BenchTalk {
  private static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");
  private static final int LINKS = 20;
  private static final int SPEAKERS = 100;
  private static final int RARE = 1_000;

  private BenchTalk() {}

  static NodeId speaker(long number) {
    return new NodeId((int) (0x5e1f0000 + number % SPEAKERS));
  }

  static PacketId packet(long number) {
    return new PacketId((int) number);
  }

  static EventId event(long number) {
    return new EventId("$%043d".formatted(number));
  }

  private static LinkKey link(long number) {
    int link = (int) (number % LINKS);
    return new LinkKey("#room-" + link + ":example.org", RadioId.MAIN, new ChannelIndex(link % 8));
  }

  private static Instant at(long number) {
    return BEGIN.plusMillis(number * 40);
  }

  static ArchivedMessage message(long number) {
    String rare = number % RARE == 0 ? ", lighthouse" : "";
    return new ArchivedMessage(
        0,
        link(number),
        "Forx",
        at(number),
        "Speaker " + number % SPEAKERS,
        Optional.of(speaker(number)),
        Optional.of(packet(number)),
        Optional.of(event(number)),
        true,
        "this is message%d of everybody over the long wire%s".formatted(number, rare));
  }

  static MessageLink mapping(long number) {
    LinkKey link = link(number);
    return new MessageLink(
        RadioId.MAIN,
        speaker(number),
        packet(number),
        link.channel(),
        new RoomId("!" + link.room().substring(1)),
        event(number),
        1,
        at(number));
  }

  /**
   * A file with so many messages and their mappings; kept from run to run, as a million take a
   * while.
   *
   * @param first the first message's number
   * @param step from one number to the next
   */
  static Path filled(String name, int messages, int first, int step) throws Exception {
    Path done = Jmh.directory().resolve(name + ".done");
    Path file = Jmh.directory().resolve(name + ".db");
    if (!Files.exists(done)) {
      for (String end : List.of("", "-wal", "-shm", "-ledger", "-ledger-wal", "-ledger-shm")) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
      }
      Files.createDirectories(file.getParent());
      try (ManagedStores stores = new ManagedStores(new ManagedStores.Files(file))) {
        for (int i = 0; i < messages; i++) {
          long number = first + (long) i * step;
          stores.manager().archive().add(message(number));
          stores.manager().messageMap().remember(mapping(number));
        }
        stores.requireDrained();
      }
      Files.createFile(done);
    }
    return file;
  }
}
