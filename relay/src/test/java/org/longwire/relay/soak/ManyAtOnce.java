package org.longwire.relay.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.ConnectionUse;
import org.longwire.relay.store.ManagedStores;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.WorkerExecutor;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.PluginData;
import org.longwire.relay.store.repository.ReadScope;

/**
 * A hundred links, fifty plugins and ten thousand nodes at the same time: nobody is turned away or
 * starves, nothing grows without a limit, and everything is there once.
 */
abstract class ManyAtOnce {
  private static final int LINKS = 100;
  private static final int PLUGINS = 50;
  private static final int NODES = 10_000;
  private static final int READ_EVERY = 10;
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir
  Path directory;

  private final int messages;
  private final int batches;

  /**
   * @param messages of each link
   * @param batches of each plugin
   */
  ManyAtOnce(int messages, int batches) {
    this.messages = messages;
    this.batches = batches;
  }

  @Test
  void aHundredLinksFiftyPluginsAndTenThousandNodesAtOnce() throws Exception {
    try (ManagedStores stores =
        new ManagedStores(new ManagedStores.Files(directory.resolve("store.db")))) {
      stores.connectAll();
      List<Talk> talks =
          IntStream.range(0, LINKS).mapToObj(i -> talk(stores, i)).toList();
      Acquaintances nodes =
          new Acquaintances(stores.manager().nodes(), InstantSource.system(), NODES);
      ConnectionUse connections = stores.manager().connections();
      long files = Footprint.now(directory).files();
      List<Callable<Boolean>> all = new ArrayList<>();
      talks.forEach(talk -> all.add(() -> speak(stores, talk)));
      IntStream.range(0, PLUGINS).forEach(i -> all.add(() -> batches(plugin(stores, i))));
      all.add(() -> meet(nodes));
      atOnce(all);
      // What the writer gathers itself may be put off while the queue is full; nobody else's is.
      stores.requireDrained();
      assertEquals(connections.opens(), stores.manager().connections().opens(), "connections");
      assertEquals(files, Footprint.now(directory).files(), "open files");
      for (Talk talk : talks) {
        assertEquals(messages, talk.kept());
        talk.verify(directory);
      }
      assertEquals((long) LINKS * messages, stores.manager().messageMap().count());
      nodes.verify();
      for (int i = 0; i < PLUGINS; i++) {
        verify(plugin(stores, i));
      }
    }
  }

  private static Talk talk(ManagedStores stores, int number) {
    LinkKey link =
        new LinkKey("#room-" + number + ":example.org", RadioId.MAIN, new ChannelIndex(number % 8));
    Instant[] last = {START.plusMillis(number)};
    InstantSource clock = () -> last[0] = last[0].plusMillis(LINKS);
    return new Talk(stores.manager(), clock, new NodeId(number + 1), List.of(link), 1);
  }

  private static PluginData plugin(ManagedStores stores, int number) {
    return stores.manager().pluginData("plugin-" + number);
  }

  /** Starts all of them together, each on a thread of its own, and waits for all. */
  private static void atOnce(List<Callable<Boolean>> all) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(all.size());
    CyclicBarrier start = new CyclicBarrier(all.size());
    try {
      List<Future<Boolean>> running = new ArrayList<>();
      for (Callable<Boolean> one : all) {
        running.add(threads.submit(() -> {
          start.await();
          return one.call();
        }));
      }
      for (Future<Boolean> one : running) {
        assertTrue(one.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Speaks, and reads its own link while everybody writes; who is not answered is told so. */
  private boolean speak(ManagedStores stores, Talk talk) throws Exception {
    int answers = 0;
    for (int i = 1; i <= messages; i++) {
      talk.turn(i);
      if (i % READ_EVERY == 0) {
        assertTrue(stores.waiting() <= WorkerExecutor.QUEUE_LIMIT);
        assertEquals(1, stores.manager().messageMap().byEvent(talk.event(i)).size());
        answers += page(stores, talk.link()) ? 1 : 0;
      }
    }
    assertTrue(answers > 0, "no answer for " + talk.link());
    return true;
  }

  private static boolean page(ManagedStores stores, LinkKey link) throws StoreException {
    try {
      List<ArchivedMessage> page = stores
          .manager()
          .archive()
          .history(new ReadScope.Link(link), Instant.MAX, 20)
          .value();
      assertTrue(page.stream().allMatch(message -> message.link().equals(link)));
      return true;
    } catch (StoreException.Transient e) {
      // A machine so busy that half a second was not enough.
      return false;
    }
  }

  private boolean batches(PluginData data) throws Exception {
    for (int i = 1; i <= batches; i++) {
      String number = Integer.toString(i);
      data.batch(changes -> {
        changes.set(PluginData.OWN, "last", number);
        changes.append(PluginData.OWN, "all", number, batches);
      });
      assertEquals(Optional.of(number), data.get(PluginData.OWN, "last"));
    }
    return true;
  }

  private void verify(PluginData data) throws Exception {
    assertEquals(Optional.of(Integer.toString(batches)), data.get(PluginData.OWN, "last"));
    assertEquals(
        IntStream.rangeClosed(1, batches).mapToObj(Integer::toString).toList(),
        data.list(PluginData.OWN, "all"));
  }

  private static boolean meet(Acquaintances nodes) throws Exception {
    for (int i = 0; i < NODES / Acquaintances.EACH; i++) {
      nodes.turn(i);
    }
    return true;
  }
}
