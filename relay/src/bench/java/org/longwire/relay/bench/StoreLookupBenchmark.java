package org.longwire.relay.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.ManagedStores;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageMap;
import org.longwire.relay.store.repository.ReadScope;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to find something among few messages and among many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class StoreLookupBenchmark {
  private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);
  private static final int PAGE = 50;

  @Param({"10000", "100000", "1000000"})
  private int messages;

  private final Random random = new Random(1);
  private ManagedStores stores;
  private MessageArchive archive;
  private MessageMap map;

  @Setup(Level.Trial)
  public void open() throws Exception {
    stores = new ManagedStores(new ManagedStores.Files(file(messages)));
    archive = stores.manager().archive();
    map = stores.manager().messageMap();
  }

  @TearDown(Level.Trial)
  public void close() {
    stores.close();
  }

  private static Path file(int size) throws Exception {
    return BenchTalk.filled("lookup-" + size, size, 1, 1);
  }

  private long any() {
    return 1 + random.nextInt(messages);
  }

  @Benchmark
  public Object mappingByPacket() throws Exception {
    return map.byPacket(RadioId.MAIN, BenchTalk.packet(any()));
  }

  @Benchmark
  public Object mappingByEvent() throws Exception {
    return map.byEvent(BenchTalk.event(any()));
  }

  @Benchmark
  public Object messageByPacket() throws Exception {
    long number = any();
    return archive.byPacket(
        "Forx", BenchTalk.speaker(number), BenchTalk.packet(number), ReadScope.ANY);
  }

  @Benchmark
  public Object messageByEvent() throws Exception {
    return archive.byEvent(BenchTalk.event(any()), ReadScope.ANY);
  }

  @Benchmark
  public Object latestPage() throws Exception {
    return archive.history(ReadScope.ANY, Instant.MAX, PAGE);
  }

  /** A word that stands in one message. */
  @Benchmark
  public Object searchOfOne() throws Exception {
    return archive.search("message" + any(), ReadScope.ANY, PAGE);
  }

  /** A word that stands in every message. */
  @Benchmark
  public Object searchOfAll() throws Exception {
    return archive.search("everybody", ReadScope.ANY, PAGE);
  }

  @Test
  void figures() throws Exception {
    for (int size : SIZES) {
      file(size);
    }
    Jmh.run(StoreLookupBenchmark.class);
  }
}
