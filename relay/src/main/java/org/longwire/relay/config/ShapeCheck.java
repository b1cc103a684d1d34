package org.longwire.relay.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.longwire.plugins.host.Spelling;

/** Walks everything that was written: unknown keys, wrong forms, and keys without effect. */
final class ShapeCheck {
  private final ConfigProblems problems;
  private final Place file;

  ShapeCheck(ConfigProblems problems, Place file) {
    this.problems = problems;
    this.file = file;
  }

  void check(ConfigObject root) {
    section(Shape.ALL, root, "");
  }

  private void section(Shape shape, ConfigObject object, String path) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String word = entry.getKey();
      String at = path.isEmpty() ? word : path + "." + word;
      Optional<Shape> child = shape.child(word);
      if (child.isPresent()) {
        value(child.get(), entry.getValue(), at);
      } else {
        problems.error(
            place(entry.getValue()), at, " is not a key here" + meant(shape, word, path));
      }
    }
  }

  private void value(Shape shape, ConfigValue value, String path) {
    if (shape.key().isPresent()) {
      leaf(shape.key().get(), value, path);
    } else if (shape.isList()) {
      if (value instanceof ConfigList list) {
        elements(shape, list, path);
      } else {
        problems.error(
            place(value),
            path,
            " is " + Forms.show(value) + "; write a list: " + path + " = [ { ... } ]");
      }
    } else if (value instanceof ConfigObject object) {
      section(shape, object, path);
    } else {
      problems.error(
          place(value),
          path,
          " is " + Forms.show(value) + "; write a section: " + path + " { ... }");
    }
  }

  private void elements(Shape shape, ConfigList list, String path) {
    if (list.size() > Keys.MAX_BRIDGES) {
      problems.error(
          place(list),
          path,
          " has %d elements; use at most %d".formatted(list.size(), Keys.MAX_BRIDGES));
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      String at = path + "[" + i + "]";
      if (list.get(i) instanceof ConfigObject object) {
        section(shape, object, at);
      } else {
        problems.error(
            place(list.get(i)),
            at,
            " is " + Forms.show(list.get(i)) + "; write a section: { ... }");
      }
    }
  }

  private <T> void leaf(Key<T> key, ConfigValue value, String path) {
    if (value.valueType() == ConfigValueType.NULL) {
      problems.error(place(value), path, " is null; remove the line to have the default");
      return;
    }
    Form.Reading<T> reading = key.form().read(value);
    if (reading.value().isEmpty()) {
      problems.error(Place.of(reading.origin(), file), path, reading.complaint());
    }
  }

  private Place place(ConfigValue value) {
    return Place.of(value.origin(), file);
  }

  private static String meant(Shape shape, String word, String path) {
    String tidy = word.toLowerCase(Locale.ROOT).replace('_', '-');
    String ours =
        Keys.OTHER_WORDS.getOrDefault(tidy, Keys.OTHER_WORDS.getOrDefault(path + "." + tidy, ""));
    List<String> words = shape.words();
    if (words.contains(ours) || ours.contains(".")) {
      return "; did you mean \"" + ours + "\"?";
    }
    Optional<String> near = Spelling.nearest(tidy, words);
    if (near.isPresent()) {
      return "; did you mean \"" + near.get() + "\"?";
    }
    Optional<String> elsewhere = Keys.ALL.stream()
        .filter(key -> key.name().equals(tidy))
        .map(key -> key.path().replace("radios.*", "radio"))
        .findFirst();
    return elsewhere
        .map(other -> "; did you mean \"" + other + "\"?")
        .orElseGet(() -> "; the keys %s are %s"
            .formatted(path.isEmpty() ? "at the top" : "of " + path, String.join(", ", words)));
  }
}
