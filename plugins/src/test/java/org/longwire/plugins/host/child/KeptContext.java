package org.longwire.plugins.host.child;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.Nodes;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginLog;
import org.longwire.plugins.api.PluginStore;
import org.longwire.plugins.api.RelayState;
import org.longwire.plugins.api.Sending;
import org.longwire.plugins.api.Settings;
import org.longwire.plugins.api.Web;

/** Lends a clock, a store, counters and a log, and keeps what is sent; three times at most. */
final class KeptContext implements PluginContext {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00.123Z");

  final List<Sending> sent = new ArrayList<>();
  final TreeMap<String, String> values = new TreeMap<>();
  final TreeMap<String, Long> counts = new TreeMap<>();
  final List<String> logged = new ArrayList<>();
  private final Path directory;

  KeptContext(Path directory) {
    this.directory = directory;
  }

  @Override
  public String id() {
    return "mischief";
  }

  @Override
  public InstantSource clock() {
    return () -> NOW;
  }

  @Override
  public ZoneId zone() {
    return ZoneId.of("Europe/Berlin");
  }

  @Override
  public PluginLog log() {
    return new PluginLog() {
      @Override
      public void debug(String line) {
        logged.add(line);
      }

      @Override
      public void info(String line) {
        logged.add(line);
      }

      @Override
      public void warn(String line) {
        logged.add(line);
      }
    };
  }

  @Override
  public Set<Integer> ports() {
    return Set.of();
  }

  @Override
  public Settings settings() {
    throw new UnsupportedOperationException("a plugin in a process has read them there");
  }

  @Override
  public Nodes nodes() {
    throw new IllegalArgumentException("there are no nodes here");
  }

  @Override
  public Archive archive() {
    throw new UnsupportedOperationException("there is no archive here");
  }

  @Override
  public PluginStore store() {
    return new Kept(values);
  }

  @Override
  public Web web() {
    return address -> {
      throw new PluginException.Unavailable(address.getHost() + " does not answer");
    };
  }

  @Override
  public RelayState relay() {
    throw new UnsupportedOperationException("there is no relay here");
  }

  @Override
  public List<Command> commands(CommandCall call) {
    return List.of(Command.of(call.command(), "", "is asked"));
  }

  @Override
  public void send(Sending sending) throws PluginException {
    if (sent.size() >= 3) {
      throw new PluginException.QuotaSpent("three are enough");
    }
    sent.add(sending);
  }

  @Override
  public Picture draw(Drawing drawing) {
    return new Picture("p.png", "image/png", drawing.width(), drawing.height(), new byte[] {9});
  }

  @Override
  public Path dataDirectory() {
    return directory;
  }

  @Override
  public void count(String what, long more) {
    counts.merge(what, more, Long::sum);
  }

  /** Values of one scope; a batch is a copy that replaces them. */
  private static class Kept implements PluginStore {
    final TreeMap<String, String> values;

    Kept(TreeMap<String, String> values) {
      this.values = values;
    }

    @Override
    public Optional<String> get(String scope, String key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public List<String> keys(String scope) {
      return List.copyOf(values.keySet());
    }

    @Override
    public void set(String scope, String key, String value) {
      values.put(key, value);
    }

    @Override
    public void delete(String scope, String key) {
      values.remove(key);
    }

    @Override
    public void append(String scope, String key, String row, int keep) {
      values.merge(key, row, (old, more) -> old + "," + more);
    }

    @Override
    public List<String> list(String scope, String key) {
      return List.of(values.getOrDefault(key, "").split(","));
    }

    @Override
    public Batch batch() {
      return new KeptBatch(values);
    }
  }

  private static final class KeptBatch extends Kept implements PluginStore.Batch {
    private final TreeMap<String, String> target;

    KeptBatch(TreeMap<String, String> target) {
      super(new TreeMap<>(target));
      this.target = target;
    }

    @Override
    public void commit() {
      target.putAll(values);
    }

    @Override
    public void close() {}
  }
}
