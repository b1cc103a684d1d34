package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.longwire.radio.ChannelIndex;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.DatabaseConfig.Kind;
import org.longwire.relay.config.DatabaseConfig.Mapping;
import org.longwire.relay.config.DatabaseConfig.Source;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.repository.Answer;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.ReadScope;

/** One question to two stores and two archives, one of which may be away. */
class SourcesTest {
  private static final LinkKey HIKERS =
      new LinkKey("#hikers:example.org", RadioId.MAIN, new ChannelIndex(0));
  private static final LinkKey MESH =
      new LinkKey("#mesh:example.org", RadioId.MAIN, new ChannelIndex(0));
  private static final LinkKey OLD =
      new LinkKey("#old:example.org", RadioId.MAIN, new ChannelIndex(0));

  private final Map<String, WritableStore> stores = new LinkedHashMap<>();
  private final Archive archive = new Archive("archive");
  private final Archive old = new Archive("old");
  private Sources sources;

  private record Row(String text, long id) {}

  /** A source that answers with what it is told, or is away. */
  private static final class Archive implements ReadSource {
    private final String name;
    List<Row> rows = List.of();
    boolean away;
    int asked;
    Duration given = Duration.ZERO;

    Archive(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Kind kind() {
      return Kind.MMRELAY;
    }

    @Override
    public Dialect dialect() {
      return Dialect.SQLITE;
    }

    @Override
    public <T> T read(Work<T> work, Duration limit) throws StoreException {
      asked++;
      given = limit;
      if (away) {
        throw new StoreException.Transient("the disk is not there");
      }
      try {
        return work.run(null);
      } catch (java.sql.SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @BeforeEach
  void open() throws Exception {
    Map<String, Source> configured = new LinkedHashMap<>();
    configured.put("old", source(true, true));
    configured.put("primary", source(false, false));
    configured.put("archive", source(true, false));
    configured.put("hikers", source(false, false));
    for (String name : List.of("primary", "hikers")) {
      stores.put(name, Database.open(Database.MEMORY, Options.store().withSchema(Words.FIRST)));
      stores.get(name).unattended();
    }
    List<Mapping> mapping = List.of(
        new Mapping(Optional.of(HIKERS.room()), OptionalInt.empty(), Optional.empty(), "hikers"),
        new Mapping(Optional.of(OLD.room()), OptionalInt.empty(), Optional.empty(), "old"),
        new Mapping(Optional.empty(), OptionalInt.empty(), Optional.of("North"), "archive"));
    sources = new Sources(
        new DatabaseConfig(configured, "primary", "primary", mapping, false),
        stores,
        Map.of("old", old, "archive", archive),
        "Forx",
        Sources.LIMIT);
  }

  private static Source source(boolean readOnly, boolean fallsBack) {
    return new Source(
        Path.of("/nowhere"), readOnly, Kind.LONGWIRE, fallsBack, true, Duration.ZERO, 1);
  }

  @AfterEach
  void close() {
    stores.values().forEach(WritableStore::close);
  }

  private void say(String store, String... words) throws Exception {
    for (String word : words) {
      stores.get(store).write(Words.adding(word));
    }
  }

  private SourceQuery<List<Row>> query() {
    return source -> source instanceof Archive archived
        ? tx -> archived.rows
        : tx -> tx.list(
            "SELECT text, id FROM word ORDER BY length(text) DESC, text",
            r -> new Row(r.getString(1), r.getLong(2)));
  }

  private Answer<List<List<Row>>> ask(ReadScope scope) throws StoreException {
    return sources.each(scope, query());
  }

  private static List<String> texts(Answer<List<List<Row>>> answer) {
    return answer.value().stream().flatMap(List::stream).map(Row::text).toList();
  }

  @Test
  void eachSourceAnswersAndTheMainOneFirst() throws Exception {
    say("primary", "bbb", "a");
    say("hikers", "dddd", "cc");
    archive.rows = List.of(new Row("eeeee", 1), new Row("ccc", 2));
    Answer<List<List<Row>>> answer = ask(ReadScope.ANY);
    assertEquals(List.of("bbb", "a", "eeeee", "ccc", "dddd", "cc"), texts(answer));
    assertEquals(List.of("primary", "old", "archive", "hikers"), answer.sources());
    assertFalse(answer.isPartial());
  }

  @Test
  void aSourceThatIsAwayIsNamed() throws Exception {
    say("primary", "here");
    archive.away = true;
    Answer<List<List<Row>>> answer = ask(ReadScope.ANY);
    assertEquals(List.of("here"), texts(answer));
    assertEquals(List.of("archive"), answer.missing());
    assertTrue(answer.isPartial());
    Sources.Status status = sources.status().get(2);
    assertEquals(
        List.of("archive", 1L, Optional.of("the disk is not there")),
        List.of(status.name(), status.failures(), status.problem()));
    archive.away = false;
    assertFalse(ask(ReadScope.ANY).isPartial());
    assertEquals(Optional.empty(), sources.status().get(2).problem());
  }

  @Test
  void whereAllAreAwayThereIsNoAnswer() {
    archive.away = true;
    StoreException failure =
        assertThrows(StoreException.Transient.class, () -> ask(new ReadScope.Source("archive")));
    assertEquals("the disk is not there", failure.getMessage());
  }

  @Test
  void theSubstituteAnswersForAMissingSourceThatAllowsItAndSaysSo() throws Exception {
    say("primary", "here");
    old.away = true;
    Answer<List<List<Row>>> answer = ask(new ReadScope.Link(OLD));
    assertEquals(List.of("here"), texts(answer));
    assertEquals(List.of("primary"), answer.sources());
    assertEquals(List.of("old"), answer.missing());
  }

  @Test
  void aScopeAsksOnlyItsSource() throws Exception {
    say("primary", "primary");
    say("hikers", "hikers");
    archive.rows = List.of(new Row("archive", 1));
    assertEquals(List.of("hikers"), texts(ask(new ReadScope.Link(HIKERS))));
    assertEquals(List.of("primary"), texts(ask(new ReadScope.Link(MESH))));
    assertEquals(0, archive.asked);
    assertEquals(List.of("archive"), texts(ask(new ReadScope.Meshnet("North"))));
    assertEquals(List.of("archive"), texts(ask(new ReadScope.Source("archive"))));
    StoreException unknown =
        assertThrows(StoreException.Unusable.class, () -> ask(new ReadScope.Source("nowhere")));
    assertEquals(
        "there is no source \"nowhere\"; there are archive, hikers, old, primary",
        unknown.getMessage());
  }

  @Test
  void writesGoToTheLinksStoreElseToTheMainOne() {
    assertSame(stores.get("hikers"), sources.writableFor(HIKERS));
    assertSame(stores.get("primary"), sources.writableFor(MESH));
    assertSame(stores.get("primary"), sources.writableFor(OLD), "which is only read");
    assertSame(stores.get("primary"), sources.main());
    assertEquals(List.copyOf(stores.values()), sources.writable());
  }

  @Test
  void oneKnowsBeforehandWhetherTheMainStoreIsAskedAlone() {
    assertFalse(sources.isMainAlone(ReadScope.ANY));
    assertTrue(sources.isMainAlone(new ReadScope.Link(MESH)));
    assertFalse(sources.isMainAlone(new ReadScope.Link(HIKERS)));
    assertFalse(sources.isMainAlone(new ReadScope.Meshnet("North")));
    assertTrue(sources.isMainAlone(new ReadScope.Source("primary")));
    assertEquals(0, sources.decisions(SourceRouter.Tier.DEFAULT));
  }

  @Test
  void oneOfSeveralHasLittleTimeAndOneAloneAllItNeeds() throws Exception {
    ask(ReadScope.ANY);
    assertEquals(List.of(Sources.LIMIT, Sources.LIMIT), List.of(archive.given, old.given));
    ask(new ReadScope.Source("archive"));
    assertEquals(Sources.LIMIT_ALONE, archive.given);
    ask(new ReadScope.Link(OLD));
    assertEquals(Sources.LIMIT_ALONE, old.given);
  }
}
