package org.longwire.relay.plugin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.Place;
import org.longwire.relay.bridge.PlainText;
import org.longwire.relay.bridge.Portal;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.ReadScope;

/**
 * The archive as plugins see it: one place at a time, and no private one. What was said in a room
 * of several channels, or on a channel of several rooms, was archived once for each of them. Any
 * thread.
 */
final class SharedWords {
  /** A clock that was put back has said things in what is now the future. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private final PortalTable portals;
  private final MessageArchive archive;
  private final InstantSource clock;

  SharedWords(PortalTable portals, MessageArchive archive, InstantSource clock) {
    this.portals = portals;
    this.archive = archive;
    this.clock = clock;
  }

  /** What is asked of the archive for one link. */
  @FunctionalInterface
  private interface Question<T> {
    List<T> ask(ReadScope scope) throws StoreException;
  }

  private <T> List<T> ask(Place place, Question<T> question) throws StoreException {
    List<T> all = new ArrayList<>();
    for (LinkKey link : links(place)) {
      all.addAll(question.ask(new ReadScope.Link(link)));
    }
    return all;
  }

  private List<LinkKey> links(Place place) {
    Collection<Portal> rooms = List.of();
    if (place instanceof Place.Room room) {
      rooms = portals.of(room.id()).stream().toList();
    } else if (place instanceof Place.Channel channel && RadioId.isValid(channel.radio())) {
      rooms = portals.of(new RadioId(channel.radio()), channel.channel());
    }
    return rooms.stream()
        .filter(portal -> !portal.isDirect())
        .flatMap(portal -> portal.ends().stream()
            .filter(end -> !(place instanceof Place.Channel channel)
                || end.radio().value().equals(channel.radio())
                    && end.channel().equals(channel.channel()))
            .map(end -> new LinkKey(portal.address().configured(), end.radio(), end.channel())))
        .toList();
  }

  List<Archive.Line> history(Place place, int limit) throws StoreException {
    Instant end = clock.instant().plus(AHEAD);
    int page = page(limit);
    return latest(ask(place, scope -> archive.history(scope, end, page).value()), page);
  }

  List<Archive.Line> search(Place place, String words, int limit) throws StoreException {
    int page = page(limit);
    return latest(ask(place, scope -> archive.search(words, scope, page).value()), page);
  }

  private static int page(int limit) {
    return Math.max(1, Math.min(limit, Limits.ARCHIVE_PAGE));
  }

  private static List<Archive.Line> latest(List<ArchivedMessage> messages, int limit) {
    return messages.stream()
        .map(message -> new Archive.Line(
            message.at(),
            PlainText.name(message.sender(), "?"),
            message.fromMesh(),
            PlainText.text(message.text())))
        .distinct()
        .sorted(Comparator.comparing(Archive.Line::at).reversed())
        .limit(limit)
        .toList();
  }

  List<Archive.Talker> talkers(Place place, Instant since, int limit) throws StoreException {
    int page = page(limit);
    Map<String, Archive.Talker> bySender = new LinkedHashMap<>();
    ask(place, scope -> archive.senders(scope, since, page).value()).forEach(some -> {
      String name = PlainText.name(some.sender(), "?");
      boolean repeats = isRepeated(place, !some.sender().startsWith("@"));
      bySender.merge(
          name,
          new Archive.Talker(name, some.messages(), some.last()),
          (a, b) -> new Archive.Talker(
              name, sum(repeats, a.messages(), b.messages()), later(a.last(), b.last())));
    });
    return bySender.values().stream()
        .sorted(Comparator.comparingLong(Archive.Talker::messages)
            .thenComparing(Archive.Talker::last)
            .reversed())
        .limit(page)
        .toList();
  }

  Optional<Archive.Totals> totals(Place place) throws StoreException {
    return ask(place, scope -> archive.statistics(scope).value()).stream()
        .map(
            some -> new Archive.Totals(some.fromMesh(), some.fromRoom(), some.first(), some.last()))
        .reduce((a, b) -> new Archive.Totals(
            sum(isRepeated(place, true), a.fromMesh(), b.fromMesh()),
            sum(isRepeated(place, false), a.fromRoom(), b.fromRoom()),
            a.first().isBefore(b.first()) ? a.first() : b.first(),
            later(a.last(), b.last())));
  }

  /** Whether what one side says is in the archive once for each link of the place. */
  private static boolean isRepeated(Place place, boolean fromMesh) {
    return fromMesh == place instanceof Place.Channel;
  }

  private static long sum(boolean repeats, long a, long b) {
    return repeats ? Math.max(a, b) : a + b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
