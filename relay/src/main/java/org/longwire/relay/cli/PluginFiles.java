package org.longwire.relay.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.longwire.plugins.host.load.FoundJar;
import org.longwire.plugins.host.load.JarVerdict;
import org.longwire.plugins.host.load.PluginDirectory;
import org.longwire.plugins.host.load.PluginManifest;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownPlugins;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.ControlSocket;

/** The directory of plugins, as the commands change it. */
final class PluginFiles {
  private final RelayConfig config;
  private final Path directory;

  PluginFiles(RelayConfig config) {
    this.config = config;
    this.directory = config.plugins().directory();
  }

  static KnownPlugins known(RelayConfig config) throws CommandFailure {
    try {
      return KnownPlugins.read(config.plugins());
    } catch (IOException e) {
      throw failure(e, config.plugins().directory(), "read");
    }
  }

  /**
   * The plugin of that id.
   *
   * @throws CommandFailure if there is none
   */
  static KnownPlugins require(RelayConfig config, String id) throws CommandFailure {
    KnownPlugins known = known(config);
    if (!known.ids().contains(id)) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE, "there is no plugin %s; see `longwire plugin list`".formatted(id));
    }
    return known;
  }

  /**
   * Puts a jar aside of the plugins, to be looked at. The directory is the service's, and whoever
   * installs may be root: no link that lies there is followed.
   */
  Path stage(byte[] jar) throws CommandFailure {
    if (Files.isSymbolicLink(directory)) {
      throw new CommandFailure(
          ExitCode.PERMISSION,
          "%s is a link, which is not followed; name in plugins.directory where it leads"
              .formatted(directory));
    }
    try {
      Files.createDirectories(directory);
      Path staged = directory.resolve(".incoming-" + ProcessHandle.current().pid());
      Files.deleteIfExists(staged);
      try (FileChannel channel = FileChannel.open(
          staged,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS)) {
        ByteBuffer bytes = ByteBuffer.wrap(jar);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      return staged;
    } catch (IOException e) {
      throw failure(e, directory, "written");
    }
  }

  /** Puts a staged jar in its place at once, then takes other versions of it away. */
  Path settle(FoundJar staged, PluginManifest manifest) throws CommandFailure {
    Path place = directory.resolve(manifest.id() + "-" + manifest.version() + ".jar");
    try {
      Files.move(staged.file(), place, StandardCopyOption.ATOMIC_MOVE);
      for (Path other : jars(manifest.id())) {
        if (!other.equals(place)) {
          Files.delete(other);
        }
      }
      try (FileChannel channel = FileChannel.open(directory)) {
        channel.force(true);
      }
      return place;
    } catch (IOException e) {
      throw failure(e, directory, "written");
    }
  }

  private List<Path> jars(String id) throws IOException {
    return PluginDirectory.read(directory).jars().stream()
        .filter(jar -> jar.manifest().map(PluginManifest::id).equals(Optional.of(id)))
        .map(FoundJar::file)
        .toList();
  }

  /** Takes the jars of a plugin away; what it stored stays. */
  List<Path> remove(String id) throws CommandFailure {
    try {
      List<Path> jars = jars(id);
      for (Path jar : jars) {
        Files.delete(jar);
      }
      Files.deleteIfExists(mark(id));
      return jars;
    } catch (IOException e) {
      throw failure(e, directory, "changed");
    }
  }

  /** Whether it was enabled before. */
  boolean disable(String id) throws CommandFailure {
    try {
      boolean was = !Files.exists(mark(id));
      Files.createDirectories(directory);
      if (was) {
        Files.createFile(mark(id));
      }
      return was;
    } catch (IOException e) {
      throw failure(e, directory, "written");
    }
  }

  /** Whether it was disabled before. */
  boolean enable(String id) throws CommandFailure {
    try {
      return Files.deleteIfExists(mark(id));
    } catch (IOException e) {
      throw failure(e, directory, "written");
    }
  }

  private Path mark(String id) {
    return directory.resolve(id + PluginDirectory.MARK);
  }

  /** Has a running daemon look at a plugin anew; empty if none runs. */
  Optional<ControlSocket.Answer> reload(String id) {
    return ControlSocket.request(config.stateDirectory(), "reload-plugin " + id);
  }

  /** The same, as a sentence about what the directory now says. */
  String reloaded(String id) {
    return reload(id)
        .map(answer -> "the daemon: " + Words.line(answer.sentence()))
        .orElse("no daemon runs that could be told; it will see for itself when it starts");
  }

  /** Jars of a plugin, or of all. */
  static List<JarVerdict> chosen(KnownPlugins known, Optional<String> id) {
    return known.jars().stream()
        .filter(jar -> id.isEmpty() || jar.id().equals(id))
        .toList();
  }

  private static CommandFailure failure(IOException e, Path path, String what) {
    return e instanceof AccessDeniedException
        ? new CommandFailure(
            ExitCode.PERMISSION,
            "%s cannot be %s by this user; do it as the user it belongs to (sudo)"
                .formatted(path, what))
        : new CommandFailure(
            ExitCode.IO, "%s cannot be %s (%s)".formatted(path, what, e.getMessage()));
  }
}
