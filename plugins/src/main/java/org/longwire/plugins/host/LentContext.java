package org.longwire.plugins.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

/** What is lent to one opened plugin, for the time and on the thread of its calls. */
final class LentContext implements PluginContext {
  /** What a plugin is lent beside the relay's services. */
  record Terms(
      String id,
      PluginServices services,
      Gate gate,
      Shares shares,
      Counts counts,
      HostParts parts) {
    /** @param onFlood told that the plugin goes on in spite of refusals */
    static Terms of(
        InstalledPlugin plugin, PluginServices services, HostParts parts, Runnable onFlood) {
      return new Terms(
          plugin.id(),
          services,
          new Gate(plugin.policy(), parts.rooms()),
          new Shares(plugin.policy().quotas(), parts.nanos(), onFlood),
          new Counts(),
          parts);
    }
  }

  private final Terms terms;
  private final PluginServices services;
  private final CallThread thread = new CallThread();
  private final PluginLog log;
  private final Nodes nodes;
  private final Archive archive;
  private final PluginStore store;
  private final Outbox outbox;
  private @Nullable Settings settings;

  LentContext(Terms terms) {
    this.terms = terms;
    this.services = terms.services();
    Shares shares = terms.shares();
    this.log = new LentLog(terms.id(), services, thread, shares.lines());
    this.nodes = new LentNodes(services, terms.gate(), thread);
    this.archive = new LentArchive(services, terms.gate(), thread);
    int bytes = terms.gate().policy().quotas().storeBytes();
    this.store = new LentStore(services, thread, shares, bytes);
    this.outbox = new Outbox(services, terms.gate(), shares);
  }

  CallThread thread() {
    return thread;
  }

  Outbox outbox() {
    return outbox;
  }

  void configure(Settings checked) {
    settings = checked;
  }

  @Override
  public String id() {
    return terms.id();
  }

  @Override
  public InstantSource clock() {
    return terms.parts().clock();
  }

  @Override
  public ZoneId zone() {
    return terms.parts().zone();
  }

  @Override
  public PluginLog log() {
    return log;
  }

  @Override
  public Settings settings() {
    if (settings == null) {
      throw new IllegalStateException("there are no settings before start()");
    }
    return settings;
  }

  @Override
  public Set<Integer> ports() {
    return terms.gate().policy().ports();
  }

  @Override
  public Nodes nodes() {
    return nodes;
  }

  @Override
  public Archive archive() {
    return archive;
  }

  @Override
  public PluginStore store() {
    return store;
  }

  @Override
  public Web web() {
    return address -> {
      Set<String> hosts = terms.gate().policy().hosts();
      return thread.check().run(() -> services.get(address, hosts));
    };
  }

  @Override
  public RelayState relay() {
    return new RelayState() {
      @Override
      public List<Part> parts() {
        thread.check();
        return services.parts();
      }

      @Override
      public int waitingForMesh() throws PluginException {
        thread.check();
        return services.waiting().forMesh();
      }

      @Override
      public int waitingForRooms() throws PluginException {
        thread.check();
        return services.waiting().forRooms();
      }
    };
  }

  @Override
  public List<Command> commands(CommandCall call) throws PluginException {
    return thread.check().run(() -> services.commands(call));
  }

  @Override
  public void send(Sending sending) throws PluginException {
    CallUnderWay call = thread.check();
    outbox.permit(sending);
    call.run(() -> {
      outbox.sendPermitted(sending);
      return sending;
    });
  }

  @Override
  public Picture draw(Drawing drawing) throws PluginException {
    return thread.check().run(() -> services.draw(drawing));
  }

  @Override
  public Path dataDirectory() {
    thread.check();
    Path directory = terms.parts().data().resolve(terms.id());
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("the plugin's directory could not be made: " + directory, e);
    }
    return directory;
  }

  @Override
  public void count(String what, long more) {
    thread.check();
    terms.counts().count(what, more);
  }
}
