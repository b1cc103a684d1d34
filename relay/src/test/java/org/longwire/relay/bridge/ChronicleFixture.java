package org.longwire.relay.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Fairness;
import org.longwire.relay.queue.Lanes;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.OutboxEntry;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.queue.Seals;
import org.longwire.relay.queue.StoreFeed;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.Worker;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.MessageLink;

/** A chronicle between a real ledger and a store by hand. */
abstract class ChronicleFixture {
  static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  static final Address.Room ROOM = new Address.Room("#mesh:example.org");
  static final RoomId ROOM_ID = new RoomId("!abc:example.org");
  static final NodeId ALICE = new NodeId(0x5e1f0001);
  static final ChannelIndex FIRST = new ChannelIndex(0);
  static final LinkKey LINK = new LinkKey(ROOM.configured(), RadioId.MAIN, FIRST);

  @TempDir
  Path directory;

  final StatusBoard status = new StatusBoard(() -> NOW);
  final PortalTable portals = PortalTable.of(
      List.of(new RelayConfig.Bridge(ROOM.configured(), List.of(), RadioId.MAIN, FIRST)));
  final HandStore store = new HandStore();
  Database database;
  Worker writer;
  Ledger ledger;
  Chronicle chronicle;
  int woken;

  /** Which store keeps what was said over a link. */
  Function<LinkKey, String> keeperOf = link -> "primary";

  @BeforeEach
  void open() throws Exception {
    database =
        Database.open(directory.resolve("ledger.db"), Options.ledger().withNanoTime(() -> 0));
    writer = new Worker("store-writer", database.worker(), Duration.ofSeconds(10), bug -> {});
    ledger = Ledger.open(database, () -> NOW, new Random(1));
    portals.open(portals.all().get(0), ROOM_ID);
    begin();
  }

  void begin() {
    begin(new Seals(database, Map.of("primary", store.seal())));
  }

  void begin(Seals seals) {
    chronicle = new Chronicle(
        new Chronicle.Means(
            new StoreFeed(database),
            seals,
            new Chronicle.Stores(store.map(), store.archive(), keeperOf),
            portals,
            Map.of()),
        "Forx",
        status,
        () -> NOW);
    chronicle.onNews(() -> woken++);
    ledger.watch(chronicle);
  }

  @AfterEach
  void close() {
    writer.close();
    database.close();
  }

  void hear(int id, String text) throws Exception {
    hear(id, text, List.of(ROOM));
  }

  void hear(int id, String text, List<Address.Room> to) throws Exception {
    ledger.accept(new Arrival(
        new Origin.Packet(RadioId.MAIN, ALICE, new PacketId(id)),
        NOW.minusSeconds(3),
        "Alice " + ALICE,
        MeshPlace.channel(FIRST, RadioId.MAIN).words(),
        text,
        Optional.empty(),
        to.stream()
            .map(room -> new Arrival.NewEntry(
                room,
                new Payload.RoomMessage(MessageContent.notice(text)),
                NOW.plusSeconds(60),
                1,
                1))
            .toList(),
        Optional.empty()));
  }

  void deliver(String event) throws Exception {
    OutboxEntry entry = ledger
        .due(Lanes.rooms(), address -> true, Fairness.toRooms(() -> 0))
        .entry()
        .orElseThrow();
    ledger.delivered(entry, event);
  }

  static MessageLink link(int packet, String event) {
    return new MessageLink(
        RadioId.MAIN, ALICE, new PacketId(packet), FIRST, ROOM_ID, new EventId(event), 1, NOW);
  }
}
