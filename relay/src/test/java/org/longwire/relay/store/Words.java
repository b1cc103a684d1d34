package org.longwire.relay.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;

/** A small database of words whose writes a test commits by hand, on a clock of its own. */
final class Words implements AutoCloseable {
  static final Schema FIRST =
      new Schema("word list", 0x4c775465, List.of("sql/test/01-words.sqlite.sql"));
  static final Schema SECOND = new Schema(
      "word list",
      0x4c775465,
      List.of("sql/test/01-words.sqlite.sql", "sql/test/02-lengths.sqlite.sql"));
  static final Schema BROKEN = new Schema(
      "word list",
      0x4c775465,
      List.of("sql/test/01-words.sqlite.sql", "sql/test/02-broken.sqlite.sql"));

  final AtomicLong nanos = new AtomicLong();
  final Commits commits = new Commits();
  final Database database;

  Words(Path file) throws StoreException {
    this(file, FIRST);
  }

  Words(Path file, Schema schema) throws StoreException {
    this.database = Database.open(
        file,
        Options.ledger()
            .withSchema(schema)
            .withNanoTime(nanos::get)
            .withObserver(commits)
            .withSubmitLimit(Duration.ZERO));
  }

  static Work<Integer> adding(String word) {
    return tx -> tx.update("INSERT INTO word(text) VALUES (?)", word);
  }

  /** A closed file with so many words. */
  static void fill(Path file, int count) throws Exception {
    try (Words words = new Words(file)) {
      for (int i = 0; i < count; i++) {
        words.write(adding("word " + i + "x".repeat(100)));
      }
    }
  }

  CompletableFuture<Integer> submit(String word) throws InterruptedException {
    return database.submit(adding(word));
  }

  CompletableFuture<Integer> submitLazy(String word) throws InterruptedException {
    return database.submitLazy(adding(word));
  }

  void commitDue() {
    database.worker().runDue();
  }

  <T> T write(Work<T> work) throws Exception {
    CompletableFuture<T> future = database.submit(work);
    commitDue();
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException own ? own : e;
    }
  }

  List<String> all() throws StoreException {
    return database.read(
        tx -> tx.list("SELECT text FROM word ORDER BY id", row -> row.getString(1)));
  }

  @Override
  public void close() {
    database.close();
  }

  /** Counts, and runs what a test hangs in. */
  static final class Commits implements CommitObserver {
    volatile int count;
    volatile Runnable before = () -> {};
    volatile Runnable after = () -> {};

    @Override
    public void beforeCommit() {
      before.run();
    }

    @Override
    public void afterCommit() {
      count++;
      after.run();
    }
  }
}
