package org.longwire.plugins.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.MapView;
import org.longwire.plugins.api.PluginException;
import org.longwire.radio.GeoPoint;

class DrawingProcessTest {
  private static final Drawing CHART = new Drawing.Chart(
      "Battery \uD83D of \uD83D\uDD0B",
      "%",
      Instant.EPOCH,
      Instant.EPOCH.plusSeconds(60),
      ZoneId.of("Europe/Zurich"),
      List.of(new Drawing.Chart.Line(
          "KT1",
          List.of(new Drawing.Chart.Point(Instant.EPOCH.plusSeconds(30), -1.5)),
          Duration.ofMinutes(3))),
      300,
      200);

  @TempDir
  private Path directory;

  @Test
  void aDrawingThatIsTooLargeIsRefused() {
    byte[] content = new byte[256 * 1024];
    Drawing.Map map = new Drawing.Map(
        new MapView(new GeoPoint(0, 0), 3, 800, 600),
        List.of(),
        Collections.nCopies(20, new Drawing.Map.Tile(new MapView.TileAddress(3, 4, 4), content)),
        "");

    assertEquals(
        "there is too much in this picture; ask for a smaller one",
        sentence(new DrawingProcess(directory), map));
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    assertEquals(300, new DrawingProcess(directory.resolve("new")).draw(CHART).width());

    try (Stream<Path> files = Files.list(directory.resolve("new"))) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void aMachineWithoutFontsIsToldWhatToInstall() throws Exception {
    Path none = Files.writeString(directory.resolve("fonts.conf"), "<fontconfig></fontconfig>");
    List<String> command = new ArrayList<>(DrawingProcess.command());
    // Where the JDK remembers what it has found before.
    command.add(command.indexOf("-cp"), "-Duser.home=" + directory);
    DrawingProcess process = process(command, Map.of("FONTCONFIG_FILE", none.toString()));

    assertEquals(
        "this machine has no fonts to draw with; install some"
            + " (on Debian: apt install fontconfig fonts-dejavu-core)",
        sentence(process));
  }

  @Test
  void aProcessThatHangsIsEndedInTime() throws Exception {
    DrawingProcess process =
        new DrawingProcess(directory, List.of("sleep", "600"), Duration.ofMillis(200), Map.of());

    assertEquals(
        "the picture was not drawn within 0 s; ask again when the relay has less to do",
        sentence(process));
    assertFalse(ProcessHandle.current()
        .children()
        .anyMatch(child -> child.info().commandLine().orElse("").equals("sleep 600")));
  }

  /** As when the relay was killed and nobody ends it from outside. */
  @Test
  void aProcessThatIsLeftAloneEndsItself() throws Exception {
    List<String> command = new ArrayList<>(DrawingProcess.command());
    command.set(command.size() - 1, "100");
    Process process = new ProcessBuilder(command).start();
    try {
      // Its input stays open, so that it would wait for ever.
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(DrawingProcess.TOO_LATE, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theProcessIsTheFirstToGoWhenMemoryRunsOut() throws Exception {
    Process process = new ProcessBuilder(DrawingProcess.command()).start();
    try (OutputStream in = process.getOutputStream()) {
      // More than a pipe holds: once it is written the process has begun to read.
      in.write(new byte[1024 * 1024]);
      Path score = Path.of("/proc/%d/oom_score_adj".formatted(process.pid()));
      assertEquals("1000", Files.readString(score).strip());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aProcessThatFailsOrIsNotThereIsAnswerEnough() {
    assertEquals(
        "the process that draws ended with 4: no paper",
        sentence(process(List.of("sh", "-c", "echo no paper >&2; exit 4"), Map.of())));
    assertEquals(
        "the picture takes more memory than there is for it; ask for a smaller one",
        sentence(
            process(hungry(), Map.of()),
            new Drawing.Map(
                new MapView(new GeoPoint(0, 0), 3, 1_600, 1_600), List.of(), List.of(), "")));
    assertTrue(sentence(process(List.of("no-such-program"), Map.of()))
        .startsWith("no process can be started that draws: "));
  }

  @Test
  void aPictureThatIsTooLargeIsNone() {
    assertEquals(
        "the picture has more than 1024 KB; ask for a smaller one",
        sentence(process(List.of("head", "-c", "1048577", "/dev/zero"), Map.of())));
  }

  @Test
  void whoeverIsInterruptedGetsNoPictureAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    assertEquals("the drawing was broken off", sentence(new DrawingProcess(directory)));
    assertTrue(Thread.interrupted());
  }

  /** The relay runs without the graphics of the JDK being there at all. */
  @Test
  void whoeverHasPicturesDrawnNeedsNoGraphicsOfHisOwn() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--limit-modules", "java.base", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Painter.class.getName());
    command.add(directory.toString());

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());

    assertEquals("graph.png (image/png, 300 × 200)", said.strip());
    assertEquals(0, process.waitFor());
  }

  /** Has a picture drawn and says which. */
  public static final class Painter {
    private Painter() {}

    public static void main(String[] arguments) throws Exception {
      System.out.write(new DrawingProcess(Path.of(arguments[0]))
          .draw(CHART)
          .toString()
          .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      System.out.flush();
    }
  }

  private DrawingProcess process(List<String> command, Map<String, String> environment) {
    return new DrawingProcess(directory, command, Duration.ofSeconds(60), environment);
  }

  /** The child with no memory to speak of. */
  private static List<String> hungry() {
    return DrawingProcess.command().stream()
        .map(word -> word.startsWith("-Xmx") ? "-Xmx6m" : word)
        .toList();
  }

  private static String sentence(DrawingProcess process) {
    return sentence(process, CHART);
  }

  private static String sentence(DrawingProcess process, Drawing drawing) {
    return assertThrows(PluginException.Unavailable.class, () -> process.draw(drawing))
        .getMessage();
  }
}
