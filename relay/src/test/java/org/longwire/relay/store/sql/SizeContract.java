package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.ReadScope;

/** A large archive is asked in bounded pages and written out in a stream. */
abstract class SizeContract extends RepositoryContract {
  private static final int MILLI_STEP = 250;

  @TempDir
  Path directory;

  private final int messages;

  SizeContract(int messages) {
    this.messages = messages;
  }

  private static ArchivedMessage message(int n) {
    return new ArchivedMessage(
        0,
        Messages.LINK,
        "Forx",
        Messages.NOON.plusMillis((long) n * MILLI_STEP),
        "sender " + n % 100,
        Optional.empty(),
        Optional.empty(),
        Optional.of(new EventId("$event-" + n)),
        false,
        "message number%d of everybody%s".formatted(n, n % 1_000 == 0 ? " rare" : ""));
  }

  private void fill() throws Exception {
    MessageArchive archive = backend.archive();
    CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    for (int n = 1; n <= messages; n++) {
      last = archive.add(message(n));
      if (n % 500 == 0) {
        // The queue turns away what does not fit.
        backend.commit();
      }
    }
    backend.commit();
    last.get();
  }

  @Test
  void aLargeArchiveIsReadInBoundedPagesAndStreamedToAFile() throws Exception {
    fill();
    MessageArchive archive = backend.archive();
    assertEquals(
        MessageArchive.MAX_PAGE,
        archive.history(ReadScope.ANY, Instant.MAX, Integer.MAX_VALUE).value().size());
    assertEquals(
        MessageArchive.MAX_PAGE,
        archive.search("everybody", ReadScope.ANY, Integer.MAX_VALUE).value().size());
    List<ArchivedMessage> rare =
        archive.search("rare message", ReadScope.ANY, 10).value();
    assertEquals(10, rare.size());
    assertTrue(
        rare.get(0).text().contains("number" + messages + " "), rare.get(0).text());
    String middle = "number" + messages / 2;
    assertEquals(1, archive.search(middle, ReadScope.ANY, 10).value().size());
    assertTrue(archive.byEvent(new EventId("$event-1"), ReadScope.ANY).isPresent());
    assertEquals(messages, archive.statistics(ReadScope.ANY).value().get(0).fromRoom());
    assertEquals(Set.of(Messages.LINK), archive.links());
    Path file = directory.resolve("archive.jsonl");
    assertEquals(messages, archive.export(Messages.LINK, file));
    try (var lines = Files.lines(file)) {
      assertEquals(messages, lines.count());
    }
    int expired = 0;
    Instant early = Messages.NOON.plusMillis(1_201L * MILLI_STEP);
    for (int n = archive.expire(early); n > 0; n = archive.expire(early)) {
      assertTrue(n <= Trimming.BATCH);
      expired += n;
    }
    assertEquals(1_200, expired);
  }
}
