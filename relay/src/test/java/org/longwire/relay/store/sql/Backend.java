package org.longwire.relay.store.sql;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.longwire.relay.run.Worker;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageMap;
import org.longwire.relay.store.repository.NodeRegistry;
import org.longwire.relay.store.repository.PluginData;
import org.longwire.relay.store.repository.RoomSettings;
import org.longwire.relay.store.repository.StoreSeal;

/** A database under test, which can be closed and opened again, and the thread that writes it. */
final class Backend implements AutoCloseable {
  static final String SOURCE = "primary";

  /** Opens the same database every time. */
  @FunctionalInterface
  interface Opener {
    WritableStore open() throws Exception;
  }

  final TestClock clock = new TestClock(Instant.parse("2026-11-20T12:00:00.123Z"));
  final StoreMetrics metrics = new StoreMetrics(System::nanoTime, false);
  private final Opener opener;
  private final SqlRepositories repositories =
      new SqlRepositories(clock, new Random(1), metrics, Optional.of(Duration.ofHours(2)));
  private WritableStore store;
  private Worker worker;

  private final boolean lasting;

  Backend(Opener opener) throws Exception {
    this(opener, true);
  }

  /** @param lasting whether the database outlives its closing */
  Backend(Opener opener, boolean lasting) throws Exception {
    this.opener = opener;
    this.lasting = lasting;
    open();
  }

  private void open() throws Exception {
    store = opener.open();
    worker =
        new Worker("store-writer", store.duty().orElseThrow(), Duration.ofSeconds(10), bug -> {});
  }

  /** The same database, closed and opened anew if it outlives that; with new repositories. */
  void reopen() throws Exception {
    commit();
    if (lasting) {
      close();
      open();
    }
  }

  WritableStore store() {
    return store;
  }

  MessageMap map() {
    return repositories.messageMap(store);
  }

  MessageArchive archive() {
    return repositories.archive(new SingleSource(SOURCE, store));
  }

  NodeRegistry nodes() {
    return repositories.nodes(new SingleSource(SOURCE, store));
  }

  RoomSettings settings() {
    return repositories.roomSettings(store);
  }

  StoreSeal seal() {
    return repositories.seal(store);
  }

  PluginData plugin(String id) {
    return repositories.pluginData(store, id);
  }

  /** Makes everything that was submitted durable. */
  void commit() throws Exception {
    store.flush();
  }

  @Override
  public void close() {
    worker.close();
    store.close();
  }
}
