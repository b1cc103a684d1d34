package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.DatabaseConfig.Kind;
import org.longwire.relay.config.DatabaseConfig.Mapping;
import org.longwire.relay.config.DatabaseConfig.Source;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.MountTable;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.SqliteOpener;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.Answer;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.MessageArchive.LinkStatistics;
import org.longwire.relay.store.repository.MessageArchive.SenderStatistics;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.ReadScope;

/**
 * The repositories over a primary store, a second one for the hikers' room, and an archive that is
 * only read and was written by another relay.
 */
class SeveralSourcesTest {
  private static final MountTable LOCAL = MountTable.of(List.of());
  private static final Instant LATE = Messages.NOON.plusSeconds(3_600);
  private static final Duration WINDOW = Duration.ofHours(2);
  private static final ReadScope ARCHIVE = new ReadScope.Source("archive");
  private static final ReadScope HIKERS = new ReadScope.Source("hikers");
  private static final ReadScope OF_HIKERS = new ReadScope.Link(Messages.OTHER);

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock(LATE);
  private DatabaseManager manager;

  @BeforeEach
  void open() throws Exception {
    manager = open(config("archive", "hikers"));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private DatabaseConfig config(String... others) {
    Map<String, Source> sources = new LinkedHashMap<>();
    sources.put(DatabaseConfig.PRIMARY, source(DatabaseConfig.PRIMARY));
    for (String other : others) {
      sources.put(other, source(other));
    }
    return new DatabaseConfig(
        sources,
        DatabaseConfig.PRIMARY,
        DatabaseConfig.PRIMARY,
        List.of(new Mapping(
            Optional.of(Messages.OTHER.room()), OptionalInt.empty(), Optional.empty(), "hikers")),
        false);
  }

  private Source source(String name) {
    boolean readOnly = name.equals("archive");
    return new Source(
        directory.resolve(name + ".db"),
        readOnly,
        Kind.LONGWIRE,
        false,
        true,
        Duration.ofSeconds(1),
        1);
  }

  /** Nobody repeats the duties: whoever writes commits. */
  private DatabaseManager open(DatabaseConfig config) throws Exception {
    DatabaseManager opened = DatabaseManager.open(
        new DatabaseManager.Setting(Database.MEMORY, directory.resolve("cache"), "Forx", LOCAL),
        config,
        new SqlRepositories(
            clock, new Random(1), new StoreMetrics(System::nanoTime, false), Optional.empty()),
        Options.ledger(),
        new SqliteOpener(Options.store(), LOCAL, false, directory));
    opened.sources().writable().forEach(WritableStore::unattended);
    return opened;
  }

  /** What another relay wrote, and closed. */
  private void archived(List<ArchivedMessage> messages, List<Node> nodes) throws Exception {
    Path file = directory.resolve("archive.db");
    Files.deleteIfExists(file);
    try (Database database = Database.open(file, Options.store())) {
      database.unattended();
      SqlRepositories repositories = new SqlRepositories(
          clock, new Random(2), new StoreMetrics(System::nanoTime, false), Optional.empty());
      SingleSource single = new SingleSource("archive", database);
      messages.forEach(message -> repositories.archive(single).add(message));
      nodes.forEach(repositories.nodes(single)::seen);
      database.flush();
    }
  }

  private void say(ArchivedMessage... messages) throws Exception {
    for (ArchivedMessage message : messages) {
      manager.archive().add(message);
    }
    for (WritableStore store : manager.sources().writable()) {
      store.flush();
    }
  }

  private static Node node(int number, String name, Instant at) {
    return new Node(
        "Forx",
        new NodeId(number),
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        at,
        at,
        at,
        Node.Source.PACKET);
  }

  private static List<String> texts(Answer<List<ArchivedMessage>> answer) {
    return answer.value().stream().map(ArchivedMessage::text).toList();
  }

  private static List<String> names(Answer<List<Node>> answer) {
    return answer.value().stream().map(node -> node.longName().orElseThrow()).toList();
  }

  private void sayEverywhere() throws Exception {
    archived(
        List.of(
            Messages.fromMesh(1, "hut in the archive"),
            Messages.fromMesh(2, "hut in both"),
            Messages.fromRoom(6, "hut, later in the archive")),
        List.of());
    say(
        Messages.fromMesh(2, "hut in both"),
        Messages.fromMesh(4, "hut at home"),
        Messages.over(Messages.OTHER, Messages.fromMesh(3, "hut of the hikers")),
        Messages.over(Messages.OTHER, Messages.fromRoom(5, "hut for the hikers")));
  }

  @Test
  void aLinksMessagesAreWhereItsMappingSays() throws Exception {
    sayEverywhere();
    List<String> hikers = List.of("hut for the hikers", "hut of the hikers");
    assertEquals(hikers, texts(manager.archive().history(OF_HIKERS, LATE, 10)));
    assertEquals(hikers, texts(manager.archive().history(HIKERS, LATE, 10)));
    assertEquals(
        List.of("hut at home", "hut in both"),
        texts(manager.archive().history(Messages.OF_LINK, LATE, 10)));
    assertEquals(
        List.of("hikers"), manager.archive().history(OF_HIKERS, LATE, 10).sources());
  }

  @Test
  void historyAndSearchMergeAllSourcesAndShowNothingTwice() throws Exception {
    sayEverywhere();
    List<String> all = List.of(
        "hut, later in the archive",
        "hut for the hikers",
        "hut at home",
        "hut of the hikers",
        "hut in both",
        "hut in the archive");
    Answer<List<ArchivedMessage>> history = manager.archive().history(ReadScope.ANY, LATE, 10);
    assertEquals(all, texts(history));
    assertEquals(List.of("primary", "archive", "hikers"), history.sources());
    assertEquals(List.of(), history.missing());
    assertEquals(all, texts(manager.archive().search("hut", ReadScope.ANY, 10)));
    assertEquals(all.subList(0, 2), texts(manager.archive().history(ReadScope.ANY, LATE, 2)));
    assertEquals(
        List.of("hut, later in the archive", "hut for the hikers"),
        texts(manager.archive().bySender("Bob", ReadScope.ANY, LATE, 10)));
  }

  @Test
  void aMessageIsFoundInWhicheverSourceHasIt() throws Exception {
    sayEverywhere();
    assertEquals(
        "hut of the hikers",
        manager
            .archive()
            .byPacket("Forx", Messages.ALICE, new PacketId(3), ReadScope.ANY)
            .orElseThrow()
            .text());
    assertEquals(
        "hut, later in the archive",
        manager
            .archive()
            .byEvent(new EventId("$r6"), ReadScope.ANY)
            .orElseThrow()
            .text());
    assertTrue(manager.archive().byEvent(new EventId("$r6"), HIKERS).isEmpty());
  }

  @Test
  void countsOfAllSourcesAreAddedUp() throws Exception {
    sayEverywhere();
    List<LinkStatistics> links = manager.archive().statistics(ReadScope.ANY).value();
    assertTrue(
        links.contains(new LinkStatistics(
            Messages.LINK, 4, 1, Messages.NOON.plusSeconds(1), Messages.NOON.plusSeconds(6))),
        links::toString);
    assertTrue(
        links.contains(new LinkStatistics(
            Messages.OTHER, 1, 1, Messages.NOON.plusSeconds(3), Messages.NOON.plusSeconds(5))),
        links::toString);
    assertEquals(2, links.size());
    assertEquals(
        List.of(
            new SenderStatistics("Alice", 5, Messages.NOON.plusSeconds(4)),
            new SenderStatistics("Bob", 2, Messages.NOON.plusSeconds(6))),
        manager.archive().senders(ReadScope.ANY, Messages.NOON, 10).value());
    assertEquals(
        List.of(Messages.ALICE),
        manager.archive().activeNodes(ReadScope.ANY, Messages.NOON, 10).value());
  }

  @Test
  void whatExpiresGoesFromEveryStoreThatIsWrittenAndFromNoOther() throws Exception {
    sayEverywhere();
    assertEquals(2, manager.archive().expire(Messages.NOON.plusMillis(3_500)));
    assertEquals(
        List.of(
            "hut, later in the archive",
            "hut for the hikers",
            "hut at home",
            "hut in both",
            "hut in the archive"),
        texts(manager.archive().history(ReadScope.ANY, LATE, 10)));
    long hikers = manager.archive().history(HIKERS, LATE, 1).value().get(0).id();
    assertTrue(manager.archive().delete(hikers));
    assertFalse(manager.archive().delete(hikers));
    assertEquals(List.of(), texts(manager.archive().history(HIKERS, LATE, 10)));
  }

  @Test
  void aSourceThatIsAwayIsNamedAndTheOthersAnswer() throws Exception {
    say(Messages.fromMesh(4, "hut at home"));
    Answer<List<ArchivedMessage>> history = manager.archive().history(ReadScope.ANY, LATE, 10);
    assertEquals(List.of("hut at home"), texts(history));
    assertEquals(List.of("archive"), history.missing());
    assertEquals(List.of("archive"), manager.nodes().all(ReadScope.ANY).missing());
  }

  @Test
  void aNodeThatTwoSourcesKnowIsOneNode() throws Exception {
    archived(
        List.of(),
        List.of(
            node(1, "Alice's old name", LATE.minusSeconds(90)),
            node(2, "Bob", LATE.minusSeconds(60)),
            node(3, "gone", LATE.minus(WINDOW))));
    manager.nodes().seen(node(1, "Alice", LATE));
    Answer<List<Node>> all = manager.nodes().all(ReadScope.ANY);
    assertEquals(List.of("Alice", "Bob", "gone"), names(all), "what waits to be written counts");
    assertEquals(LATE.minusSeconds(90), all.value().get(0).firstHeard());
    assertEquals(List.of("primary", "archive", "hikers"), all.sources());
    manager.nodes().flush();
    assertEquals(List.of("Alice", "Bob", "gone"), names(manager.nodes().all(ReadScope.ANY)));
    assertEquals(List.of("Alice", "Bob"), names(manager.nodes().online(ReadScope.ANY, WINDOW)));
  }

  @Test
  void nodesOfOneSourceAreThoseOfNoOther() throws Exception {
    archived(List.of(), List.of(node(1, "Alice's old name", LATE.minusSeconds(90))));
    manager.nodes().seen(node(1, "Alice", LATE));
    List<Answer<List<Node>>> answers = new ArrayList<>();
    answers.add(manager.nodes().all(ARCHIVE));
    answers.add(manager.nodes().all(new ReadScope.Source("primary")));
    answers.add(manager.nodes().all(new ReadScope.Meshnet("Forx")));
    answers.add(manager.nodes().all(Messages.OF_LINK));
    answers.add(manager.nodes().all(OF_HIKERS));
    assertEquals(
        List.of(
            List.of("Alice's old name"),
            List.of("Alice"),
            List.of("Alice"),
            List.of("Alice"),
            List.of()),
        answers.stream().map(SeveralSourcesTest::names).toList());
    assertEquals(
        List.of("archive", "primary", "primary", "primary", "hikers"),
        answers.stream().map(answer -> answer.sources().get(0)).toList());
  }

  @Test
  void withOneSourceEverythingIsThere() throws Exception {
    manager.close();
    manager = open(config());
    manager.nodes().seen(node(1, "Alice", LATE));
    assertEquals(List.of("primary"), manager.nodes().all(ReadScope.ANY).sources());
    say(Messages.over(Messages.OTHER, Messages.fromMesh(3, "no store of the hikers")));
    assertEquals(
        List.of("no store of the hikers"), texts(manager.archive().history(OF_HIKERS, LATE, 10)));
  }
}
