package org.longwire.relay;

import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.longwire.plugins.host.HostParts;
import org.longwire.plugins.host.InstalledPlugin;
import org.longwire.plugins.host.PluginHost;
import org.longwire.plugins.host.PluginServices;
import org.longwire.plugins.host.PluginState;
import org.longwire.plugins.host.PluginState.Condition;
import org.longwire.plugins.host.PluginThreads;
import org.longwire.relay.bridge.BridgedPlaces;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.plugin.LatePlugins;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.run.ControlSocket;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;

/** The plugins of a relay, put together and at work. Any thread. */
final class PluginSide implements ControlSocket.Requests, AutoCloseable {
  /** The name of the plugins' part in status, which speaks when something is wrong. */
  static final String PART = "plugins";

  private static final Set<Condition> FINE =
      Set.of(Condition.ACTIVE, Condition.STARTING, Condition.IDLE);

  private static final String RELOAD = "reload-plugin ";

  private final Means means;
  private final StatusBoard status;
  private final PluginHost host;

  /**
   * What it is made of.
   *
   * @param services what the relay does for a plugin, by the plugin's id
   * @param plugins whom the bridge asks
   */
  record Means(
      RelayConfig config,
      PortalTable portals,
      Function<String, PluginServices> services,
      LatePlugins plugins,
      PluginThreads threads,
      LongSupplier nanoTime) {}

  private PluginSide(Means means, Conditions conditions) {
    this.means = means;
    this.status = conditions.status();
    this.host = new PluginHost(
        installed(),
        new HostParts(
            conditions.clock(),
            means.nanoTime(),
            ZoneId.systemDefault(),
            means.threads(),
            means.services(),
            new BridgedPlaces(means.portals()),
            data(),
            this::tell));
    means.plugins().become(host);
  }

  /** Starts the plugins that are wanted; they are active when each has started. */
  static PluginSide start(Means means, Conditions conditions) {
    PluginSide side = new PluginSide(means, conditions);
    side.host.start();
    side.tell();
    return side;
  }

  private java.nio.file.Path data() {
    return new StateFiles(means.config().stateDirectory()).pluginData();
  }

  /** What is there now. */
  private List<InstalledPlugin> installed() {
    String version = Optional.ofNullable(PluginSide.class.getPackage().getImplementationVersion())
        .orElse("");
    return known().installed(version, data());
  }

  private KnownPlugins known() {
    try {
      return KnownPlugins.read(means.config().plugins());
    } catch (IOException e) {
      status.tell(
          PART,
          Health.FAILED,
          "the directory %s cannot be read, so that no plugin in it runs: %s"
              .formatted(means.config().plugins().directory(), e.getMessage()));
      return KnownPlugins.builtIn(means.config().plugins());
    }
  }

  /** Says what is wrong with any of them. */
  private void tell() {
    List<PluginState> unwell = host.states().stream()
        .filter(plugin -> !FINE.contains(plugin.condition()))
        .toList();
    if (unwell.isEmpty()) {
      status.settled(PART, "all plugins are well again");
      return;
    }
    boolean isPassing = unwell.stream().allMatch(plugin -> plugin.condition() == Condition.RESTING);
    status.tell(
        PART,
        isPassing ? Health.WAITING : Health.FAILED,
        unwell.stream()
            .map(plugin -> plugin.id() + ": " + plugin.sentence())
            .collect(Collectors.joining("; ")));
  }

  List<PluginState> states() {
    return host.states();
  }

  /** Whether no plugin does anything, nor has anything to do. */
  boolean isIdle() {
    return host.isIdle();
  }

  @Override
  public ControlSocket.Answer answer(String request) {
    return request.startsWith(RELOAD)
        ? reload(request.substring(RELOAD.length()).strip())
        : ControlSocket.Answer.failed("this daemon knows no such request");
  }

  /** Takes a plugin as it is now, with the configuration that the daemon has started with. */
  private ControlSocket.Answer reload(String id) {
    try {
      Optional<InstalledPlugin> now =
          installed().stream().filter(plugin -> plugin.id().equals(id)).findFirst();
      if (now.isPresent()) {
        host.reload(now.get());
        return reloaded(now.get());
      }
      return host.remove(id)
          ? ControlSocket.Answer.done(id + " is stopped, as it is not there any more")
          : ControlSocket.Answer.failed("there is no plugin " + id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ControlSocket.Answer.failed("the relay is being stopped");
    }
  }

  private static ControlSocket.Answer reloaded(InstalledPlugin plugin) {
    return plugin.policy().enabled()
        ? plugin
            .problem()
            .map(ControlSocket.Answer::failed)
            .orElseGet(() -> ControlSocket.Answer.done(plugin.id() + " is started anew"))
        : ControlSocket.Answer.done(plugin.id() + " is stopped");
  }

  @Override
  public void close() {
    host.close();
  }
}
