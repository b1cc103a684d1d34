package org.longwire.relay.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.longwire.plugins.host.PluginState;
import org.longwire.plugins.host.load.JarVerdict;
import org.longwire.plugins.host.load.PluginManifest;
import org.longwire.relay.KnownPlugins;

/**
 * A plugin as it is listed.
 *
 * @param condition one word: that of the running daemon, else {@code ready}, {@code idle} or
 *     {@code broken}
 * @param sentence what there is to say; perhaps empty
 * @param description what it does; empty of a jar that nobody runs
 * @param state what the running daemon tells
 */
record PluginRow(
    String id,
    String version,
    String origin,
    String condition,
    String sentence,
    String description,
    Optional<PluginState> state) {
  private static final String BUILT_IN = "built in";

  /** What the running daemon has. */
  static PluginRow of(PluginState state) {
    return new PluginRow(
        state.id(),
        state.version(),
        state.origin(),
        state.condition().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        state.sentence(),
        state.description(),
        Optional.of(state));
  }

  /** What a daemon would find. */
  static List<PluginRow> of(KnownPlugins known) {
    List<PluginRow> rows = new ArrayList<>();
    for (String id : known.builtIns().keySet()) {
      rows.add(row(known, id, CommandLineInterface.version().orElse(""), BUILT_IN, ""));
    }
    for (JarVerdict jar : known.jars()) {
      String id = jar.id().orElse(jar.jar().name());
      String version = jar.jar().manifest().map(PluginManifest::version).orElse("");
      rows.add(
          jar.isReady()
              ? row(known, id, version, jar.jar().name(), jar.sentence())
              : new PluginRow(
                  id,
                  version,
                  jar.jar().name(),
                  jar.isUnwanted() ? "idle" : "broken",
                  jar.sentence(),
                  "",
                  Optional.empty()));
    }
    return rows;
  }

  private static PluginRow row(
      KnownPlugins known, String id, String version, String origin, String sentence) {
    List<String> faults = known.faults(id);
    String condition = faults.isEmpty() ? "ready" : "broken";
    return new PluginRow(
        id,
        version,
        origin,
        known.isWanted(id) ? condition : "idle",
        faults.isEmpty() ? sentence : faults.get(0),
        known.isBuiltIn(id) ? known.builtIns().get(id).get().description() : "",
        Optional.empty());
  }

  /** Whether nobody has to do anything. */
  boolean isWell() {
    return List.of("active", "ready", "idle", "starting").contains(condition);
  }

  String paintedCondition() {
    String padded = "%-12s".formatted(condition);
    return switch (condition) {
      case "active", "ready" -> Terminal.green(padded);
      case "idle" -> Terminal.dim(padded);
      case "resting", "starting" -> Terminal.yellow(padded);
      default -> Terminal.red(padded);
    };
  }

  /** Id and version. */
  String name() {
    return version.isEmpty() ? id : id + " " + version;
  }

  Map<String, Object> asMap() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", id);
    row.put("version", version);
    row.put("origin", origin);
    row.put("condition", condition);
    row.put("sentence", sentence);
    row.put("description", description);
    state.ifPresent(told -> {
      row.put("calls", told.calls());
      row.put("faults", told.faults());
      row.put("missed", told.missed());
      row.put("counts", told.counts());
    });
    return row;
  }
}
