package org.longwire.relay.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.longwire.relay.config.DatabaseConfig.Kind;
import org.longwire.relay.config.DatabaseConfig.Source;

/**
 * A source that is never written: there is no method for it, the connection is opened read-only and
 * told so again, and what is opened is a file that we do not own. It is opened when it is first
 * asked, and anew when its file is another one.
 */
final class ReadOnlySource implements ReadSource, AutoCloseable {
  /** Readings of one question: the first may meet a file that changes under it. */
  private static final int MAX_READINGS = 2;

  /** Its first releases had no map; the names of nodes were always there. */
  private static final String MMRELAY_TABLES =
      "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN"
          + " ('message_map', 'longnames')";

  private final String name;
  private final Kind kind;
  private final List<One> ones = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  /** One connection and the file as it was when it was opened. */
  private record One(ForeignFile file, DatabaseReader reader) {}

  /**
   * How the files of others are opened.
   *
   * @param schema of the sources that are ours
   * @param cache our own directory, for copies
   */
  record Means(Schema schema, Path cache, MountTable mounts, LongSupplier nanoTime) {}

  ReadOnlySource(String name, Source source, Means means) {
    this.name = name;
    this.kind = source.kind();
    boolean copied = means.mounts().kindOf(source.path()) == MountTable.Kind.NETWORK;
    for (int i = 0; i < source.readers(); i++) {
      Path copy = means.cache().resolve(name + "-" + i + ".db");
      ForeignFile file = new ForeignFile(source.path(), copy, copied);
      ones.add(new One(
          file,
          DatabaseReader.lazy(source.path(), () -> open(file, means.schema()), means.nanoTime())));
    }
  }

  private OpenFile open(ForeignFile file, Schema schema) throws SQLException, StoreException {
    OpenFile open = file.open();
    try {
      Pragmas.requireSoundSqlite(open);
      Pragmas.applyToReader(open);
      if (kind == Kind.LONGWIRE) {
        new Migrator(file.path(), schema).requireCurrent(open);
      } else if (open.askNumber(MMRELAY_TABLES) == 0) {
        throw new StoreException.Unusable(
            file.path() + " is no database of MMRelay; give another path");
      }
      return open;
    } catch (SQLException | StoreException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public <T> T read(Work<T> work, Duration limit) throws StoreException {
    One one = choose();
    for (int reading = 1; ; reading++) {
      one.file().requireCopiedWithin(limit);
      if (one.file().hasChanged()) {
        one.reader().reopen();
      }
      try {
        T answer = one.reader().read(work, limit);
        // What was read while the file changed may be of no sense at all.
        if (!one.file().hasChanged()) {
          return answer;
        }
      } catch (StoreException e) {
        if (reading >= MAX_READINGS || !one.file().hasChanged()) {
          throw e;
        }
      }
      if (reading >= MAX_READINGS) {
        throw new StoreException.Transient(one.file().path() + " changes while it is read");
      }
    }
  }

  ConnectionUse connections() {
    return ones.stream()
        .map(one -> one.reader().connections())
        .reduce(ConnectionUse.NONE, ConnectionUse::plus);
  }

  private One choose() {
    for (One one : ones) {
      if (!one.reader().isTaken()) {
        return one;
      }
    }
    return ones.get(Math.floorMod(next.getAndIncrement(), ones.size()));
  }

  @Override
  public void close() {
    // Each is waited for, so all readings under way are ended first.
    ones.forEach(one -> one.reader().end());
    ones.forEach(one -> one.reader().close());
  }
}
