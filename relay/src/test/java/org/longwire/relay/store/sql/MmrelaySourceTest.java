package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.store.sql.Messages.NOON;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.DatabaseConfig.Kind;
import org.longwire.relay.config.DatabaseConfig.Source;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.MountTable;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.SqliteOpener;
import org.longwire.relay.store.repository.Answer;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.MessageArchive.LinkStatistics;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.ReadScope;

/** The database of an MMRelay as a source that is only read, beside a store of ours. */
class MmrelaySourceTest {
  private static final String THEIRS = "old";
  private static final ReadScope OF_THEIRS = new ReadScope.Source(THEIRS);
  private static final LinkKey LINK =
      new LinkKey(MmrelayFile.ROOM, MmrelayReads.RADIO, new ChannelIndex(0));
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir
  Path folder;

  private Optional<DatabaseManager> open = Optional.empty();

  @AfterEach
  void close() {
    open.ifPresent(DatabaseManager::close);
  }

  private Path file() {
    return folder.resolve("meshtastic.sqlite");
  }

  /** Our store with theirs beside it; written by whoever writes. */
  private DatabaseManager manager() throws Exception {
    if (open.isEmpty()) {
      MountTable local = MountTable.of(List.of());
      Map<String, Source> sources = new LinkedHashMap<>();
      sources.put(DatabaseConfig.PRIMARY, source(Database.MEMORY, Kind.LONGWIRE));
      sources.put(THEIRS, source(file(), Kind.MMRELAY));
      DatabaseManager manager = DatabaseManager.open(
          new DatabaseManager.Setting(Database.MEMORY, folder.resolve("cache"), "Forx", local),
          new DatabaseConfig(
              sources, DatabaseConfig.PRIMARY, DatabaseConfig.PRIMARY, List.of(), false),
          new SqlRepositories(
              () -> NOW,
              new Random(1),
              new StoreMetrics(System::nanoTime, false),
              Optional.empty()),
          Options.ledger(),
          new SqliteOpener(Options.store(), local, false, folder));
      manager.sources().main().unattended();
      open = Optional.of(manager);
    }
    return open.get();
  }

  private static Source source(Path path, Kind kind) {
    return new Source(path, kind == Kind.MMRELAY, kind, false, true, Duration.ofSeconds(1), 1);
  }

  private Answer<List<ArchivedMessage>> history(ReadScope scope) throws Exception {
    return manager().archive().history(scope, NOW.plusSeconds(86_400), 50);
  }

  private void say(ArchivedMessage message) throws Exception {
    manager().archive().add(message);
    manager().sources().main().flush();
  }

  private static List<String> texts(Answer<List<ArchivedMessage>> answer) {
    assertEquals(List.of(), answer.missing());
    return answer.value().stream().map(ArchivedMessage::text).toList();
  }

  @Test
  void aRelayAtWorkIsReadAlong() throws Exception {
    try (MmrelayFile theirs = MmrelayFile.current(file())) {
      theirs.maps(4_000_000_000L, "$one", MmrelayFile.ROOM, "fog on the ridge");
      ArchivedMessage message = history(OF_THEIRS).value().get(0);
      assertEquals("fog on the ridge", message.text());
      assertEquals(LINK, message.link());
      assertEquals("Forx", message.meshnet());
      assertEquals(Optional.of(new EventId("$one")), message.event());
      assertEquals(Optional.of(new PacketId((int) 4_000_000_000L)), message.packet());
      assertEquals(Optional.empty(), message.node());
      theirs.maps(2, "$two", MmrelayFile.OTHER_ROOM, "sun");
      assertEquals(List.of("sun", "fog on the ridge"), texts(history(OF_THEIRS)));
    }
    assertEquals(2, history(OF_THEIRS).value().size(), "and when it has ended");
  }

  @Test
  void aLinkIsItsRoom() throws Exception {
    try (MmrelayFile theirs = MmrelayFile.current(file())) {
      theirs.maps(1, "$one", MmrelayFile.ROOM, "fog");
      theirs.maps(2, "$two", MmrelayFile.OTHER_ROOM, "sun");
    }
    MmrelayReads reads = new MmrelayReads("Forx");
    assertEquals(
        List.of("fog"),
        manager()
            .sources()
            .each(OF_THEIRS, source -> reads.history(Optional.of(LINK), NOW, 9))
            .value()
            .get(0)
            .stream()
            .map(ArchivedMessage::text)
            .toList());
  }

  @Test
  void pagesFollowEachOtherThoughThereAreNoTimes() throws Exception {
    try (MmrelayFile theirs = MmrelayFile.current(file())) {
      for (int i = 1; i <= 5; i++) {
        theirs.maps(i, "$" + i, MmrelayFile.ROOM, "number " + i);
      }
    }
    Answer<List<ArchivedMessage>> first = manager().archive().history(ReadScope.ANY, NOW, 3);
    assertEquals(List.of("number 5", "number 4", "number 3"), texts(first));
    assertEquals(
        List.of("number 2", "number 1"),
        texts(manager().archive().history(ReadScope.ANY, first.value().get(2).at(), 3)));
  }

  @Test
  void theSameMessageOfBothIsShownOnceAndOursIsIt() throws Exception {
    try (MmrelayFile theirs = MmrelayFile.current(file())) {
      theirs.maps(1, "$theirs", MmrelayFile.ROOM, "same packet");
      theirs.maps(77, "$r2", MmrelayFile.ROOM, "same event");
      theirs.maps(3, "$own", MmrelayFile.ROOM, "theirs alone");
    }
    say(Messages.fromMesh(1, "same packet"));
    say(Messages.fromRoom(2, "same event"));
    Answer<List<ArchivedMessage>> all = history(ReadScope.ANY);
    assertEquals(List.of("same event", "same packet", "theirs alone"), texts(all));
    assertEquals(
        List.of("Bob", "Alice", ""),
        all.value().stream().map(ArchivedMessage::sender).toList());
    assertEquals(List.of(DatabaseConfig.PRIMARY, THEIRS), all.sources());
  }

  @Test
  void wordsAreFoundInBoth() throws Exception {
    try (MmrelayFile theirs = MmrelayFile.current(file())) {
      theirs.maps(1, "$1", MmrelayFile.ROOM, "Fog on the ridge");
      theirs.maps(2, "$2", MmrelayFile.ROOM, "100 % sun");
      theirs.run("INSERT INTO message_map VALUES ('3', '$3', ?, NULL, NULL)", MmrelayFile.ROOM);
    }
    say(Messages.fromMesh(9, "the fog is gone"));
    assertEquals(List.of("the fog is gone", "Fog on the ridge"), texts(search("fog")));
    assertEquals(List.of("Fog on the ridge"), texts(search("ridge fog")));
    assertEquals(List.of("100 % sun"), texts(search("%")));
    assertEquals(List.of(), texts(search("_")));
    assertEquals(List.of(), texts(search(" ")));
  }

  private Answer<List<ArchivedMessage>> search(String words) throws Exception {
    return manager().archive().search(words, ReadScope.ANY, 50);
  }

  @Test
  void aMessageIsFoundByEitherOfItsIds() throws Exception {
    try (MmrelayFile theirs = MmrelayFile.current(file())) {
      theirs.maps(4_000_000_000L, "$one", MmrelayFile.ROOM, "fog");
    }
    PacketId packet = new PacketId((int) 4_000_000_000L);
    assertEquals(
        Optional.of(packet),
        manager()
            .archive()
            .byEvent(new EventId("$one"), ReadScope.ANY)
            .flatMap(ArchivedMessage::packet));
    assertEquals(
        Optional.of(new EventId("$one")),
        manager()
            .archive()
            .byPacket("Forx", Messages.ALICE, packet, ReadScope.ANY)
            .flatMap(ArchivedMessage::event));
    assertEquals(
        Optional.empty(),
        manager().archive().byPacket("North", Messages.ALICE, packet, ReadScope.ANY));
  }

  @Test
  void olderSchemasAreRead() throws Exception {
    try (MmrelayFile theirs = MmrelayFile.older(file())) {
      theirs.run("INSERT INTO message_map VALUES (5, '$five', ?, 'fog')", MmrelayFile.ROOM);
      theirs.names("!0badcafe", "Forx Base", "FB");
    }
    assertEquals(List.of("fog"), texts(history(ReadScope.ANY)));
    assertEquals("Forx", history(ReadScope.ANY).value().get(0).meshnet());
    assertEquals(
        Optional.of("$five"),
        manager()
            .archive()
            .byPacket("Forx", Messages.ALICE, new PacketId(5), ReadScope.ANY)
            .flatMap(ArchivedMessage::event)
            .map(EventId::value));
    assertEquals(1, manager().nodes().all(ReadScope.ANY).value().size());
  }

  @Test
  void whatIsNotThereIsEmpty() throws Exception {
    try (MmrelayFile theirs = MmrelayFile.withNames(file())) {
      theirs.run("DROP TABLE shortnames");
      theirs.run("INSERT INTO longnames VALUES ('!0badcafe', 'Forx Base')");
    }
    assertEquals(List.of(), texts(history(ReadScope.ANY)));
    assertEquals(List.of(), texts(search("fog")));
    assertEquals(List.of(), manager().archive().statistics(ReadScope.ANY).value());
    assertEquals(Optional.empty(), manager().archive().byEvent(new EventId("$1"), ReadScope.ANY));
    assertEquals(
        List.of("Forx Base"),
        manager().nodes().all(ReadScope.ANY).value().stream()
            .flatMap(node -> node.longName().stream())
            .toList());
  }

  @Test
  void aMapWithoutTextsStillKnowsWhichPacketIsWhichEvent() throws Exception {
    try (MmrelayFile theirs = MmrelayFile.empty(file())) {
      theirs.run("CREATE TABLE message_map (meshtastic_id TEXT, matrix_event_id TEXT,"
          + " matrix_room_id TEXT)");
      theirs.run("INSERT INTO message_map VALUES ('5', '$five', ?)", MmrelayFile.ROOM);
    }
    assertEquals(List.of(), texts(history(ReadScope.ANY)));
    assertEquals(List.of(), texts(search("fog")));
    assertEquals(
        Optional.of(new PacketId(5)),
        manager()
            .archive()
            .byEvent(new EventId("$five"), ReadScope.ANY)
            .flatMap(ArchivedMessage::packet));
  }

  @Test
  void rowsThatMakeNoSenseAreLeftOutAndCounted() throws Exception {
    try (MmrelayFile theirs = MmrelayFile.current(file())) {
      theirs.maps(1, "$good", MmrelayFile.ROOM, "good");
      theirs.maps(0, "$zero", MmrelayFile.ROOM, "no packet");
      theirs.maps(1L << 40, "$big", MmrelayFile.ROOM, "no packet either");
      theirs.maps(2, "no event", MmrelayFile.ROOM, "bad event");
      theirs.maps(3, "$room", "#alias:example.org", "bad room");
      theirs.run("INSERT INTO message_map VALUES (NULL, '$null', NULL, 'nothing', NULL)");
      theirs.run("INSERT INTO message_map(rowid, meshtastic_id, matrix_event_id, matrix_room_id,"
          + " meshtastic_text) VALUES (-5, '9', '$before', '!r', 'before the first')");
      theirs.names("!0badcafe", "Forx Base", "FB");
      theirs.run("INSERT INTO longnames VALUES ('^all', 'Everybody'), ('!0badcaff', NULL)");
    }
    MmrelayReads reads = new MmrelayReads("Forx");
    assertEquals(
        1,
        manager()
            .sources()
            .each(OF_THEIRS, source -> reads.history(Optional.empty(), NOW, 50))
            .value()
            .get(0)
            .size());
    assertEquals(6, reads.skipped());
    assertEquals(
        1,
        manager()
            .sources()
            .each(OF_THEIRS, source -> reads.nodes())
            .value()
            .get(0)
            .size());
    assertEquals(8, reads.skipped());
    assertEquals(List.of("good"), texts(history(ReadScope.ANY)));
  }

  @Test
  void itsNamesFillWhatWeDoNotKnowOfANode() throws Exception {
    try (MmrelayFile theirs = MmrelayFile.current(file())) {
      theirs.maps(1, "$1", MmrelayFile.ROOM, "fog");
      theirs.names(Messages.ALICE.toString(), "Alice, as they say", "ALI");
      theirs.names("!0badcafe", "Forx Base", "FB");
    }
    manager()
        .nodes()
        .seen(new Node(
            "Forx",
            Messages.ALICE,
            Optional.of("Alice"),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            NOON,
            NOON,
            NOON,
            Node.Source.PACKET));
    List<Node> all = manager().nodes().all(ReadScope.ANY).value();
    assertEquals(2, all.size());
    Node alice = all.get(0);
    assertEquals(Optional.of("Alice"), alice.longName());
    assertEquals(Optional.of("ALI"), alice.shortName());
    assertEquals(NOON, alice.firstHeard());
    Node base = all.get(1);
    assertEquals(new NodeId(0x0badcafe), base.id());
    assertEquals("Forx", base.meshnet());
    assertEquals(Node.NEVER, base.lastHeard());
    assertEquals(
        List.of(alice),
        manager().nodes().online(ReadScope.ANY, Duration.ofHours(2)).value());
  }

  @Test
  void itsMessagesAreCountedByRoom() throws Exception {
    try (MmrelayFile theirs = MmrelayFile.current(file())) {
      theirs.maps(1, "$1", MmrelayFile.ROOM, "fog");
      theirs.maps(2, "$2", MmrelayFile.ROOM, "sun");
    }
    say(Messages.fromMesh(9, "rain"));
    List<LinkStatistics> links = manager().archive().statistics(ReadScope.ANY).value();
    assertEquals(2, links.size());
    LinkStatistics of = links.stream()
        .filter(link -> link.link().radio().equals(new RadioId("mmrelay")))
        .findFirst()
        .orElseThrow();
    assertEquals(MmrelayFile.ROOM, of.link().room());
    assertEquals(2, of.fromMesh() + of.fromRoom());
    assertTrue(of.last().isBefore(NOON));
    assertEquals(
        List.of("Alice"),
        manager().archive().senders(ReadScope.ANY, Instant.EPOCH, 9).value().stream()
            .map(sender -> sender.sender())
            .toList(),
        "nobody knows who said theirs");
  }
}
