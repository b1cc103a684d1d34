package org.longwire.plugins.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.longwire.plugins.api.Setting;
import org.longwire.plugins.api.Settings;

/** What the operator has written of a plugin, held against what the plugin declares. Immutable. */
public final class CheckedSettings implements Settings {
  private final Map<String, Setting<?>> declared = new HashMap<>();
  private final Map<String, Object> values = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** @param written as HOCON unwraps it: texts, numbers, booleans, lists and maps of these */
  public CheckedSettings(List<Setting<?>> settings, Map<String, Object> written) {
    for (Setting<?> setting : settings) {
      declared.put(setting.name(), setting);
      values.put(setting.name(), setting.standard());
    }
    for (String key : new TreeSet<>(written.keySet())) {
      read(key, written.get(key));
    }
  }

  private void read(String key, Object written) {
    Setting<?> setting = declared.get(key);
    if (setting == null) {
      problems.add(key + " is no setting of it; " + cure(key));
      return;
    }
    try {
      values.put(key, SettingForms.read(setting.form(), written));
    } catch (SettingForms.Misfit e) {
      problems.add(key + e.getMessage());
    }
  }

  private String cure(String key) {
    if (declared.isEmpty()) {
      return "remove it, it has none of its own";
    }
    return Spelling.nearest(key, declared.keySet())
        .map(near -> "did you mean \"" + near + "\"?")
        .orElseGet(() -> "its settings are " + String.join(", ", new TreeSet<>(declared.keySet())));
  }

  /**
   * What is wrong, one sentence with its cure for each thing, which begins with the key; empty if
   * all is well. A setting that is wrong has its default.
   */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T get(Setting<T> setting) {
    if (!setting.equals(declared.get(setting.name()))) {
      throw new IllegalArgumentException(
          "the setting \"%s\" is not declared; return it from settings()"
              .formatted(setting.name()));
    }
    return (T) values.get(setting.name());
  }
}
