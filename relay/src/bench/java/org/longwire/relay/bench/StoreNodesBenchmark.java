package org.longwire.relay.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.longwire.radio.NodeId;
import org.longwire.relay.soak.Acquaintances;
import org.longwire.relay.store.ManagedStores;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.NodeRegistry;
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

/** Who is online, of a thousand nodes, all of them; another one is heard before each question. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StoreNodesBenchmark {
  private static final int NODES = 1_000;
  private static final Duration WINDOW = Duration.ofHours(2);

  private ManagedStores stores;
  private NodeRegistry nodes;
  private int next;

  @Setup(Level.Trial)
  public void open() throws Exception {
    stores = new ManagedStores(new ManagedStores.Files(Jmh.freshStore("nodes")));
    nodes = stores.manager().nodes();
    for (int i = 0; i < NODES; i++) {
      hear();
    }
    nodes.flush();
  }

  @TearDown(Level.Trial)
  public void close() {
    stores.close();
  }

  @Setup(Level.Invocation)
  public void hear() {
    next = (next + 7) % NODES;
    nodes.seen(Acquaintances.node(new NodeId(next + 1), "Node " + next, Instant.now()));
  }

  @Benchmark
  public Object online() throws Exception {
    List<Node> online = nodes.online(ReadScope.ANY, WINDOW).value();
    if (online.size() != NODES) {
      throw new IllegalStateException(online.size() + " nodes online");
    }
    return online;
  }

  @Test
  void figures() throws Exception {
    Jmh.run(StoreNodesBenchmark.class);
  }
}
