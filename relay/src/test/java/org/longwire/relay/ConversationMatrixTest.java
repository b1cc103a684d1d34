package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of thing that people do on either side, and all that becomes of it anywhere: one test
 * for each line of the tables beside this class, which explain themselves.
 */
class ConversationMatrixTest {
  private static final String COMMENT = "#";
  private static final String ARROW = " => ";

  @TempDir
  Path directory;

  /**
   * One line of a table.
   *
   * @param settings lines of configuration
   */
  private record Line(String settings, String deeds, String appears) {}

  @TestFactory
  List<DynamicContainer> fromTheRoomToTheMesh() throws IOException {
    return tests("room-to-mesh.txt");
  }

  @TestFactory
  List<DynamicContainer> fromTheMeshToTheRoom() throws IOException {
    return tests("mesh-to-room.txt");
  }

  @TestFactory
  List<DynamicContainer> inPrivate() throws IOException {
    return tests("private-rooms.txt");
  }

  private List<DynamicContainer> tests(String table) throws IOException {
    List<DynamicContainer> sections = new ArrayList<>();
    String settings = "";
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : lines(table)) {
      if (line.startsWith("[")) {
        sections.add(DynamicContainer.dynamicContainer("[" + settings + "]", tests));
        settings = line.substring(1, line.length() - 1);
        tests = new ArrayList<>();
      } else {
        tests.add(test(settings, line));
      }
    }
    sections.add(DynamicContainer.dynamicContainer("[" + settings + "]", tests));
    return sections;
  }

  /** A line that begins with white space goes on with the one before. */
  private static List<String> lines(String table) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(
        Objects.requireNonNull(ConversationMatrixTest.class.getResourceAsStream(table)),
        StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(" ")) {
          int last = lines.size() - 1;
          lines.set(last, lines.get(last) + " " + line.strip());
        } else if (!line.isEmpty() && !line.startsWith(COMMENT)) {
          lines.add(line);
        }
      }
    }
    return lines;
  }

  private DynamicTest test(String settings, String text) {
    String[] columns = text.split(ARROW, -1);
    if (columns.length != 2) {
      throw new IllegalArgumentException("a line is \"deeds" + ARROW + "what appears\": " + text);
    }
    Line line = new Line(settings, columns[0].strip(), columns[1].strip());
    return DynamicTest.dynamicTest(text, () -> check(line));
  }

  private void check(Line line) throws Exception {
    try (ConversationStage stage = ConversationStage.open(freshDirectory(), line.settings())) {
      stage.prepare(line.deeds());
      boolean withKeys = line.appears().contains(Appearances.KEYS);
      assertEquals(line.appears(), stage.perform(line.deeds(), withKeys));
    }
  }

  private Path freshDirectory() {
    try {
      return Files.createTempDirectory(directory, "case");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
