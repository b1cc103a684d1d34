package org.longwire.relay.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.longwire.relay.store.ManagedStores;
import org.longwire.relay.store.repository.Answer;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.ReadScope;
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
 * A page of fifty out of four sources of fifty thousand messages each. They take turns by time;
 * every message of the last source is in the first one too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class StoreMergeBenchmark {
  private static final int ROWS = 50_000;
  private static final int PAGE = 50;

  private ManagedStores stores;

  @Setup(Level.Trial)
  public void open() throws Exception {
    stores = new ManagedStores(new ManagedStores.Files(
        fill(), Map.of("merge-2", true, "merge-3", true, "merge-4", true), List.of()));
  }

  private static Path fill() throws Exception {
    BenchTalk.filled("merge-2", ROWS, 2, 3);
    BenchTalk.filled("merge-3", ROWS, 3, 3);
    BenchTalk.filled("merge-4", ROWS, 1, 3);
    return BenchTalk.filled("merge-1", ROWS, 1, 3);
  }

  @TearDown(Level.Trial)
  public void close() {
    stores.close();
  }

  @Benchmark
  public Object latestPage() throws Exception {
    return whole(stores.manager().archive().history(ReadScope.ANY, Instant.MAX, PAGE));
  }

  @Benchmark
  public Object search() throws Exception {
    return whole(stores.manager().archive().search("everybody wire", ReadScope.ANY, PAGE));
  }

  private static Object whole(Answer<List<ArchivedMessage>> page) {
    if (page.isPartial() || page.value().size() != PAGE || page.sources().size() != 4) {
      throw new IllegalStateException("not a page of four sources: " + page);
    }
    return page;
  }

  @Test
  void figures() throws Exception {
    fill();
    Jmh.run(StoreMergeBenchmark.class);
  }
}
