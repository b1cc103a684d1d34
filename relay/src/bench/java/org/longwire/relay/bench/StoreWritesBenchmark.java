package org.longwire.relay.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.longwire.relay.run.Worker;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.Profile;
import org.longwire.relay.store.repository.MessageMap;
import org.longwire.relay.store.sql.SqlRepositories;
import org.longwire.relay.store.sql.StoreMetrics;

/** Mappings written in groups and one by one: how many a second, and what they cost the disk. */
class StoreWritesBenchmark {
  private static final int ROUNDS = 5;
  private static final int GROUPED = 5_000;
  private static final int ALONE = 500;

  private long next;

  @Test
  void mappings() throws Exception {
    measure("FULL", Profile.LEDGER);
    measure("NORMAL", Profile.STORE);
  }

  private void measure(String name, Profile profile) throws Exception {
    Path file = Jmh.freshStore("writes-" + name);
    try (Database database = Database.open(file, Options.store().withProfile(profile));
        Worker writer = new Worker(
            "store-writer",
            database.worker(),
            Duration.ofSeconds(10),
            Throwable::printStackTrace)) {
      StoreMetrics metrics = new StoreMetrics(System::nanoTime, false);
      MessageMap map = new SqlRepositories(
              InstantSource.system(), new Random(1), metrics, Optional.empty())
          .messageMap(database);
      write(map, database, GROUPED, GROUPED);
      print(name + " grouped by " + writer.role(), map, database, GROUPED, GROUPED);
      print(name + " one commit each", map, database, ALONE, 1);
    }
  }

  private void print(String name, MessageMap map, Database database, int count, int each)
      throws Exception {
    double[] rates = new double[ROUNDS];
    ProcessFigures self = new ProcessFigures(ProcessHandle.current().pid());
    long before = self.writtenBytes();
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      write(map, database, count, each);
      rates[round] = count / ((System.nanoTime() - begin) / 1e9);
    }
    long bytes = self.writtenBytes() - before;
    Figures.print(
        "mappings %s: %s; %.0f bytes written each; %s",
        name, Figures.spread(rates, "a second"), (double) bytes / (ROUNDS * count), Figures.load());
  }

  /** @param each writes between two waits for their commit */
  private void write(MessageMap map, Database database, int count, int each) throws Exception {
    for (int i = 1; i <= count; i++) {
      next++;
      map.remember(BenchTalk.mapping(next));
      if (i % each == 0) {
        database.flush();
      }
    }
  }
}
