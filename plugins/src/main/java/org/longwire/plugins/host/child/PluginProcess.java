package org.longwire.plugins.host.child;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.host.CheckedSettings;
import org.longwire.plugins.host.Declarations;
import org.longwire.plugins.host.Invocation;
import org.longwire.plugins.host.load.BadJarException;
import org.longwire.plugins.host.load.JarContents;
import org.longwire.plugins.host.load.PluginClassLoader;

/**
 * The program of a plugin's own process, started by {@link ChildCaller}. It reads the plugin's jar
 * from its standard input, then calls, and answers on its standard output; it ends when the input
 * does. It watches itself only for what the relay cannot see or outlives the relay.
 */
public final class PluginProcess {
  /** Threads of the plugin that may be left after a call. */
  static final int MAX_THREADS = 16;

  /** How much longer than its limit a call may last: the relay, if it is there, ends it before. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final FramePipe pipe;
  private final ChildPipe lent;
  private final PluginContext context;
  private final Timer deadline = new Timer("deadline", true);
  private final int ownThreads;

  private PluginProcess(FramePipe pipe) {
    this.pipe = pipe;
    this.lent = new ChildPipe(pipe);
    this.context = Borrowed.context(lent);
    this.ownThreads = Thread.activeCount();
  }

  /** Serves until the relay is gone. */
  public static void main(String[] args) throws IOException {
    OomScore.offerThisProcess();
    FramePipe pipe = new FramePipe(
        new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    PrintStream words = new PrintStream(
        new BoundedOutput(new FileOutputStream(FileDescriptor.err)), true, StandardCharsets.UTF_8);
    System.setIn(InputStream.nullInputStream());
    System.setOut(words);
    System.setErr(words);
    try {
      new PluginProcess(pipe).serve();
    } catch (EOFException e) {
      throw ChildEnd.PARENT_GONE.now();
    }
  }

  private void serve() throws IOException {
    ToChild.Load load = (ToChild.Load) pipe.read(ToChild.class);
    byte[] jar = pipe.readFully(load.jarBytes());
    pipe.read(ToChild.class);
    Plugin plugin = limited(Limits.START, () -> made(jar, load.pluginClass()));
    while (true) {
      serve(plugin, (ToChild) pipe.read(ToChild.class));
    }
  }

  /** A plugin that cannot be made leaves nothing to do but to say so. */
  private Plugin made(byte[] jar, String pluginClass) throws IOException {
    try {
      JarContents contents = JarContents.read(new ByteArrayInputStream(jar), name -> true);
      Plugin plugin = new PluginClassLoader(contents).plugin(pluginClass);
      pipe.write(FromChild.class, new FromChild.Ready());
      return plugin;
    } catch (BadJarException e) {
      pipe.write(FromChild.class, FromChild.Failed.of("its jar " + e.getMessage()));
      throw new EOFException();
    }
  }

  private void serve(Plugin plugin, ToChild word) throws IOException {
    Duration limit = word instanceof ToChild.Call call ? call.invocation().limit() : Limits.START;
    FromChild answer = limited(limit, () -> answer(plugin, word));
    if (Thread.activeCount() - ownThreads > MAX_THREADS) {
      throw ChildEnd.THREADS.now();
    }
    try {
      pipe.write(FromChild.class, answer);
    } catch (IllegalArgumentException e) {
      pipe.write(FromChild.class, FromChild.Failed.of("answers nonsense: " + e.getMessage()));
    }
  }

  private FromChild answer(Plugin plugin, ToChild word) {
    lent.begin();
    try {
      if (word instanceof ToChild.Call call) {
        return new FromChild.Done(call.invocation().make(plugin, context));
      }
      lent.end();
      Declarations declarations = Declarations.of(plugin, ((ToChild.Declare) word).settings());
      lent.configure(
          new CheckedSettings(declarations.settings(), ((ToChild.Declare) word).settings()));
      return new FromChild.Declared(declarations);
    } catch (Throwable fault) {
      // Whatever a plugin throws is its fault and not this process's end.
      return failed(fault, word);
    } finally {
      lent.end();
    }
  }

  private static FromChild.Failed failed(Throwable fault, ToChild word) {
    // The declarations are a part of the start.
    return FromChild.Failed.of(
        fault, word instanceof ToChild.Call call ? call.invocation() : new Invocation.Start());
  }

  /** In case that nobody is there who would end it; who is, knows what is the plugin's own time. */
  private <T> T limited(Duration limit, Work<T> work) throws IOException {
    TimerTask end = new TimerTask() {
      @Override
      public void run() {
        throw ChildEnd.TIME.now();
      }
    };
    deadline.schedule(end, limit.plus(Limits.ERRANDS).plus(GRACE).toMillis());
    try {
      return work.make();
    } finally {
      end.cancel();
      deadline.purge();
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T make() throws IOException;
  }
}
