package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.Answer;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageArchive.LinkStatistics;
import org.longwire.relay.store.repository.MessageArchive.SenderStatistics;
import org.longwire.relay.store.repository.ReadScope;

abstract class MessageArchiveContract extends RepositoryContract {
  private static final Instant EVER = Instant.MAX;

  @TempDir
  Path directory;

  private void add(ArchivedMessage... messages) throws Exception {
    MessageArchive archive = backend.archive();
    for (ArchivedMessage message : messages) {
      archive.add(message);
    }
    backend.commit();
  }

  private static List<String> texts(Answer<List<ArchivedMessage>> answer) {
    return answer.value().stream().map(ArchivedMessage::text).toList();
  }

  private List<String> history(ReadScope scope) throws Exception {
    return texts(backend.archive().history(scope, EVER, 100));
  }

  @Test
  void aMessageComesBackWithEverythingThatWasToldOfIt() throws Exception {
    ArchivedMessage said = Messages.fromMesh(0xfffffff0, "Grüße an 世界 👋🏽\n\"'\\%_ \u0000end");
    ArchivedMessage answered = Messages.fromRoom(2, "");
    add(said, answered);
    MessageArchive archive = backend.archive();
    ArchivedMessage found = archive
        .byPacket("Forx", Messages.ALICE, new PacketId(0xfffffff0), ReadScope.ANY)
        .orElseThrow();
    assertEquals(Messages.withId(found.id(), said), found);
    ArchivedMessage other = archive.byEvent(new EventId("$r2"), ReadScope.ANY).orElseThrow();
    assertEquals(Messages.withId(other.id(), answered), other);
    assertEquals(
        found, archive.byEvent(said.event().orElseThrow(), ReadScope.ANY).orElseThrow());
    assertTrue(archive
        .byPacket("Elsewhere", Messages.ALICE, new PacketId(0xfffffff0), ReadScope.ANY)
        .isEmpty());
    assertTrue(archive.byEvent(new EventId("$R2"), ReadScope.ANY).isEmpty());
  }

  @Test
  void theSameMessageAgainChangesNothing() throws Exception {
    add(Messages.fromMesh(1, "first"));
    add(Messages.fromMesh(1, "again"), Messages.fromRoom(2, "x"), Messages.fromRoom(2, "y"));
    assertEquals(List.of("x", "first"), history(ReadScope.ANY));
  }

  @Test
  void aMessageOverTwoLinksIsInBothAndShownOnceAmongAll() throws Exception {
    ArchivedMessage message = Messages.fromMesh(1, "both");
    add(message, Messages.over(Messages.OTHER, message));
    assertEquals(List.of("both"), history(ReadScope.ANY));
    assertEquals(List.of("both"), history(Messages.OF_LINK));
    assertEquals(List.of("both"), history(new ReadScope.Link(Messages.OTHER)));
  }

  @Test
  void historyComesInPagesTheLatestFirst() throws Exception {
    for (int i = 1; i <= 25; i++) {
      backend.archive().add(Messages.fromRoom(i, "n" + i));
    }
    add(Messages.over(Messages.OTHER, Messages.fromRoom(99, "elsewhere")));
    List<ArchivedMessage> first =
        backend.archive().history(Messages.OF_LINK, EVER, 10).value();
    assertEquals("n25", first.get(0).text());
    assertEquals("n16", first.get(9).text());
    List<ArchivedMessage> second =
        backend.archive().history(Messages.OF_LINK, first.get(9).at(), 100).value();
    assertEquals(15, second.size());
    assertEquals("n15", second.get(0).text());
    assertEquals(
        26, backend.archive().history(ReadScope.ANY, EVER, 1_000).value().size());
    assertEquals(0, backend.archive().history(ReadScope.ANY, EVER, 0).value().size());
    assertEquals(
        0, backend.archive().history(ReadScope.ANY, Instant.MIN, 10).value().size());
  }

  @Test
  void messagesOfOneMillisecondKeepTheirOrder() throws Exception {
    for (int i = 1; i <= 20; i++) {
      ArchivedMessage message = Messages.fromRoom(i, "n" + i);
      backend
          .archive()
          .add(new ArchivedMessage(
              0,
              message.link(),
              "Forx",
              Messages.NOON,
              "Bob",
              message.node(),
              message.packet(),
              message.event(),
              false,
              message.text()));
    }
    backend.commit();
    List<String> latest = history(ReadScope.ANY);
    assertEquals("n20", latest.get(0));
    assertEquals("n1", latest.get(19));
  }

  @Test
  void anAnswerSaysWhereItIsFrom() throws Exception {
    Answer<List<ArchivedMessage>> answer = backend.archive().history(ReadScope.ANY, EVER, 1);
    assertEquals(List.of(Backend.SOURCE), answer.sources());
    assertFalse(answer.isPartial());
    assertThrows(
        StoreException.class,
        () -> backend.archive().history(new ReadScope.Source("nowhere"), EVER, 1));
  }

  @Test
  void aSendersMessagesAreHisAlone() throws Exception {
    add(
        Messages.fromMesh(1, "a1"),
        Messages.fromRoom(2, "b1"),
        Messages.fromMesh(3, "a2"),
        Messages.over(Messages.OTHER, Messages.fromMesh(4, "a3")));
    MessageArchive archive = backend.archive();
    assertEquals(
        List.of("a3", "a2", "a1"), texts(archive.bySender("Alice", ReadScope.ANY, EVER, 9)));
    assertEquals(List.of("a2", "a1"), texts(archive.bySender("Alice", Messages.OF_LINK, EVER, 9)));
    assertEquals(
        List.of("a1"),
        texts(archive.bySender("Alice", ReadScope.ANY, Messages.NOON.plusSeconds(3), 9)));
    assertEquals(List.of(), texts(archive.bySender("alice", ReadScope.ANY, EVER, 9)));
  }

  @Test
  void statisticsCountByLinkAndBySender() throws Exception {
    add(
        Messages.fromMesh(1, "1"),
        Messages.fromMesh(2, "2"),
        Messages.fromRoom(3, "3"),
        Messages.over(Messages.OTHER, Messages.fromRoom(4, "4")));
    MessageArchive archive = backend.archive();
    LinkStatistics link = archive.statistics(Messages.OF_LINK).value().get(0);
    assertEquals(
        new LinkStatistics(
            Messages.LINK, 2, 1, Messages.NOON.plusSeconds(1), Messages.NOON.plusSeconds(3)),
        link);
    assertEquals(2, archive.statistics(ReadScope.ANY).value().size());
    assertEquals(
        List.of(
            new SenderStatistics("Alice", 2, Messages.NOON.plusSeconds(2)),
            new SenderStatistics("Bob", 2, Messages.NOON.plusSeconds(4))),
        archive.senders(ReadScope.ANY, Messages.NOON, 10).value());
    assertEquals(
        List.of("Bob"),
        archive.senders(ReadScope.ANY, Messages.NOON.plusSeconds(3), 10).value().stream()
            .map(SenderStatistics::sender)
            .toList());
  }

  @Test
  void activeNodesAreThoseThatSaidSomethingSince() throws Exception {
    add(Messages.fromMesh(1, "1"), Messages.fromMesh(2, "2"), Messages.fromRoom(3, "3"));
    MessageArchive archive = backend.archive();
    assertEquals(
        List.of(Messages.ALICE),
        archive.activeNodes(ReadScope.ANY, Messages.NOON, 10).value());
    List<NodeId> none =
        archive.activeNodes(ReadScope.ANY, Messages.NOON.plusSeconds(3), 10).value();
    assertEquals(List.of(), none);
  }

  @Test
  void whatIsDeletedIsNowhereAnyMore() throws Exception {
    add(Messages.fromMesh(1, "secret word"), Messages.fromMesh(2, "other word"));
    MessageArchive archive = backend.archive();
    long id = archive.byEvent(new EventId("$m1"), ReadScope.ANY).orElseThrow().id();
    assertTrue(archive.delete(id));
    assertFalse(archive.delete(id));
    assertEquals(List.of("other word"), history(ReadScope.ANY));
    assertEquals(List.of("other word"), texts(archive.search("word", ReadScope.ANY, 10)));
    assertEquals(List.of(), texts(archive.search("secret", ReadScope.ANY, 10)));
  }

  @Test
  void theLinksAreThoseThatHaveMessages() throws Exception {
    MessageArchive archive = backend.archive();
    assertEquals(Set.of(), archive.links());
    add(
        Messages.fromMesh(1, "here"),
        Messages.fromMesh(2, "again"),
        Messages.over(Messages.OTHER, Messages.fromRoom(3, "there")));
    assertEquals(Set.of(Messages.LINK, Messages.OTHER), archive.links());
    assertTrue(archive.delete(
        archive.byEvent(new EventId("$r3"), ReadScope.ANY).orElseThrow().id()));
    assertEquals(Set.of(Messages.LINK), archive.links());
  }

  @Test
  void expiryGoesInBoundedBatchesUntilNothingIsOlder() throws Exception {
    for (int i = 1; i <= 700; i++) {
      backend.archive().add(Messages.fromRoom(i, "n" + i));
    }
    backend.commit();
    MessageArchive archive = backend.archive();
    Instant limit = Messages.NOON.plusSeconds(601);
    assertEquals(Trimming.BATCH, archive.expire(limit));
    assertEquals(600 - Trimming.BATCH, archive.expire(limit));
    assertEquals(0, archive.expire(limit));
    assertEquals(100, archive.history(ReadScope.ANY, EVER, 500).value().size());
  }

  @Test
  void aLinkIsExportedLineByLineOldestFirst() throws Exception {
    for (int i = 1; i <= 600; i++) {
      backend.archive().add(Messages.fromRoom(i, "n\"" + i));
    }
    add(
        Messages.over(Messages.OTHER, Messages.fromRoom(700, "elsewhere")),
        Messages.fromMesh(800, "👍\n"));
    Path file = directory.resolve("archive.jsonl");
    assertEquals(601, backend.archive().export(Messages.LINK, file));
    List<String> lines = Files.readAllLines(file);
    assertEquals(601, lines.size());
    assertEquals(
        "{\"at\":1795176001456,\"room\":\"#mesh:example.org\",\"radio\":\"main\",\"channel\":0,"
            + "\"meshnet\":\"Forx\",\"sender\":\"Bob\",\"event\":\"$r1\",\"from_mesh\":false,"
            + "\"text\":\"n\\\"1\"}",
        lines.get(0).replaceFirst("\"id\":\\d+,", ""));
    assertTrue(lines.get(600).contains("\"node\":\"!a11ce000\",\"packet\":800,"), lines.get(600));
    assertTrue(lines.get(600).endsWith("\"text\":\"\\ud83d\\udc4d\\u000a\"}"), lines.get(600));
    assertEquals(601, history501());
  }

  private int history501() throws Exception {
    List<ArchivedMessage> page = backend
        .archive()
        .history(Messages.OF_LINK, EVER, MessageArchive.MAX_PAGE)
        .value();
    return page.size()
        + backend
            .archive()
            .history(Messages.OF_LINK, page.get(page.size() - 1).at(), MessageArchive.MAX_PAGE)
            .value()
            .size();
  }

  @Test
  void aPacketIdThatComesRoundIsAnotherMessage() throws Exception {
    ArchivedMessage first = Messages.fromMesh(1, "first");
    ArchivedMessage again = new ArchivedMessage(
        0,
        first.link(),
        first.meshnet(),
        first.at().plus(Duration.ofDays(3)),
        first.sender(),
        first.node(),
        first.packet(),
        Optional.of(new EventId("$again")),
        true,
        "again");
    add(first, again);
    assertEquals(List.of("again", "first"), history(ReadScope.ANY));
    add(first, again);
    assertEquals(List.of("again", "first"), history(ReadScope.ANY), "told again, kept once");
    assertEquals(
        "again",
        backend
            .archive()
            .byPacket("Forx", Messages.ALICE, first.packet().orElseThrow(), ReadScope.ANY)
            .orElseThrow()
            .text());
  }
}
