package org.longwire.relay.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.longwire.relay.config.DatabaseConfig.Mapping;
import org.longwire.relay.store.SourceRouter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to decide which source is asked, over ten thousand decisions. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StoreRoutingBenchmark {
  private static final int DECISIONS = 10_000;
  private static final int MAPPED_ROOMS = 100;
  private static final List<String> SOURCES = List.of("primary", "archive", "north", "hikers");

  /** Every other one is of no mapping, so that all of the rules are looked at. */
  private final String[] rooms = new String[DECISIONS];

  private final SourceRouter<String> router = new SourceRouter<>(
      Map.of("primary", "primary", "archive", "archive", "north", "north", "hikers", "hikers"),
      "primary",
      mapping());
  private final String direct = "primary";
  private int next;

  /** Fills the rooms; a new object for each, as they come from the network. */
  public StoreRoutingBenchmark() {
    for (int i = 0; i < DECISIONS; i++) {
      rooms[i] = "#room-" + i % (2 * MAPPED_ROOMS) + ":example.org";
    }
  }

  private static List<Mapping> mapping() {
    List<Mapping> mapping = new ArrayList<>();
    for (int i = 0; i < MAPPED_ROOMS; i++) {
      mapping.add(new Mapping(
          Optional.of("#room-" + i + ":example.org"),
          i % 3 == 0 ? OptionalInt.of(i % 8) : OptionalInt.empty(),
          i % 5 == 0 ? Optional.of("Forx") : Optional.empty(),
          SOURCES.get(i % SOURCES.size())));
    }
    for (int channel = 4; channel < 8; channel++) {
      mapping.add(
          new Mapping(Optional.empty(), OptionalInt.of(channel), Optional.empty(), "hikers"));
    }
    mapping.add(new Mapping(Optional.empty(), OptionalInt.empty(), Optional.of("North"), "north"));
    return mapping;
  }

  private String decide(int i) {
    return router.route(rooms[i], i % 8, i % 16 == 0 ? "North" : "Forx");
  }

  @Benchmark
  @OperationsPerInvocation(DECISIONS)
  public void routed(Blackhole hole) {
    for (int i = 0; i < DECISIONS; i++) {
      hole.consume(decide(i));
    }
  }

  /** The same without a decision. */
  @Benchmark
  @OperationsPerInvocation(DECISIONS)
  public void direct(Blackhole hole) {
    for (int i = 0; i < DECISIONS; i++) {
      hole.consume(rooms[i]);
      hole.consume(direct);
    }
  }

  /** One decision at a time; looking at the clock is in it, some 25 ns. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public String single() {
    next = next + 1 < DECISIONS ? next + 1 : 0;
    return decide(next);
  }

  @Test
  void figures() throws Exception {
    Jmh.run(StoreRoutingBenchmark.class);
  }
}
