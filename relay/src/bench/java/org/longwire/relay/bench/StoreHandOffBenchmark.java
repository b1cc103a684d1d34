package org.longwire.relay.bench;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.longwire.relay.store.ManagedStores;
import org.longwire.relay.store.WritableStore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long somebody is held up who hands a write to the worker, which commits meanwhile; nobody
 * waits for the commit. The queue has room: waiting for it is the worker's slowness, not ours.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StoreHandOffBenchmark {
  private static final int FULL_ENOUGH = 256;

  private ManagedStores stores;
  private WritableStore store;
  private long next;

  @Setup(Level.Trial)
  public void open() throws Exception {
    stores = new ManagedStores(new ManagedStores.Files(Jmh.freshStore("hand-off")));
    store = stores.manager().sources().main();
  }

  @TearDown(Level.Trial)
  public void close() {
    stores.close();
  }

  @Setup(Level.Invocation)
  public void makeRoom() throws Exception {
    if (stores.waiting() >= FULL_ENOUGH) {
      stores.flush();
    }
  }

  /** A durable write of nothing. */
  @Benchmark
  public Object submit() throws Exception {
    return store.submit(transaction -> 0);
  }

  /** A mapping, as the outbox workers hand it over. */
  @Benchmark
  public Object remember() {
    next++;
    return stores.manager().messageMap().remember(BenchTalk.mapping(next));
  }

  @Test
  void figures() throws Exception {
    Jmh.run(StoreHandOffBenchmark.class);
  }
}
