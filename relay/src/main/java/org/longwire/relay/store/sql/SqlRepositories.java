package org.longwire.relay.store.sql;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.longwire.relay.store.RepositoryFactory;
import org.longwire.relay.store.Sources;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageMap;
import org.longwire.relay.store.repository.NodeRegistry;
import org.longwire.relay.store.repository.PluginData;
import org.longwire.relay.store.repository.RoomSettings;
import org.longwire.relay.store.repository.StoreSeal;

/** Makes the repositories, each with its measuring around it. */
public final class SqlRepositories implements RepositoryFactory {
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

  @Override
  public MessageMap messageMap(WritableStore store) {
    return metrics.measured(MessageMap.class, new SqlMessageMap(store, ids));
  }

  @Override
  public MessageArchive archive(Sources sources) {
    return archive(new RoutedReads(sources));
  }

  MessageArchive archive(ScopedReads sources) {
    return metrics.measured(MessageArchive.class, new SqlMessageArchive(sources, ids));
  }

  @Override
  public NodeRegistry nodes(Sources sources) {
    return nodes(new RoutedReads(sources));
  }

  NodeRegistry nodes(ScopedReads sources) {
    return metrics.measured(NodeRegistry.class, new SqlNodeRegistry(sources, ids, clock, presence));
  }

  @Override
  public RoomSettings roomSettings(WritableStore store) {
    return metrics.measured(RoomSettings.class, new SqlRoomSettings(store));
  }

  @Override
  public StoreSeal seal(WritableStore store) {
    return metrics.measured(StoreSeal.class, new SqlStoreSeal(store, ids, clock));
  }

  @Override
  public PluginData pluginData(WritableStore store, String plugin) {
    return metrics.measured(
        PluginData.class, new SqlPluginData(store, plugin, new TimeIds(random), clock));
  }
}
