package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.Setting;

class BuiltInsTest {
  private static final Path DOCS = Path.of("..", "docs", "plugins-builtin.md");

  private final List<BuiltIn> all = ServiceLoader.load(BuiltIn.class).stream()
      .map(ServiceLoader.Provider::get)
      .toList();

  @Test
  void thoseWhichNobodyNeedsToConfigureArePingHelpAndNodes() {
    assertEquals(
        Set.of("ping", "help", "nodes"),
        all.stream().filter(BuiltIn::isOnByDefault).map(BuiltIn::id).collect(Collectors.toSet()));
  }

  @Test
  void noTwoHaveAnIdOrAWordForACommandInCommon() {
    Set<String> ids = new HashSet<>();
    Set<String> words = new HashSet<>();
    for (BuiltIn plugin : all) {
      assertTrue(ids.add(plugin.id()), plugin.id());
      for (Command command : plugin.commands()) {
        List<String> its = new ArrayList<>(command.aliases());
        its.add(command.name());
        its.forEach(word -> assertTrue(words.add(word), word));
      }
    }
  }

  @Test
  void eachSaysWhatItDoesAndClaimsNothing() {
    for (BuiltIn plugin : all) {
      assertFalse(plugin.description().isBlank(), plugin.id());
      assertEquals(Set.of(), plugin.claims(), plugin.id());
      plugin
          .commands()
          .forEach(command -> assertFalse(command.description().isBlank(), command.name()));
      plugin
          .settings()
          .forEach(
              setting -> assertFalse(setting.help().isBlank(), plugin.id() + "." + setting.name()));
    }
  }

  @Test
  void eachHasItsSectionInTheDocsThatNamesItsSettingsAndShowsASample() throws IOException {
    String docs = "\n" + Files.readString(DOCS);
    for (BuiltIn plugin : all) {
      String[] parts = docs.split("\n## " + plugin.id() + "\n", -1);
      assertEquals(2, parts.length, plugin.id());
      String section = parts[1].split("\n## ", 2)[0];
      assertTrue(section.contains("```"), plugin.id());
      for (Setting<?> setting : plugin.settings()) {
        assertTrue(
            section.contains("`" + setting.name() + "`"), plugin.id() + "." + setting.name());
      }
    }
  }
}
