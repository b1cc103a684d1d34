package org.longwire.relay.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.MessageContent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.run.Worker;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;

/** Durable accepts per second, by one caller after the other and by many at once (in groups). */
class LedgerBenchmark {
  private static final int WARM_UP = 500;
  private static final int COUNT = 4_000;
  private static final Path DIRECTORY =
      Path.of(System.getProperty("longwire.root"), "relay/target/bench-ledger");

  @Test
  void durableAccepts() throws Exception {
    Installation.remove(DIRECTORY);
    Files.createDirectories(DIRECTORY);
    try (Database database = Database.open(DIRECTORY.resolve("ledger.db"), Options.ledger());
        Worker writer = new Worker(
            "store-writer",
            database.worker(),
            Duration.ofSeconds(10),
            Throwable::printStackTrace)) {
      Ledger ledger = Ledger.open(database, InstantSource.system(), new SecureRandom());
      accept(ledger, 0, WARM_UP);
      int first = WARM_UP;
      for (int callers : List.of(1, 8, 32)) {
        long begin = System.nanoTime();
        together(ledger, callers, first);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Figures.print(
            "ledger: %.0f durable accepts/s by %d callers (%s); %s",
            COUNT / callers * callers / seconds, callers, writer.role(), Figures.load());
        first += COUNT;
      }
    }
  }

  private static void together(Ledger ledger, int callers, int first) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      List<Future<?>> all = new ArrayList<>();
      int each = COUNT / callers;
      for (int i = 0; i < callers; i++) {
        int from = first + i * each;
        all.add(threads.submit(() -> {
          accept(ledger, from, each);
          return from;
        }));
      }
      for (Future<?> one : all) {
        one.get(5, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void accept(Ledger ledger, int first, int count) throws Exception {
    for (int i = first; i < first + count; i++) {
      ledger.accept(arrival(i));
    }
  }

  private static Arrival arrival(int number) {
    Instant now = Instant.now();
    String text = "text number " + number + " of a benchmark, about as long as texts are";
    Address room = new Address.Room("#bench:example.org");
    Arrival.NewEntry delivery = new Arrival.NewEntry(
        room,
        new Payload.RoomMessage(MessageContent.notice(text)),
        now.plus(Duration.ofDays(7)),
        1,
        1);
    Origin origin =
        new Origin.Packet(RadioId.MAIN, new NodeId(0x5e1f0001), new PacketId(number + 1));
    return new Arrival(
        origin, now, "Ridge Hut", "0", text, Optional.empty(), List.of(delivery), Optional.empty());
  }
}
