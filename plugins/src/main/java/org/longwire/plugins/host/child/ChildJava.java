package org.longwire.plugins.host.child;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.longwire.matrix.RoomEvent;
import org.longwire.plugins.api.Plugin;
import org.longwire.radio.MeshEvent;

/**
 * How the Java of a plugin's process is started: small, with the three jars that its values are
 * made of and nothing else of ours, without the relay's environment.
 */
final class ChildJava {
  /** What the plugin prints, since its process was started. */
  static final String PRINTED = "printed.log";

  /** As the relay's own: little memory, and no wake-ups while nothing happens. */
  private static final List<String> OPTIONS = List.of(
      "-XX:+IgnoreUnrecognizedVMOptions",
      "-XX:+UnlockDiagnosticVMOptions",
      "-Xms4m",
      "-Xss512k",
      "-XX:+UseSerialGC",
      "-XX:TieredStopAtLevel=1",
      "-XX:ReservedCodeCacheSize=16m",
      "-XX:MaxMetaspaceSize=48m",
      "-XX:MaxDirectMemorySize=8m",
      "-XX:ArchiveRelocationMode=0",
      "-XX:GuaranteedSafepointInterval=0",
      "-XX:AsyncDeflationInterval=60000",
      "-XX:-UsePerfData",
      "-XX:+ExitOnOutOfMemoryError",
      "-XX:+DisplayVMOutputToStderr",
      "-XX:-CreateCoredumpOnCrash",
      "-XX:+DisableAttachMechanism",
      "-Dfile.encoding=UTF-8");

  private static final Set<String> ENVIRONMENT = Set.of("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ");

  private ChildJava() {}

  /**
   * @param directory where the process works
   * @param heapMegabytes that it may take at most
   */
  static Process start(Path directory, int heapMegabytes) throws IOException {
    List<String> command = new ArrayList<>(JavaCommand.words());
    command.addAll(OPTIONS);
    command.add("-Xmx%dm".formatted(heapMegabytes));
    command.addAll(List.of("-cp", classPath(), PluginProcess.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().retainAll(ENVIRONMENT);
    builder.directory(directory.toFile());
    builder.redirectError(directory.resolve(PRINTED).toFile());
    return builder.start();
  }

  private static String classPath() {
    return Stream.of(Plugin.class, MeshEvent.class, RoomEvent.class)
        .map(ChildJava::origin)
        .distinct()
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  private static String origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path is made of files", e);
    }
  }
}
