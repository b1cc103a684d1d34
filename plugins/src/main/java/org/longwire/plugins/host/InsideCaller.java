package org.longwire.plugins.host;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;

/** A plugin that runs in this process, on the thread that the host gives it. */
public final class InsideCaller implements Caller {
  private final Plugin plugin;
  private final PluginContext context;
  private @Nullable Thread calling;

  private InsideCaller(Plugin plugin, PluginContext context) {
    this.plugin = plugin;
    this.context = context;
  }

  /** How a plugin inside the process is opened: each time as a new one. */
  public static InstalledPlugin.Opening opening(Supplier<? extends Plugin> plugins) {
    return context -> new InsideCaller(plugins.get(), context);
  }

  @Override
  public Declarations declare(Map<String, Object> settings) throws Exception {
    return interruptibly(() -> Declarations.of(plugin, settings));
  }

  @Override
  public PluginResult call(Invocation invocation) throws Exception {
    return interruptibly(() -> invocation.make(plugin, context));
  }

  /** An interrupt reaches the call that it is meant for; the host forgets it behind the call. */
  private <T> T interruptibly(Call<T> call) throws Exception {
    begin();
    try {
      return call.make();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    calling = Thread.currentThread();
  }

  private synchronized void end() {
    calling = null;
  }

  @Override
  public synchronized void kill() {
    if (calling != null) {
      calling.interrupt();
    }
  }

  /** A call that does not come back keeps the plugin for itself. */
  @Override
  public synchronized boolean isReusable() {
    return calling == null;
  }

  @Override
  public void close() {}

  @FunctionalInterface
  private interface Call<T> {
    T make() throws Exception;
  }
}
