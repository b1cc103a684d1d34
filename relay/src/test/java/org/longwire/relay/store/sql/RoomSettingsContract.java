package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.relay.store.repository.RoomSettings;

abstract class RoomSettingsContract extends RepositoryContract {
  @Test
  void aSettingIsDurableWhenItIsSet() throws Exception {
    backend.settings().set("!a:example.org", "language", "Füße 🦶");
    backend.settings().set("!a:example.org", "language", "de");
    backend.settings().set("!A:example.org", "language", "en");
    backend.reopen();
    assertEquals(Optional.of("de"), backend.settings().get("!a:example.org", "language"));
    assertEquals(Map.of("language", "en"), backend.settings().all("!A:example.org"));
    assertTrue(backend.settings().get("!a:example.org", "Language").isEmpty());
  }

  @Test
  void aRemovedSettingIsGone() throws Exception {
    RoomSettings settings = backend.settings();
    settings.set("!a", "one", "1");
    settings.set("!a", "two", "2");
    assertTrue(settings.remove("!a", "one"));
    assertFalse(settings.remove("!a", "one"));
    assertEquals(Map.of("two", "2"), settings.all("!a"));
    assertEquals(Map.of(), settings.all("!b"));
  }

  @Test
  void whatDoesNotFitIsRefused() throws Exception {
    RoomSettings settings = backend.settings();
    String most = "ä".repeat(RoomSettings.MAX_VALUE_BYTES / 2);
    settings.set("!a", "big", most);
    assertEquals(Optional.of(most), settings.get("!a", "big"));
    assertThrows(IllegalArgumentException.class, () -> settings.set("!a", "big", most + "x"));
    assertThrows(IllegalArgumentException.class, () -> settings.set("!a", "space ", "x"));
    assertThrows(IllegalArgumentException.class, () -> settings.set("!a", "k".repeat(256), "x"));
  }
}
