package org.longwire.relay.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.longwire.relay.config.DatabaseConfig.Source;
import org.longwire.relay.run.Duty;

/**
 * A store of ours that somebody else may be writing, looked at as if it were a file of others:
 * nothing is brought up to date, repaired, or left beside it. Every write fails. Safe for use by
 * many threads.
 */
final class LookedAtStore implements WritableStore {
  private final Path path;
  private final ReadOnlySource source;

  LookedAtStore(String name, Source source, ReadOnlySource.Means means) {
    this.path = source.path();
    this.source = new ReadOnlySource(name, source, means);
  }

  @Override
  public <T> T read(Work<T> work) throws StoreException {
    return read(work, Sources.LIMIT_ALONE);
  }

  @Override
  public <T> T read(Work<T> work, Duration limit) throws StoreException {
    try {
      return source.read(work, limit);
    } catch (StoreException e) {
      throw SqlErrors.isDamage(e) ? SqlErrors.damagedStore(path, e) : e;
    }
  }

  private StoreException refusal() {
    return new StoreException.ReadOnly(path + " is only looked at; nothing is written to it");
  }

  @Override
  public <T> T write(Work<T> work) throws StoreException {
    throw refusal();
  }

  @Override
  public <T> CompletableFuture<T> submit(Work<T> work) {
    return CompletableFuture.failedFuture(refusal());
  }

  @Override
  public <T> CompletableFuture<T> submitLazy(Work<T> work) {
    return submit(work);
  }

  @Override
  public <T> CompletableFuture<T> submitBulk(Work<T> work, int bytes) {
    return submit(work);
  }

  @Override
  public Dialect dialect() {
    return source.dialect();
  }

  @Override
  public StoreState state() {
    return StoreState.OPEN;
  }

  @Override
  public ConnectionUse connections() {
    return source.connections();
  }

  @Override
  public Optional<Duty> duty() {
    return Optional.empty();
  }

  @Override
  public void unattended() {
    // Nobody writes, attended or not.
  }

  @Override
  public void flush() {
    // Nothing waits.
  }

  @Override
  public void close() {
    source.close();
  }

  @Override
  public void close(Duration limit) {
    close();
  }
}
