package org.longwire.relay.store.sql;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.RoomSettings;

/** Room settings in the table {@code room_setting}. */
final class SqlRoomSettings implements RoomSettings {
  /** Settings of one room that are shown; commands make a handful. */
  private static final int MAX_SETTINGS = 1_000;

  private static final String GET = "SELECT value FROM room_setting WHERE room = ? AND name = ?";
  private static final String ALL =
      "SELECT name, value FROM room_setting WHERE room = ? ORDER BY name LIMIT " + MAX_SETTINGS;
  private static final String REMOVE = "DELETE FROM room_setting WHERE room = ? AND name = ?";

  private final WritableStore store;
  private final String set;

  SqlRoomSettings(WritableStore store) {
    this.store = store;
    this.set = store.dialect().upsert("room_setting", List.of("room", "name"), List.of("value"));
  }

  @Override
  public Optional<String> get(String room, String key) throws StoreException {
    return store.read(tx -> tx.first(GET, row -> row.getString(1), room, key));
  }

  @Override
  public void set(String room, String key, String value) throws StoreException {
    Columns.key(room, Columns.NAME_LIMIT, "room");
    Columns.key(key, Columns.NAME_LIMIT, "setting");
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("a setting has " + MAX_VALUE_BYTES + " bytes at most");
    }
    Writes.durable(store, tx -> tx.update(set, room, key, value));
  }

  @Override
  public boolean remove(String room, String key) throws StoreException {
    return Writes.durable(store, tx -> tx.update(REMOVE, room, key)) > 0;
  }

  @Override
  public Map<String, String> all(String room) throws StoreException {
    Map<String, String> found = new TreeMap<>();
    store
        .read(tx -> tx.list(ALL, row -> Map.entry(row.getString(1), row.getString(2)), room))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }
}
