package org.longwire.plugins.host.child;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.host.Caller;
import org.longwire.plugins.host.ChildFault;
import org.longwire.plugins.host.Declarations;
import org.longwire.plugins.host.InstalledPlugin;
import org.longwire.plugins.host.Invocation;
import org.longwire.plugins.host.load.FoundJar;
import org.longwire.plugins.host.load.JarContents;

/**
 * A plugin in a process of its own. The bytes of its jar go to the process through the pipe, and
 * are hashed on the way: nothing of them runs unless they are the ones that were judged. What the
 * plugin asks for is done here, on the thread that waits for its answer.
 */
public final class ChildCaller implements Caller {
  private static final FileAttribute<?> OWN =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final int MEGABYTE = 1024 * 1024;

  /** How long the end of a process may take whose pipe has ended. */
  private static final long END_SECONDS = 5;

  private final FoundJar jar;
  private final Process process;
  private final FramePipe pipe;
  private final Lending lending;
  private boolean isCalling;
  private boolean wasKilled;
  private volatile boolean isBroken;

  private ChildCaller(FoundJar jar, Process process, PluginContext context) {
    this.jar = jar;
    this.process = process;
    this.pipe = new FramePipe(process.getInputStream(), process.getOutputStream());
    this.lending = new Lending(context);
  }

  /**
   * How a plugin in a process is opened.
   *
   * @param jar that is fit to run
   * @param directory where it works; made if it is not there
   * @param memoryBytes of its heap, besides what its jar takes
   */
  public static InstalledPlugin.Opening opening(FoundJar jar, Path directory, int memoryBytes) {
    return context -> {
      Files.createDirectories(directory, OWN);
      long bytes = memoryBytes + Files.size(jar.file()) + jar.unpackedBytes();
      Process process = ChildJava.start(directory, (int) (bytes / MEGABYTE) + 1);
      return new ChildCaller(jar, process, context);
    };
  }

  @Override
  public Declarations declare(Map<String, Object> settings) throws Exception {
    return guarded(() -> {
      load();
      expect(FromChild.Ready.class, exchange());
      pipe.write(ToChild.class, new ToChild.Declare(settings));
      return expect(FromChild.Declared.class, exchange()).declarations();
    });
  }

  @Override
  public PluginResult call(Invocation invocation) throws Exception {
    return guarded(() -> {
      pipe.write(ToChild.class, new ToChild.Call(invocation));
      return expect(FromChild.Done.class, exchange()).result();
    });
  }

  private void load() throws IOException {
    MessageDigest digest = JarContents.digest();
    try (InputStream in = Files.newInputStream(jar.file())) {
      int size = (int) Math.min(Files.size(jar.file()), JarContents.MAX_BYTES);
      pipe.write(ToChild.class, new ToChild.Load(jar.manifest().orElseThrow().pluginClass(), size));
      OutputStream out = new DigestOutputStream(pipe.raw(), digest);
      byte[] chunk = new byte[8 * 1024];
      int left = size;
      for (int got = 0; left > 0 && got >= 0; left -= got) {
        got = in.read(chunk, 0, Math.min(chunk.length, left));
        out.write(chunk, 0, Math.max(0, got));
      }
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(jar.sha256())) {
      throw new ChildFault(jar.changed());
    }
    pipe.write(ToChild.class, new ToChild.Go());
  }

  /** Does what is asked until there is an answer. */
  private FromChild exchange() throws IOException {
    while (true) {
      FromChild said = (FromChild) pipe.read(FromChild.class);
      if (!(said instanceof FromChild.Ask ask)) {
        return said;
      }
      pipe.write(ToChild.class, lending.answer(ask));
    }
  }

  private static <T extends FromChild> T expect(Class<T> kind, FromChild said)
      throws MalformedFrame, PluginThrew {
    if (said instanceof FromChild.Failed failed) {
      throw new PluginThrew(failed);
    }
    if (!kind.isInstance(said)) {
      throw new MalformedFrame("answers what was not asked");
    }
    return kind.cast(said);
  }

  private <T> T guarded(Exchange<T> exchange) throws Exception {
    synchronized (this) {
      isCalling = true;
    }
    try {
      return exchange.make();
    } catch (PluginThrew e) {
      throw e.asThrown();
    } catch (IOException | RuntimeException e) {
      isBroken = true;
      throw ended(e);
    } finally {
      synchronized (this) {
        isCalling = false;
      }
    }
  }

  private ChildFault ended(Exception cause) throws InterruptedException {
    synchronized (this) {
      if (wasKilled) {
        throw new InterruptedException("the plugin's process was ended");
      }
    }
    if (!(cause instanceof ChildFault) && !(cause instanceof MalformedFrame)) {
      process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    }
    boolean hasEnded = !process.isAlive();
    destroy();
    if (cause instanceof ChildFault fault) {
      return fault;
    }
    if (cause instanceof MalformedFrame) {
      return new ChildFault("speaks nonsense", "speaks nonsense: " + cause.getMessage());
    }
    return new ChildFault(
        hasEnded ? ChildEnd.sentence(process.exitValue()) : "has closed its standard output");
  }

  @Override
  public synchronized void kill() {
    if (isCalling) {
      wasKilled = true;
      isBroken = true;
      destroy();
    }
  }

  @Override
  public boolean isReusable() {
    return !isBroken && process.isAlive();
  }

  @Override
  public void close() {
    synchronized (this) {
      wasKilled |= isCalling;
    }
    isBroken = true;
    destroy();
    try {
      process.getOutputStream().close();
      process.getInputStream().close();
    } catch (IOException e) {
      // What was not read or written any more is of no use.
    }
  }

  private void destroy() {
    // Its own children first, while they can still be found.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
  }

  @FunctionalInterface
  private interface Exchange<T> {
    T make() throws IOException, PluginThrew;
  }

  /** The plugin has thrown; its process is well. */
  private static final class PluginThrew extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient FromChild.Failed failed;

    PluginThrew(FromChild.Failed failed) {
      this.failed = failed;
    }

    Exception asThrown() {
      return failed
          .refusal()
          .map(refusal -> refusal.make(failed.sentence()))
          .orElseGet(() -> new ChildFault(failed.kind(), failed.sentence()));
    }
  }
}
