package org.longwire.relay.store.sql;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.longwire.matrix.EventId;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.store.Dialect;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Transaction;
import org.longwire.relay.store.Work;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.Answer;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.ReadScope;

/**
 * The archive in the tables {@code message} and {@code link}. Messages are written lazily and found
 * after their commit. What several sources hold is merged by time and shown once.
 */
final class SqlMessageArchive implements MessageArchive {
  /** More than an event can hold, so that nothing is ever cut that could arrive. */
  private static final int MAX_TEXT = 65_536;

  private static final Comparator<ArchivedMessage> LATEST_FIRST =
      Comparator.comparing(ArchivedMessage::at).reversed();

  private final ScopedReads sources;
  private final TimeIds ids;
  private final ArchiveReads reads = new ArchiveReads();
  private final MmrelayReads mmrelays;
  private final Trimming trimming = new Trimming("message");

  SqlMessageArchive(ScopedReads sources, TimeIds ids) {
    this.sources = sources;
    this.ids = ids;
    this.mmrelays = new MmrelayReads(sources.meshnet());
  }

  @Override
  public CompletableFuture<Void> add(ArchivedMessage message) {
    long id = ids.next(message.at());
    WritableStore store = sources.ownOf(message.link());
    return Writes.lazy(store, tx -> {
          long identity = Hashes.identity(message, id);
          if (message.packet().isPresent()) {
            Instant before = message.at().minus(Repeats.WINDOW);
            tx.update(
                ArchiveSql.RETIRE, identity, Hashes.of(message.link()), TimeIds.first(before));
          }
          return insert(tx, store.dialect(), id, identity, message);
        })
        .thenAccept(changed -> {});
  }

  static int insert(
      Transaction tx, Dialect dialect, long id, long identity, ArchivedMessage message)
      throws SQLException {
    LinkKey link = message.link();
    tx.update(
        dialect.insertOrIgnore("link", ArchiveSql.LINK),
        Hashes.of(link),
        Columns.fitting(link.room(), Columns.NAME_LIMIT),
        link.radio().value(),
        link.channel().value());
    return tx.update(
        dialect.insertOrIgnore("message", ArchiveSql.MESSAGE),
        id,
        Hashes.of(link),
        identity,
        message.meshnet(),
        Columns.fitting(message.sender(), Columns.NAME_LIMIT),
        message.node().map(NodeId::unsigned),
        message.packet().map(PacketId::unsigned),
        message.event().map(EventId::value),
        message.event().map(Hashes::of),
        message.fromMesh() ? 1 : 0,
        Columns.fitting(message.text(), MAX_TEXT));
  }

  @Override
  public Optional<ArchivedMessage> byPacket(
      String meshnet, NodeId from, PacketId packet, ReadScope scope) throws StoreException {
    return one(scope, reads.byPacket(meshnet, from, packet), mmrelays.byPacket(meshnet, packet));
  }

  @Override
  public Optional<ArchivedMessage> byEvent(EventId event, ReadScope scope) throws StoreException {
    return one(scope, reads.byEvent(event), mmrelays.byEvent(event));
  }

  private Optional<ArchivedMessage> one(
      ReadScope scope, Work<List<ArchivedMessage>> ours, Work<List<ArchivedMessage>> theirs)
      throws StoreException {
    return sources.each(scope, dialect -> ours, theirs).value().stream()
        .flatMap(List::stream)
        .findFirst();
  }

  @Override
  public Answer<List<ArchivedMessage>> bySender(
      String sender, ReadScope scope, Instant before, int limit) throws StoreException {
    int page = page(limit);
    String name = Columns.fitting(sender, Columns.NAME_LIMIT);
    return merged(scope, dialect -> reads.bySender(name, link(scope), before, page), none(), page);
  }

  @Override
  public Answer<List<ArchivedMessage>> history(ReadScope scope, Instant before, int limit)
      throws StoreException {
    int page = page(limit);
    return merged(
        scope,
        dialect -> reads.history(link(scope), before, page),
        mmrelays.history(link(scope), before, page),
        page);
  }

  @Override
  public Answer<List<ArchivedMessage>> search(String words, ReadScope scope, int limit)
      throws StoreException {
    int page = page(limit);
    return merged(
        scope,
        dialect -> reads.search(words, link(scope), dialect, page),
        mmrelays.search(words, link(scope), page),
        page);
  }

  /** For what an MMRelay does not keep: who said something, and when. */
  private static <T> Work<List<T>> none() {
    return tx -> List.of();
  }

  private static int page(int limit) {
    return Math.max(0, Math.min(limit, MAX_PAGE));
  }

  private static Optional<LinkKey> link(ReadScope scope) {
    return scope instanceof ReadScope.Link link ? Optional.of(link.link()) : Optional.empty();
  }

  /** The latest of all sources, each message once: from the first source that has it. */
  private Answer<List<ArchivedMessage>> merged(
      ReadScope scope,
      Function<Dialect, Work<List<ArchivedMessage>>> ours,
      Work<List<ArchivedMessage>> theirs,
      int limit)
      throws StoreException {
    Answer<List<List<ArchivedMessage>>> found = sources.each(scope, ours, theirs);
    Repeats repeats = new Repeats();
    List<ArchivedMessage> latest = found.value().stream()
        .flatMap(List::stream)
        .sorted(LATEST_FIRST)
        .filter(repeats::isNew)
        .limit(limit)
        .toList();
    return new Answer<>(latest, found.sources(), found.missing());
  }

  /** Counts of several sources are added up: what two of them hold counts twice. */
  @Override
  public Answer<List<LinkStatistics>> statistics(ReadScope scope) throws StoreException {
    Answer<List<List<ArchiveReads.Share>>> found = sources.each(
        scope, dialect -> reads.statistics(link(scope)), mmrelays.statistics(link(scope)));
    List<LinkStatistics> links = found.value().stream()
        .flatMap(List::stream)
        .map(share -> new LinkStatistics(
            share.link(),
            share.fromMesh() ? share.count() : 0,
            share.fromMesh() ? 0 : share.count(),
            share.first(),
            share.last()))
        .toList();
    return new Answer<>(
        List.copyOf(together(links, LinkStatistics::link, SqlMessageArchive::sum)),
        found.sources(),
        found.missing());
  }

  private static LinkStatistics sum(LinkStatistics a, LinkStatistics b) {
    return new LinkStatistics(
        a.link(),
        a.fromMesh() + b.fromMesh(),
        a.fromRoom() + b.fromRoom(),
        a.first().isBefore(b.first()) ? a.first() : b.first(),
        later(a.last(), b.last()));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static <K, V> Collection<V> together(
      List<V> values, Function<V, K> key, BinaryOperator<V> sum) {
    Map<K, V> groups = new LinkedHashMap<>();
    values.forEach(value -> groups.merge(key.apply(value), value, sum));
    return groups.values();
  }

  @Override
  public Answer<List<SenderStatistics>> senders(ReadScope scope, Instant since, int limit)
      throws StoreException {
    int page = page(limit);
    Answer<List<List<ArchiveReads.Tally<String>>>> found =
        sources.each(scope, dialect -> reads.senders(link(scope), since, page), none());
    List<SenderStatistics> senders = found.value().stream()
        .flatMap(List::stream)
        .map(tally -> new SenderStatistics(tally.who(), tally.count(), tally.last()))
        .toList();
    List<SenderStatistics> most = together(
            senders,
            SenderStatistics::sender,
            (a, b) -> new SenderStatistics(
                a.sender(), a.messages() + b.messages(), later(a.last(), b.last())))
        .stream()
        .sorted(Comparator.comparingLong(SenderStatistics::messages)
            .reversed()
            .thenComparing(SenderStatistics::sender))
        .limit(page)
        .toList();
    return new Answer<>(most, found.sources(), found.missing());
  }

  @Override
  public Answer<List<NodeId>> activeNodes(ReadScope scope, Instant since, int limit)
      throws StoreException {
    int page = page(limit);
    Answer<List<List<ArchiveReads.Tally<NodeId>>>> found =
        sources.each(scope, dialect -> reads.active(link(scope), since, page), none());
    List<NodeId> nodes = found.value().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing((ArchiveReads.Tally<NodeId> tally) -> tally.last())
            .reversed())
        .map(ArchiveReads.Tally::who)
        .distinct()
        .limit(page)
        .toList();
    return new Answer<>(nodes, found.sources(), found.missing());
  }

  @Override
  public boolean delete(long id) throws StoreException {
    boolean found = false;
    for (WritableStore store : sources.allOwn()) {
      found |= Writes.durable(store, tx -> tx.update(ArchiveSql.DELETE, id)) > 0;
    }
    return found;
  }

  @Override
  public int expire(Instant olderThan) throws StoreException {
    int removed = 0;
    for (WritableStore store : sources.allOwn()) {
      removed += Writes.durable(store, Work.large(tx -> trimming.olderThan(tx, olderThan)));
    }
    return removed;
  }

  @Override
  public Set<LinkKey> links() throws StoreException {
    Set<LinkKey> links = new LinkedHashSet<>();
    for (WritableStore store : sources.allOwn()) {
      links.addAll(store.read(reads.links()));
    }
    return links;
  }

  @Override
  public long export(LinkKey link, Path file) throws StoreException {
    return ExportFile.write(file, out -> {
      long count = 0;
      for (WritableStore store : sources.allOwn()) {
        count += export(link, store, out);
      }
      return count;
    });
  }

  private long export(LinkKey link, WritableStore store, Writer out)
      throws IOException, StoreException {
    long count = 0;
    long last = -1;
    List<ArchivedMessage> page = store.read(reads.after(link, last, MAX_PAGE));
    while (!page.isEmpty()) {
      for (ArchivedMessage message : page) {
        out.write(MessageLine.of(message));
        last = message.id();
      }
      count += page.size();
      page = store.read(reads.after(link, last, MAX_PAGE));
    }
    return count;
  }
}
