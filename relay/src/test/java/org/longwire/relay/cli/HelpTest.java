package org.longwire.relay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, version, and what is said to somebody who typed something wrong. */
class HelpTest {
  @Test
  void helpNamesEveryCommandAndFitsItsLines() {
    Invocation help = Invocation.of("--help");
    assertEquals(0, help.code());
    assertEquals("", help.err());
    for (String command : new String[] {
      "run",
      "demo",
      "check-config",
      "login",
      "status",
      "queue",
      "trace",
      "ports",
      "nodes",
      "db",
      "plugin"
    }) {
      assertTrue(
          help.out().lines().anyMatch(line -> line.startsWith("  " + command + " ")), command);
    }
    assertTrue(help.out().contains("Examples:"));
    assertTrue(help.out().lines().allMatch(line -> line.length() <= 100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "demo",
        "check-config",
        "login",
        "status",
        "queue",
        "trace",
        "ports",
        "nodes",
        "db",
        "plugin"
      })
  void everyCommandHasHelpWithExamples(String command) {
    Invocation help = Invocation.of(command, "--help");
    assertEquals(0, help.code());
    assertEquals("", help.err());
    assertTrue(help.out().startsWith("Usage: longwire " + command), help.out());
    String examples = help.out().substring(help.out().indexOf("Examples:"));
    assertTrue(examples.contains("longwire " + command), examples);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db status",
        "db check",
        "db backup",
        "db restore",
        "db migrate",
        "db compact",
        "db copy",
        "db stats",
        "db export",
        "db import",
        "db reset",
        "nodes list",
        "nodes show",
        "nodes forget",
        "plugin list",
        "plugin show",
        "plugin install",
        "plugin verify",
        "plugin scan",
        "plugin disable",
        "plugin enable",
        "plugin remove",
        "plugin reload"
      })
  void soHasEveryCommandOfAGroup(String command) {
    String[] words = command.split(" ");
    Invocation help = Invocation.of(words[0], words[1], "--help");
    assertEquals(0, help.code());
    assertTrue(help.out().startsWith("Usage: longwire " + command), help.out());
    assertTrue(help.out().lines().allMatch(line -> line.length() <= 100), help.out());
    String examples = help.out().substring(help.out().indexOf("Examples:"));
    assertTrue(examples.contains("longwire " + command), examples);
    assertEquals(64, Invocation.of(words[0]).code());
  }

  @Test
  void noCommandIsCutOffInTheMiddle() {
    Invocation.of("--help")
        .out()
        .lines()
        .filter(line -> line.matches("  [a-z].*"))
        .forEach(line -> assertTrue(line.endsWith(".") || line.contains("longwire "), line));
  }

  @Test
  void theVersionNamesTheProgramAndItsJava() {
    Invocation version = Invocation.of("--version");
    assertEquals(0, version.code());
    assertTrue(version.out().startsWith("longwire "), version.out());
    assertTrue(version.out().contains("Java " + System.getProperty("java.version")));
  }

  @Test
  void withoutACommandTheUsageGoesToStandardError() {
    Invocation nothing = Invocation.of();
    assertEquals(64, nothing.code());
    assertEquals("", nothing.out());
    assertTrue(nothing.err().startsWith("Usage: longwire"), nothing.err());
  }

  static Stream<Arguments> misuses() {
    return Stream.of(
        Arguments.of("Unmatched argument at index 0: 'stauts'", new String[] {"stauts"}),
        Arguments.of("Unknown option: '--loud'", new String[] {"run", "--loud"}),
        Arguments.of("Missing required parameter: 'WHAT'", new String[] {"trace"}),
        Arguments.of("'many' is not an int", new String[] {"queue", "--limit", "many"}),
        Arguments.of("0 is not from 1 to 1000", new String[] {"queue", "--limit", "0"}),
        Arguments.of("1001 is not from 1 to 1000", new String[] {"trace", "--limit", "1001", "x"}),
        Arguments.of(
            "Missing required parameter for option '--state'", new String[] {"status", "--state"}),
        Arguments.of("Unmatched argument at index 1: 'now'", new String[] {"demo", "now"}),
        Arguments.of("Unknown option: '--\ufffd[2J'", new String[] {"run", "--\u001b[2J"}));
  }

  @ParameterizedTest
  @MethodSource("misuses")
  void misuseIsOneSentenceAndWhereToLook(String sentence, String... args) {
    Invocation misuse = Invocation.of(args);
    assertEquals(64, misuse.code());
    assertEquals("", misuse.out());
    String first = misuse.err().lines().findFirst().orElseThrow();
    assertTrue(first.startsWith("longwire: ") && first.contains(sentence), misuse.err());
    assertTrue(misuse.err().contains("Try: longwire"), misuse.err());
    assertTrue(misuse.err().lines().count() <= 3, misuse.err());
  }

  @Test
  void aMisspeltCommandGetsASuggestion() {
    assertTrue(Invocation.of("stauts").err().contains("longwire status"));
  }
}
