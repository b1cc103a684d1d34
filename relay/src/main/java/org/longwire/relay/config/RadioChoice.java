package org.longwire.relay.config;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the radios a section means.
 *
 * @param radios the ids that were written, rightly or not
 */
record RadioChoice(Set<RadioId> radios) {
  /** The radio that is named, else the only one, else the one called main. */
  Optional<RadioId> read(Section section, Key<String> key) {
    if (radios.isEmpty()) {
      return Optional.empty();
    }
    if (!section.has(key) && radios.size() == 1) {
      return radios.stream().findFirst();
    }
    String name = section.written(key).orElse(RadioId.MAIN.value());
    if (RadioId.isValid(name) && radios.contains(new RadioId(name))) {
      return Optional.of(new RadioId(name));
    }
    String known = radios.stream().map(RadioId::value).collect(Collectors.joining(", "));
    if (section.has(key)) {
      section.error(key, " is \"" + name + "\", which is no radio here; write one of " + known);
    } else {
      section.error(key, " is missing, as none is called main; write one of " + known);
    }
    return Optional.empty();
  }
}
