package org.longwire.relay.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.longwire.relay.config.DatabaseConfig.Keeping;
import org.longwire.relay.config.DatabaseConfig.Kind;
import org.longwire.relay.config.DatabaseConfig.Mapping;
import org.longwire.relay.config.DatabaseConfig.Source;

/** Reads {@code database { }}. */
final class DatabaseSection {
  /** More files than anybody reads from; each costs up to half a second when it hangs. */
  static final int MAX_SOURCES = 16;

  private static final String SOURCES = "database.sources";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  private final Section root;
  private final Path state;
  private final Secrets secrets;
  private final Keeping keeping;
  private final Set<String> rooms;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<Path, String> taken = new HashMap<>();

  /** Every name that was written, rightly or not: a wrong source is not also an unknown one. */
  private final List<String> names = new ArrayList<>(List.of(DatabaseConfig.PRIMARY));

  /**
   * @param state what relative paths are under
   * @param rooms those that have a bridge; none if the bridges make no sense
   */
  DatabaseSection(Section root, Path state, Secrets secrets, Keeping keeping, Set<String> rooms) {
    this.root = root;
    this.state = state;
    this.secrets = secrets;
    this.keeping = keeping;
    this.rooms = Set.copyOf(rooms);
  }

  DatabaseConfig read() {
    primary();
    if (at("sources").orElse(null) instanceof ConfigObject object) {
      named(object);
    }
    List<Mapping> mapping = mapping();
    String standard = chosen(Keys.DEFAULT_SOURCE, DatabaseConfig.PRIMARY);
    Source written = sources.get(standard);
    if (written != null && written.readOnly()) {
      root.error(
          Keys.DEFAULT_SOURCE,
          " is \"" + standard + "\", which is read-only; name one that is written");
    }
    String fallback = chosen(Keys.DEFAULT_READONLY_SOURCE, standard);
    DatabaseConfig config = new DatabaseConfig(
        sources,
        standard,
        fallback,
        mapping,
        root.get(Keys.ALLOW_UNSAFE_FILESYSTEM),
        retention(),
        new ServerReader(root, secrets).read());
    if (config.retention().wipesMapOnRestart() && config.server().isPresent()) {
      root.warning(
          Keys.WIPE_MAP,
          " empties the map of every relay that shares the server; write false if one does");
    }
    return keeping == Keeping.IN_MEMORY ? config.inMemory() : config;
  }

  private DatabaseConfig.Retention retention() {
    return new DatabaseConfig.Retention(
        root.get(Keys.KEEP_MESSAGES),
        root.get(Keys.KEEP_MAP),
        root.get(Keys.MAP_ENTRIES),
        root.get(Keys.WIPE_MAP));
  }

  private void primary() {
    Path path = resolve(root.get(Keys.DATABASE_PATH));
    requireLasting(root, Keys.DATABASE_PATH, path);
    taken.put(path, Keys.DATABASE_PATH.path());
    sources.put(
        DatabaseConfig.PRIMARY,
        new Source(
            path,
            false,
            Kind.LONGWIRE,
            false,
            root.get(Keys.ENABLE_WAL),
            root.get(Keys.BUSY_TIMEOUT),
            2));
  }

  private void requireLasting(Section section, Key<String> key, Path path) {
    if (path.equals(DatabaseConfig.MEMORY) && keeping == Keeping.ON_DISK) {
      section.error(
          key,
          " is \":memory:\", which would forget everything; write the path of a file, or start"
              + " with --ephemeral if that is what you want");
    }
  }

  private void named(ConfigObject object) {
    Place place = Place.of(object.origin(), root.place());
    if (object.size() > MAX_SOURCES) {
      root.problems()
          .error(
              place,
              SOURCES,
              " has %d sources; use at most %d".formatted(object.size(), MAX_SOURCES));
      return;
    }
    object.entrySet().stream()
        .sorted(Comparator.comparingInt(
                (Map.Entry<String, ConfigValue> e) -> e.getValue().origin().lineNumber())
            .thenComparing(Map.Entry::getKey))
        .forEach(entry -> one(entry.getKey(), entry.getValue()));
  }

  private void one(String name, ConfigValue value) {
    String path = SOURCES + "." + name;
    Place place = Place.of(value.origin(), root.place());
    if (name.equals(DatabaseConfig.PRIMARY)) {
      root.problems()
          .error(
              place, path, " is what database.path is called; choose another name for this file");
      return;
    }
    names.add(name);
    if (!NAME.matcher(name).matches()) {
      root.problems()
          .error(place, path, " is no name for a source; use 1 to 32 of a-z, 0-9 and dash");
    } else if (value instanceof ConfigObject object) {
      source(new Section(object, path, SOURCES + ".*", place, root.problems()))
          .ifPresent(source -> sources.put(name, source));
    }
  }

  private Optional<Source> source(Section section) {
    Optional<Path> path =
        section.require(Keys.SOURCE_PATH, "write path = \"/srv/old/store.db\"").map(this::resolve);
    boolean readOnly = section.get(Keys.SOURCE_READONLY);
    Kind kind = section.get(Keys.SOURCE_KIND);
    if (kind == Kind.MMRELAY && !readOnly) {
      section.error(
          Keys.SOURCE_KIND, " is mmrelay, which Longwire only reads; write readonly = true");
    }
    if (path.isEmpty()) {
      return Optional.empty();
    }
    requireLasting(section, Keys.SOURCE_PATH, path.get());
    String other = taken.putIfAbsent(path.get(), section.name(Keys.SOURCE_PATH));
    if (other != null && !path.get().equals(DatabaseConfig.MEMORY)) {
      section.error(
          Keys.SOURCE_PATH, " is the same file as " + other + "; give each source its own");
    }
    return Optional.of(new Source(
        path.get(),
        readOnly,
        kind,
        section.get(Keys.SOURCE_ON_MISSING).equals("default"),
        section.get(Keys.SOURCE_ENABLE_WAL),
        section.get(Keys.SOURCE_BUSY_TIMEOUT),
        section.written(Keys.SOURCE_READERS).orElse(readOnly ? 1 : 2)));
  }

  private List<Mapping> mapping() {
    List<Mapping> found = new ArrayList<>();
    if (!(at("source-mapping").orElse(null) instanceof ConfigList list)) {
      return found;
    }
    Map<Mapping, String> seen = new HashMap<>();
    for (int i = 0; i < Math.min(list.size(), Keys.MAX_BRIDGES); i++) {
      if (!(list.get(i) instanceof ConfigObject object)) {
        continue;
      }
      String path = "database.source-mapping[" + i + "]";
      Place place = Place.of(object.origin(), root.place());
      Section section =
          new Section(object, path, "database.source-mapping[]", place, root.problems());
      rule(section).ifPresent(rule -> {
        found.add(rule);
        Mapping links = new Mapping(rule.room(), rule.channel(), rule.meshnet(), "");
        String first = seen.putIfAbsent(links, path);
        if (first != null) {
          section
              .problems()
              .error(place, path, " names the same links as " + first + "; remove one of them");
        }
      });
    }
    return found;
  }

  private Optional<Mapping> rule(Section section) {
    Optional<String> source =
        section.require(Keys.MAPPING_SOURCE, "name the source of these links");
    source.ifPresent(name -> known(section, Keys.MAPPING_SOURCE, name));
    boolean some = section.has(Keys.MAPPING_ROOM)
        || section.has(Keys.MAPPING_CHANNEL)
        || section.has(Keys.MAPPING_MESHNET);
    if (!some) {
      section
          .problems()
          .error(
              section.place(),
              section.path(),
              " names no room, channel or meshnet; name at least one, or set"
                  + " database.default-source for all");
    }
    section
        .written(Keys.MAPPING_ROOM)
        .filter(room -> !rooms.isEmpty() && !rooms.contains(room))
        .ifPresent(room -> section.warning(
            Keys.MAPPING_ROOM,
            " = %s is no room of a bridge; nothing new will be written there".formatted(room)));
    Optional<Integer> channel = section.written(Keys.MAPPING_CHANNEL);
    boolean fits = List.of(Keys.MAPPING_ROOM, Keys.MAPPING_CHANNEL, Keys.MAPPING_MESHNET).stream()
        .allMatch(key -> section.written(key).isPresent() == section.has(key));
    return source
        .filter(name -> some && fits)
        .map(name -> new Mapping(
            section.written(Keys.MAPPING_ROOM),
            channel.isPresent() ? OptionalInt.of(channel.get()) : OptionalInt.empty(),
            section.written(Keys.MAPPING_MESHNET),
            name));
  }

  private String chosen(Key<String> key, String otherwise) {
    Optional<String> name = root.written(key);
    name.ifPresent(n -> known(root, key, n));
    return name.orElse(otherwise);
  }

  private void known(Section section, Key<String> key, String name) {
    if (!names.contains(name)) {
      section.error(
          key,
          " is \"%s\", which is no source here; write one of %s"
              .formatted(name, String.join(", ", names)));
    }
  }

  private Path resolve(String path) {
    return path.equals(DatabaseConfig.MEMORY.toString())
        ? DatabaseConfig.MEMORY
        : state.resolve(path).normalize();
  }

  private Optional<ConfigValue> at(String word) {
    return root.object().get("database") instanceof ConfigObject section
        ? Optional.ofNullable(section.get(word))
        : Optional.empty();
  }
}
