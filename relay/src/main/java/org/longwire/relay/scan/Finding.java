package org.longwire.relay.scan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.longwire.plugins.api.Json;

/**
 * A known hole in a library.
 *
 * @param id as OSV calls it, with its number in the list of CVE if it has one
 * @param severity a word, or a CVSS vector, or {@code unknown}
 * @param summary a stranger's words
 * @param fixedIn the versions in which it is mended, perhaps none
 */
public record Finding(Library library, String id, String severity, String summary, String fixedIn) {
  private static final int MAX_SUMMARY = 200;
  private static final int MAX_FIXES = 4;

  /** From a record of OSV's database. */
  static Finding of(Library library, Json record) {
    String id = record.at("id").text().orElse("?");
    Optional<String> cve = record.at("aliases").items().stream()
        .flatMap(alias -> alias.text().stream())
        .filter(alias -> alias.startsWith("CVE-") && !id.startsWith("CVE-"))
        .findFirst();
    return new Finding(
        library,
        cve.map(number -> id + " (" + number + ")").orElse(id),
        severity(record),
        record
            .at("summary")
            .text()
            .or(() -> record.at("details").text())
            .map(words -> words.lines().findFirst().orElse(""))
            .map(words -> words.substring(0, Math.min(MAX_SUMMARY, words.length())))
            .orElse("not described"),
        fixes(library, record));
  }

  private static String severity(Json record) {
    return record
        .at("database_specific")
        .at("severity")
        .text()
        .map(word -> word.toLowerCase(Locale.ROOT))
        .or(() -> record.at("severity").at(0).at("score").text())
        .orElse("unknown");
  }

  private static String fixes(Library library, Json record) {
    Set<String> fixes = new LinkedHashSet<>();
    for (Json affected : record.at("affected").items()) {
      if (affected.at("package").at("name").text().equals(Optional.of(library.name()))) {
        for (Json range : affected.at("ranges").items()) {
          List<Json> events = range.at("events").items();
          events.forEach(event -> event.at("fixed").text().ifPresent(fixes::add));
        }
      }
    }
    return fixes.stream().limit(MAX_FIXES).collect(Collectors.joining(", "));
  }
}
