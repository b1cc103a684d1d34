package org.longwire.relay.store;

import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageMap;
import org.longwire.relay.store.repository.NodeRegistry;
import org.longwire.relay.store.repository.PluginData;
import org.longwire.relay.store.repository.RoomSettings;
import org.longwire.relay.store.repository.StoreSeal;

/**
 * Makes the repositories over the stores lent to it; the {@link DatabaseManager} calls it once for
 * each and hands them out. The repositories own no connection and are not closed; what they hold
 * back is flushed before the stores close.
 */
public interface RepositoryFactory {
  MessageMap messageMap(WritableStore store);

  MessageArchive archive(Sources sources);

  NodeRegistry nodes(Sources sources);

  StoreSeal seal(WritableStore store);

  RoomSettings roomSettings(WritableStore store);

  /** @param plugin its id; the data of others is out of its reach */
  PluginData pluginData(WritableStore store, String plugin);
}
