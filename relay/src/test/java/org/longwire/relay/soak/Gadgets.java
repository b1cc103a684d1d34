package org.longwire.relay.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.PluginData;

/** Plugins that count, keep short lists, and now and then make several changes at once. */
final class Gadgets implements Traffic {
  private static final int PLUGINS = 5;
  private static final int KEPT = 20;

  private final DatabaseManager manager;
  private final Map<String, Deque<String>> lists = new HashMap<>();

  Gadgets(DatabaseManager manager) {
    this.manager = manager;
  }

  @Override
  public void turn(long number) throws Exception {
    String id = "plugin-" + number % PLUGINS;
    PluginData data = manager.pluginData(id);
    String value = Long.toString(number);
    if (number % 97 == 0) {
      data.batch(all -> change(all, value));
    } else {
      change(data, value);
    }
    Deque<String> list = lists.computeIfAbsent(id, plugin -> new ArrayDeque<>());
    list.add(value);
    if (list.size() > KEPT) {
      list.remove();
    }
    assertEquals(Optional.of(value), data.get(PluginData.OWN, "turn"));
  }

  private static void change(PluginData data, String value) throws StoreException {
    data.set(PluginData.OWN, "turn", value);
    data.append("node", "turns", value, KEPT);
  }

  void verify() throws Exception {
    for (Map.Entry<String, Deque<String>> one : lists.entrySet()) {
      PluginData data = manager.pluginData(one.getKey());
      data.flush();
      List<String> list = new ArrayList<>(one.getValue());
      assertEquals(list, data.list("node", "turns"));
      assertEquals(Optional.of(list.get(list.size() - 1)), data.get(PluginData.OWN, "turn"));
    }
  }
}
