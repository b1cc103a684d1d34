package org.longwire.relay.store.sql;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageMap;
import org.longwire.relay.store.repository.NodeRegistry;
import org.longwire.relay.store.repository.PluginData;
import org.longwire.relay.store.repository.RoomSettings;

/** Makes the repositories, each with its measuring around it. */
public final class SqlRepositories {
  private final InstantSource clock;
  private final RandomGenerator random;
  private final StoreMetrics metrics;
  private final Optional<Duration> presence;
  private final TimeIds ids;

  /**
   * @param random what tells rows of one millisecond apart; needs no secrecy
   * @param presence after how long without a sign a node counts as gone in its event trail; empty
   *     if comings and goings are not kept there
   */
  public SqlRepositories(
      InstantSource clock,
      RandomGenerator random,
      StoreMetrics metrics,
      Optional<Duration> presence) {
    this.clock = clock;
    this.random = random;
    this.metrics = metrics;
    this.presence = presence;
    this.ids = new TimeIds(random);
  }

  public MessageMap messageMap(WritableStore store) {
    return metrics.measured(MessageMap.class, new SqlMessageMap(store, ids));
  }

  MessageArchive archive(ScopedReads sources) {
    return metrics.measured(MessageArchive.class, new SqlMessageArchive(sources, ids));
  }

  NodeRegistry nodes(ScopedReads sources) {
    return metrics.measured(NodeRegistry.class, new SqlNodeRegistry(sources, ids, clock, presence));
  }

  public RoomSettings roomSettings(WritableStore store) {
    return metrics.measured(RoomSettings.class, new SqlRoomSettings(store));
  }

  /** @param plugin its id; the data of others is out of its reach */
  public PluginData pluginData(WritableStore store, String plugin) {
    return metrics.measured(
        PluginData.class, new SqlPluginData(store, plugin, new TimeIds(random), clock));
  }
}
