package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longwire.radio.NodeId;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Dialect;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.NodeRegistry;
import org.longwire.relay.store.repository.ReadScope;

/** Size, as much of it as a quick build stands; {@code SqliteSizeIT} has more. */
class SqliteSizeTest extends SizeContract {
  private static final int MESSAGES = 100_000;
  private static final int NODES = 10_000;

  @TempDir
  Path files;

  SqliteSizeTest() {
    super(MESSAGES);
  }

  @Override
  Backend fresh() throws Exception {
    return new Backend(() -> Database.open(files.resolve("store.db"), Options.store()));
  }

  @Test
  void tenThousandNodesAreKeptAndTheNextIsNotedWhenThereIsRoom() throws Exception {
    NodeRegistry nodes = backend.nodes();
    for (int i = 1; i <= NODES; i++) {
      nodes.seen(new Node(
          "Forx",
          new NodeId(i),
          Optional.of("Node " + i),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          backend.clock.instant(),
          backend.clock.instant(),
          backend.clock.instant(),
          Node.Source.NODE_LIST));
    }
    assertEquals(NODES, nodes.online(ReadScope.ANY, Duration.ofHours(2)).value().size());
    nodes.flush();
    backend.reopen();
    assertEquals(NODES, backend.nodes().count());
    assertEquals(NODES, backend.nodes().all(ReadScope.ANY).value().size());
    long trail = backend
        .store()
        .read(tx -> tx.first("SELECT count(*) FROM node_event", row -> row.getLong(1)))
        .orElse(0L);
    assertEquals(NodeRows.MAX_EVENTS, trail);
  }

  static Stream<String> lookups() {
    return Stream.of(
        ArchiveSql.BY_IDENTITY,
        ArchiveSql.BY_EVENT,
        ArchiveSql.HISTORY,
        ArchiveSql.HISTORY_OF_LINK,
        ArchiveSql.BY_SENDER,
        ArchiveSql.BY_SENDER_OF_LINK,
        ArchiveSql.EXPORT,
        ArchiveSql.SCAN,
        ArchiveSql.search(Dialect.SQLITE));
  }

  /** What makes an answer cost the same in a small and a large archive. */
  @ParameterizedTest
  @MethodSource("lookups")
  void noLookupReadsTheWholeTableOrSortsIt(String sql) throws Exception {
    List<String> plan =
        backend.store().read(tx -> tx.list("EXPLAIN QUERY PLAN " + sql, row -> row.getString(4)));
    assertTrue(
        plan.get(0).matches("SEARCH message .*|SCAN message_words VIRTUAL TABLE.*"),
        plan.toString());
    assertFalse(plan.toString().contains("TEMP B-TREE"), plan.toString());
  }
}
