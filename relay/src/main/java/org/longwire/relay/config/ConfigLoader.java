package org.longwire.relay.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.longwire.relay.config.RelayConfig.Bridge;
import org.longwire.relay.config.RelayConfig.Interactions;
import org.longwire.relay.config.RelayConfig.Matrix;
import org.longwire.relay.config.RelayConfig.Mesh;
import org.longwire.relay.config.RelayConfig.Prefix;
import org.longwire.relay.config.RelayConfig.RadioPort;

/**
 * Reads the configuration once and checks it whole. The layers, each over the one before: defaults,
 * the file, {@code LONGWIRE_} variables, {@code --set}. Reads files; writes and creates nothing.
 */
public final class ConfigLoader {
  private static final Path SYSTEM_STATE = Path.of("/var/lib/longwire");

  private final Sources sources;
  private final ConfigProblems problems = new ConfigProblems();
  private final Place file;

  private ConfigLoader(Sources sources) {
    this.sources = sources;
    // What is missing is missing from the first line on.
    this.file = sources
        .file()
        .map(path -> new Place(path.toString(), 1))
        .orElse(new Place("configuration", 0));
  }

  /**
   * Where a configuration comes from.
   *
   * @param file the file; without one, everything must come from the environment and the settings
   * @param environment all variables of the process
   * @param settings {@code key=value}, as given with {@code --set}
   * @param state the directory given with {@code --state}
   * @param keeping in memory with {@code --ephemeral}
   */
  public record Sources(
      Optional<Path> file,
      Map<String, String> environment,
      List<String> settings,
      Optional<Path> state,
      DatabaseConfig.Keeping keeping) {
    public Sources {
      environment = Map.copyOf(environment);
      settings = List.copyOf(settings);
    }

    public Sources(
        Optional<Path> file,
        Map<String, String> environment,
        List<String> settings,
        Optional<Path> state) {
      this(file, environment, settings, state, DatabaseConfig.Keeping.ON_DISK);
    }
  }

  /** The configuration, absent if there is any error, and all problems, warnings among them. */
  public record Loaded(Optional<RelayConfig> config, ConfigProblems problems) {}

  /** Reads, checks and never throws for what a person wrote. */
  public static Loaded load(Sources sources) {
    return load(sources, Secrets.DISK, SYSTEM_STATE);
  }

  static Loaded load(Sources sources, Secrets.SecretFiles files, Path systemState) {
    ConfigLoader loader = new ConfigLoader(sources);
    Optional<RelayConfig> config = loader.read(files, systemState);
    boolean usable = !loader.problems.hasErrors();
    return new Loaded(usable ? config : Optional.empty(), loader.problems);
  }

  /**
   * Only where the state lives, for the commands that need no configuration.
   *
   * @return empty if neither the options nor the environment tell
   */
  public static Optional<Path> stateDirectory(Sources sources) {
    return StateDirectory.find(sources.state(), sources.environment(), SYSTEM_STATE);
  }

  private Optional<RelayConfig> read(Secrets.SecretFiles files, Path systemState) {
    Config written = sources
        .file()
        .map(path -> new ConfigFile(path, problems).read(sources.environment()))
        .orElseGet(ConfigFactory::empty);
    if (problems.hasErrors()) {
      // What follows would only complain of everything that could not be read.
      return Optional.empty();
    }
    ConfigObject root = Layers.settings(sources.settings(), problems)
        .withFallback(Layers.environment(sources.environment(), problems))
        .withFallback(written)
        .root();
    new ShapeCheck(problems, file).check(root);
    Optional<Path> state = StateDirectory.find(sources.state(), sources.environment(), systemState);
    if (state.isEmpty()) {
      problems.error(
          new Place("environment", 0), "HOME", " is not set; say --state DIR for the state");
    }
    Path base = state.orElse(Path.of(""));
    Secrets secrets = new Secrets(sources.environment(), base, files);
    return build(new Section(root, "", "", file, problems), base, secrets);
  }

  private Optional<RelayConfig> build(Section root, Path state, Secrets secrets) {
    Optional<String> meshnet =
        root.require(Keys.MESHNET_NAME, "write meshnet-name = \"...\", the name of your mesh");
    Map<RadioId, Optional<RadioPort>> radios =
        new RadiosReader(root.object(), file, problems).read();
    Optional<Matrix> matrix = MatrixReader.read(root, secrets);
    List<Bridge> bridges = new BridgesReader(radios.keySet(), file, problems).read(root.object());
    Mesh mesh = MeshReader.mesh(root);
    RelayConfig.Direct direct =
        CommandsReader.direct(root, radios.keySet(), matrix.map(Matrix::user));
    Prefix prefix = MeshReader.prefix(root);
    DatabaseConfig database = new DatabaseSection(
            root,
            state,
            secrets,
            sources.keeping(),
            bridges.stream().map(Bridge::room).collect(Collectors.toSet()))
        .read();
    PluginsReader plugins = new PluginsReader(root, state, bridges);
    PluginsConfig extensions = plugins.read();
    RelayConfig.Security security = plugins.security();
    if (problems.hasErrors() || meshnet.isEmpty() || matrix.isEmpty()) {
      return Optional.empty();
    }
    Map<RadioId, RadioPort> ports = new LinkedHashMap<>();
    radios.forEach((id, port) -> port.ifPresent(p -> ports.put(id, p)));
    return Optional.of(new RelayConfig(
        meshnet.get(),
        state,
        Map.copyOf(ports),
        matrix.get(),
        bridges,
        prefix,
        mesh,
        new RelayConfig.Log(root.get(Keys.LOG_LEVEL), root.get(Keys.STORE_SUMMARY)),
        database,
        new RelayConfig.Nodes(root.get(Keys.ONLINE_WINDOW), root.get(Keys.PRESENCE_EVENTS)),
        CommandsReader.commands(root),
        direct,
        interactions(root),
        extensions,
        security));
  }

  private static Interactions interactions(Section root) {
    return new Interactions(
        root.get(Keys.REPLIES),
        root.get(Keys.REACTIONS),
        root.get(Keys.REACTION_STYLE),
        root.get(Keys.EDITS),
        root.get(Keys.RECEIPTS),
        root.get(Keys.MARKS),
        root.get(Keys.SEND_STATUS));
  }
}
