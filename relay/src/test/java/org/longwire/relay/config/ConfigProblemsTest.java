package org.longwire.relay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConfigProblemsTest {
  private final ConfigProblems problems = new ConfigProblems();

  @Test
  void problemsAreShownInTheOrderOfTheLines() {
    problems.error(new Place("a.conf", 10), "x", " is wrong; write y");
    problems.warning(new Place("a.conf", 9), "y", " is odd; write z");
    assertEquals(
        "warning: a.conf:9: y is odd; write z\nerror: a.conf:10: x is wrong; write y\n",
        problems.render(false));
    assertTrue(problems.render(true).contains("\u001b[31merror: \u001b[0ma.conf:10"));
  }

  @Test
  void theSameProblemIsToldOnce() {
    problems.error(new Place("a.conf", 1), "x", " is wrong");
    problems.error(new Place("a.conf", 1), "x", " is wrong");
    assertEquals(1, problems.all().size());
  }

  @Test
  void onlyErrorsCountAndTheConfigurationCountsMoreThanPermission() {
    assertEquals(0, problems.exitCode());
    problems.warning(new Place("a.conf", 1), "x", " is odd");
    assertEquals(0, problems.exitCode());
    assertFalse(problems.hasErrors());
    problems.forbidden(new Place("a.conf", 2), "x", " may not be read");
    assertEquals(77, problems.exitCode());
    problems.error(new Place("a.conf", 3), "x", " is wrong");
    assertEquals(78, problems.exitCode());
  }

  @Test
  void aStrangeFileDoesNotFillTheScreen() {
    for (int i = 1; i <= ConfigProblems.MAX_SHOWN + 7; i++) {
      problems.error(new Place("a.conf", i), "x", " is wrong");
    }
    assertEquals(ConfigProblems.MAX_SHOWN + 1, problems.render(false).lines().count());
    assertTrue(problems.render(false).endsWith("and 7 more\n"));
  }

  @Test
  void whatWasWrittenCannotPlayWithTheTerminal() {
    problems.error(new Place("a.conf", 1), "x\u001b[2J\n", " is wrong");
    assertEquals("error: a.conf:1: x\\u001b[2J\\u000a is wrong\n", problems.render(false));
  }
}
