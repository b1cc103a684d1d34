package org.longwire.relay.store.repository;

import java.util.Map;
import java.util.Optional;
import org.longwire.relay.store.StoreException;

/** Settings that people made in a room by command. Few and small. Any thread. */
public interface RoomSettings {
  int MAX_VALUE_BYTES = 4_096;

  Optional<String> get(String room, String key) throws StoreException;

  /** Durable on return. */
  void set(String room, String key, String value) throws StoreException;

  /** @return whether there was one */
  boolean remove(String room, String key) throws StoreException;

  Map<String, String> all(String room) throws StoreException;
}
