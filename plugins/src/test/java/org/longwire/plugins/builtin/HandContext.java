package org.longwire.plugins.builtin;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Nodes;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginLog;
import org.longwire.plugins.api.PluginStore;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.plugins.api.RelayState;
import org.longwire.plugins.api.Sending;
import org.longwire.plugins.api.Setting;
import org.longwire.plugins.api.Settings;
import org.longwire.plugins.api.Web;
import org.longwire.radio.NodeId;

/** What a relay lends to a plugin, set by hand. */
final class HandContext implements PluginContext {
  Instant now = Instant.parse("2026-05-01T12:00:00Z");
  final Path directory;
  final Map<String, Object> settings = new HashMap<>();
  final List<NodeInfo> nodes = new ArrayList<>();
  final List<RadioInfo> radios = new ArrayList<>();
  final List<Archive.Line> lines = new ArrayList<>();
  final List<Archive.Talker> talkers = new ArrayList<>();
  Optional<Archive.Totals> totals = Optional.empty();
  final Set<Integer> ports = new HashSet<>();

  /** Why nothing can be sent at present. */
  Optional<PluginException> refusal = Optional.empty();

  /** What happens as soon as something was sent. */
  Runnable afterSending = () -> {};

  final List<Command> commands = new ArrayList<>();
  final List<RelayState.Part> parts = new ArrayList<>();
  final List<Sending> sent = new ArrayList<>();
  final List<String> logged = new ArrayList<>();
  final List<URI> asked = new ArrayList<>();
  final Map<String, Web.Page> pages = new HashMap<>();
  final List<Drawing> drawn = new ArrayList<>();

  /** Why nothing can be drawn at present. */
  Optional<String> drawingFault = Optional.empty();

  final HandStore store = new HandStore();
  final Map<String, Long> counts = new TreeMap<>();

  HandContext(Path directory) {
    this.directory = directory;
  }

  @Override
  public String id() {
    return "test";
  }

  @Override
  public InstantSource clock() {
    return () -> now;
  }

  @Override
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }

  @Override
  public PluginLog log() {
    return new PluginLog() {
      @Override
      public void debug(String line) {
        logged.add("debug: " + line);
      }

      @Override
      public void info(String line) {
        logged.add("info: " + line);
      }

      @Override
      public void warn(String line) {
        logged.add("warn: " + line);
      }
    };
  }

  @Override
  public Settings settings() {
    return new Settings() {
      @Override
      @SuppressWarnings("unchecked")
      public <T> T get(Setting<T> setting) {
        return (T) settings.getOrDefault(setting.name(), setting.standard());
      }
    };
  }

  @Override
  public Set<Integer> ports() {
    return Set.copyOf(ports);
  }

  @Override
  public Nodes nodes() {
    return new Nodes() {
      @Override
      public List<NodeInfo> all() {
        return nodes.stream().map(NodeSample::bare).toList();
      }

      @Override
      public List<NodeInfo> all(Place place) {
        return place.equals(Samples.ROOM) || place.equals(Samples.CHANNEL)
            ? List.copyOf(nodes)
            : all();
      }

      @Override
      public Optional<NodeInfo> byId(NodeId id) {
        return all().stream().filter(node -> node.id().equals(id)).findFirst();
      }

      @Override
      public Optional<NodeInfo> find(String words) {
        String asked = words.toLowerCase(Locale.ROOT);
        List<Predicate<NodeInfo>> ways = List.of(
            node -> NodeId.parse(words).equals(Optional.of(node.id())),
            node -> node.shortName().equalsIgnoreCase(words),
            node -> node.longName().equalsIgnoreCase(words),
            node -> !words.isEmpty() && node.longName().toLowerCase(Locale.ROOT).startsWith(asked));
        for (Predicate<NodeInfo> way : ways) {
          List<NodeInfo> found = all().stream().filter(way).toList();
          if (!found.isEmpty()) {
            return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
          }
        }
        return Optional.empty();
      }

      @Override
      public List<RadioInfo> radios() {
        return List.copyOf(radios);
      }
    };
  }

  @Override
  public Archive archive() {
    return new Archive() {
      @Override
      public List<Line> history(Place place, int limit) {
        return lines.stream().limit(limit).toList();
      }

      @Override
      public List<Line> search(Place place, String words, int limit) {
        return lines.stream()
            .filter(line -> Stream.of(words.split("\\s+")).allMatch(line.text()::contains))
            .limit(limit)
            .toList();
      }

      @Override
      public List<Talker> talkers(Place place, Instant since, int limit) {
        return talkers.stream().limit(limit).toList();
      }

      @Override
      public Optional<Totals> totals(Place place) {
        return totals;
      }
    };
  }

  @Override
  public PluginStore store() {
    return store;
  }

  @Override
  public Web web() {
    return address -> {
      asked.add(address);
      Web.Page page = pages.get(address.toString());
      if (page == null) {
        throw new PluginException.Unavailable(address.getHost() + " does not answer");
      }
      return page;
    };
  }

  @Override
  public RelayState relay() {
    return new RelayState() {
      @Override
      public List<Part> parts() {
        return List.copyOf(parts);
      }

      @Override
      public int waitingForMesh() {
        return 2;
      }

      @Override
      public int waitingForRooms() {
        return 3;
      }
    };
  }

  @Override
  public List<Command> commands(CommandCall call) {
    return List.copyOf(commands);
  }

  @Override
  public void send(Sending sending) throws PluginException {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    sent.add(sending);
    afterSending.run();
  }

  @Override
  public Picture draw(Drawing drawing) throws PluginException {
    if (drawingFault.isPresent()) {
      throw new PluginException.Unavailable(drawingFault.get());
    }
    drawn.add(drawing);
    return new Picture(
        "drawn.png", "image/png", drawing.width(), drawing.height(), new byte[] {1, 2, 3});
  }

  @Override
  public Path dataDirectory() {
    return directory;
  }

  @Override
  public void count(String what, long more) {
    counts.merge(what, more, Long::sum);
  }
}
