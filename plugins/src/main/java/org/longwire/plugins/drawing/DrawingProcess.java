package org.longwire.plugins.drawing;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.host.child.JavaCommand;
import org.longwire.plugins.host.child.RecordForm;
import org.longwire.radio.GeoPoint;

/**
 * Draws each picture in a Java process of its own, one at a time: the graphics of the JDK cost 24
 * MB that would stay. What goes in and comes out are files, so that no thread has to wait at a pipe
 * and a process that hangs is noticed by the clock alone. Any thread.
 */
public final class DrawingProcess {
  /** What the process ends with after it has written a sentence that people may read. */
  public static final int SAID_WHY = 10;

  /** What it ends with by itself when nobody has ended it; usually nobody reads this one. */
  public static final int TOO_LATE = 11;

  /** How much longer than its limit it may live when the relay has gone meanwhile. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** What the Java machine ends with by the option for it below. */
  private static final int OUT_OF_MEMORY = 3;

  /** Of the relay's environment, which may hold secrets. */
  private static final Set<String> ENVIRONMENT =
      Set.of("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE");

  private static final String MAIN = "org.longwire.plugins.drawing.child.DrawMain";

  /** What the JDK's graphics and 64 tiles need; a Raspberry Pi has no memory to give away. */
  private static final List<String> OPTIONS = List.of(
      "-Xmx96m",
      "-Xss512k",
      "-XX:+UseSerialGC",
      "-XX:TieredStopAtLevel=1",
      "-XX:-UsePerfData",
      "-XX:+ExitOnOutOfMemoryError",
      "-Djava.awt.headless=true");

  /** Characters of what a failed process has said. */
  private static final int SAID_LIMIT = 300;

  private final Path directory;
  private final List<String> command;
  private final Duration limit;
  private final Map<String, String> environment;
  private final Semaphore turn = new Semaphore(1);

  /** @param directory for files that live as long as a process; made when there is none */
  public DrawingProcess(Path directory) {
    this(directory, command(), Limits.DRAW, Map.of());
  }

  DrawingProcess(
      Path directory, List<String> command, Duration limit, Map<String, String> environment) {
    this.directory = directory;
    this.command = List.copyOf(command);
    this.limit = limit;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Draws, which takes a second or so on a small machine.
   *
   * @throws PluginException.Unavailable if it could not be drawn in time, or at all
   */
  public Picture draw(Drawing drawing) throws PluginException {
    try {
      if (!turn.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new PluginException.Unavailable(
            "another picture is being drawn; ask again in a moment");
      }
      try {
        return drawAlone(drawing);
      } finally {
        turn.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException.Unavailable("the drawing was broken off");
    } catch (IOException e) {
      throw new PluginException.Unavailable(
          "no process can be started that draws: " + e.getMessage());
    }
  }

  private Picture drawAlone(Drawing drawing)
      throws IOException, InterruptedException, PluginException {
    Files.createDirectories(directory);
    Path in = directory.resolve("drawing");
    Path out = directory.resolve("picture");
    Path said = directory.resolve("said");
    try {
      Files.write(in, written(drawing));
      ProcessBuilder builder = new ProcessBuilder(command)
          .redirectInput(in.toFile())
          .redirectOutput(out.toFile())
          .redirectError(said.toFile());
      builder.environment().keySet().retainAll(ENVIRONMENT);
      builder.environment().putAll(environment);
      int status = run(builder.start());
      if (status != 0) {
        throw new PluginException.Unavailable(reason(status, said));
      }
      return picture(drawing, out);
    } finally {
      for (Path file : List.of(in, out, said)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static byte[] written(Drawing drawing) throws PluginException {
    try {
      return RecordForm.encode(Drawing.class, drawing);
    } catch (IllegalArgumentException e) {
      throw new PluginException.Unavailable(
          "there is too much in this picture; ask for a smaller one");
    }
  }

  private int run(Process process) throws InterruptedException, PluginException {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new PluginException.Unavailable(
            "the picture was not drawn within %d s; ask again when the relay has less to do"
                .formatted(limit.toSeconds()));
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String reason(int status, Path said) throws IOException {
    if (status == OUT_OF_MEMORY) {
      return "the picture takes more memory than there is for it; ask for a smaller one";
    }
    String words = new String(Files.readAllBytes(said), StandardCharsets.UTF_8).strip();
    if (status == SAID_WHY) {
      // Libraries may have complained before.
      return words.substring(words.lastIndexOf('\n') + 1);
    }
    String first = words.lines().findFirst().orElse("it said nothing");
    return "the process that draws ended with %d: %s"
        .formatted(status, first.substring(0, Math.min(SAID_LIMIT, first.length())));
  }

  private static Picture picture(Drawing drawing, Path out) throws IOException, PluginException {
    if (Files.size(out) > Limits.PICTURE_BYTES) {
      throw new PluginException.Unavailable("the picture has more than %d KB; ask for a smaller one"
          .formatted(Limits.PICTURE_BYTES / 1024));
    }
    String name = drawing instanceof Drawing.Chart ? "graph.png" : "map.png";
    return new Picture(
        name, "image/png", drawing.width(), drawing.height(), Files.readAllBytes(out));
  }

  /** The Java that runs us, with no more of our own than it takes. */
  static List<String> command() {
    List<String> path = List.of(
        place(DrawingProcess.class.getName()),
        place(GeoPoint.class.getName()),
        place("org.knowm.xchart.XYChart"));
    List<String> command = new ArrayList<>(JavaCommand.words());
    command.addAll(OPTIONS);
    String life = Long.toString(Limits.DRAW.plus(GRACE).toMillis());
    command.addAll(List.of("-cp", String.join(File.pathSeparator, path), MAIN, life));
    return command;
  }

  /** The jar or directory of a class, which is not loaded for it. */
  private static String place(String name) {
    String file = name.replace('.', '/') + ".class";
    URL url = DrawingProcess.class.getClassLoader().getResource(file);
    if (url == null) {
      throw new IllegalStateException(name + " is not installed");
    }
    String all = url.toString();
    String whole = all.substring(0, all.length() - file.length());
    if (whole.startsWith("jar:")) {
      whole = whole.substring("jar:".length(), whole.length() - "!/".length());
    }
    try {
      return Path.of(new URI(whole)).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(whole, e);
    }
  }
}
