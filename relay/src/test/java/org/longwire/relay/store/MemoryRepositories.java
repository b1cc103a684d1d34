package org.longwire.relay.store;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageMap;
import org.longwire.relay.store.repository.NodeRegistry;
import org.longwire.relay.store.repository.PluginData;
import org.longwire.relay.store.repository.RoomSettings;
import org.longwire.relay.store.repository.StoreSeal;

/**
 * Repositories of which a test only wants to know when they were made and flushed, and over what.
 */
final class MemoryRepositories implements RepositoryFactory {
  final List<String> made = new ArrayList<>();
  final List<WritableStore> stores = new ArrayList<>();
  final ConcurrentHashMap<String, Integer> flushes = new ConcurrentHashMap<>();

  /** What a flush of the nodes writes. */
  volatile Work<?> pending = tx -> 0;

  @Override
  public MessageMap messageMap(WritableStore store) {
    return stub(MessageMap.class, "map", store);
  }

  @Override
  public MessageArchive archive(Sources sources) {
    return stub(MessageArchive.class, "archive", sources.main());
  }

  @Override
  public NodeRegistry nodes(Sources sources) {
    return stub(NodeRegistry.class, "nodes", sources.main());
  }

  @Override
  public RoomSettings roomSettings(WritableStore store) {
    return stub(RoomSettings.class, "rooms", store);
  }

  @Override
  public StoreSeal seal(WritableStore store) {
    return stub(StoreSeal.class, "seal", store);
  }

  @Override
  public PluginData pluginData(WritableStore store, String plugin) {
    return stub(PluginData.class, "plugin " + plugin, store);
  }

  private <T> T stub(Class<T> type, String name, WritableStore store) {
    made.add(name);
    stores.add(store);
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          if (method.getName().equals("flush")) {
            flushes.merge(name, 1, Integer::sum);
            store.write(pending);
            return null;
          }
          throw new UnsupportedOperationException(method.getName());
        }));
  }
}
