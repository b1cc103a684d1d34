package org.longwire.relay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.cli.CommandLineInterface;
import org.longwire.relay.config.ConfigLoader.Loaded;

/** Each wrong configuration gives its sentences, all of them, word by word, and exit code 78. */
class WrongConfigurationsTest {
  @TempDir
  Path folder;

  @TestFactory
  Stream<DynamicTest> everyWrongConfigurationGivesItsSentences() throws IOException {
    return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  @Test
  void theTableIsLong() throws IOException {
    assertTrue(cases().size() >= 60);
  }

  private void check(Case wrong) throws IOException {
    Path own = Files.createTempDirectory(folder, "case");
    Loaded loaded = ConfigText.load(own, wrong.text());
    assertEquals(
        String.join("\n", new TreeSet<>(wrong.sentences())),
        String.join("\n", new TreeSet<>(ConfigText.sentences(loaded, own))));
    assertTrue(loaded.config().isEmpty());
    assertEquals(78, loaded.problems().exitCode());
  }

  @TestFactory
  Stream<DynamicTest> theCommandSaysTheSameAndEndsWith78() throws IOException {
    return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> checkCommand(c)));
  }

  private void checkCommand(Case wrong) throws IOException {
    Path own = Files.createTempDirectory(folder, "case");
    Path file = ConfigText.write(own, wrong.text());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = CommandLineInterface.execute(
        new String[] {"check-config", "-c", file.toString(), "--state", own.toString()},
        new PrintWriter(out, true),
        new PrintWriter(err, true));
    assertEquals(78, code, err::toString);
    assertEquals("", out.toString());
    List<String> said =
        err.toString().lines().map(l -> l.replace(own + "/", "")).toList();
    for (String sentence : wrong.sentences()) {
      assertTrue(
          said.contains("error: " + sentence) || said.contains("warning: " + sentence),
          () -> sentence + " is not in " + said);
    }
    assertTrue(said.stream().allMatch(l -> l.chars().noneMatch(Character::isISOControl)));
  }

  private record Case(String name, String text, List<String> sentences) {}

  private static List<Case> cases() throws IOException {
    try (InputStream in =
        WrongConfigurationsTest.class.getResourceAsStream("wrong-configurations.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      for (String block :
          List.of(all.split("(?m)^=== ")).subList(1, all.split("(?m)^=== ").length)) {
        String[] parts = block.split("\n---\n");
        int end = parts[0].indexOf('\n');
        cases.add(new Case(
            parts[0].substring(0, end),
            parts[0].substring(end + 1) + "\n",
            parts[1].lines().toList()));
      }
      return cases;
    }
  }
}
