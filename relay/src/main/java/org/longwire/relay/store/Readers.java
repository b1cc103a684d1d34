package org.longwire.relay.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few readers of one file: whoever reads takes the first that is free, else waits for one. Each
 * costs memory, so all but the first connect when they are needed. Safe for use by many threads.
 */
final class Readers implements AutoCloseable {
  private final List<DatabaseReader> readers;
  private final AtomicInteger next = new AtomicInteger();

  private Readers(List<DatabaseReader> readers) {
    this.readers = List.copyOf(readers);
  }

  static Readers open(Path file, Options options) throws StoreException {
    List<DatabaseReader> all = new ArrayList<>();
    all.add(DatabaseReader.open(file, options.schema(), options.nanoTime()));
    while (all.size() < options.readers()) {
      all.add(DatabaseReader.spare(file, options.schema(), options.nanoTime()));
    }
    return new Readers(all);
  }

  /** Readers of a file that may not be there yet. */
  static Readers later(Path file, Options options) {
    List<DatabaseReader> all = new ArrayList<>();
    while (all.size() < options.readers()) {
      all.add(DatabaseReader.spare(file, options.schema(), options.nanoTime()));
    }
    return new Readers(all);
  }

  <T> T read(Work<T> work) throws StoreException {
    return choose().read(work);
  }

  <T> T read(Work<T> work, Duration limit) throws StoreException {
    return choose().read(work, limit);
  }

  private DatabaseReader choose() {
    for (DatabaseReader reader : readers) {
      if (!reader.isTaken()) {
        return reader;
      }
    }
    return readers.get(Math.floorMod(next.getAndIncrement(), readers.size()));
  }

  ConnectionUse connections() {
    return readers.stream()
        .map(DatabaseReader::connections)
        .reduce(ConnectionUse.NONE, ConnectionUse::plus);
  }

  void reopen() {
    readers.forEach(DatabaseReader::reopen);
  }

  @Override
  public void close() {
    readers.forEach(DatabaseReader::end);
    readers.forEach(DatabaseReader::close);
  }
}
