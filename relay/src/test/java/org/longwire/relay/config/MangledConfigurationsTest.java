package org.longwire.relay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.config.ConfigLoader.Loaded;
import org.longwire.relay.config.ConfigProblems.Problem;

/** A file that was mangled in any way gives a configuration or sentences, never an exception. */
class MangledConfigurationsTest {
  private static final int FILES = 1000;
  private static final String SIGNS = "{}[]\"=:,#.$-_5x \n\t\\+'@!/\u0000\u202e\ud83d";

  @TempDir
  Path folder;

  @Test
  void noMangledFileEscapesTheSentences() throws IOException {
    String whole = Files.readString(
            Path.of(System.getProperty("longwire.root"), "config", "longwire.conf"))
        .replaceAll("(?m)^ *#.*\n|^\n", "");
    Random random = new Random(20261120);
    int wrong = 0;
    for (int i = 0; i < FILES; i++) {
      StringBuilder text = new StringBuilder(whole);
      for (int n = random.nextInt(4); n >= 0; n--) {
        mangle(text, random);
      }
      Loaded loaded = ConfigText.load(folder, text.toString());
      assertEquals(loaded.config().isPresent(), !loaded.problems().hasErrors(), text.toString());
      for (Problem problem : loaded.problems().all()) {
        assertTrue(
            problem.sentence().chars().noneMatch(Character::isISOControl), problem.sentence());
        assertTrue(problem.sentence().length() < 1000, problem.sentence());
      }
      wrong += loaded.problems().hasErrors() ? 1 : 0;
    }
    assertTrue(wrong > FILES / 4, wrong + " of " + FILES + " were wrong: this mangles too gently");
  }

  private static void mangle(StringBuilder text, Random random) {
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + 1 + random.nextInt(12));
    char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
    switch (random.nextInt(4)) {
      case 0 -> text.insert(at, sign);
      case 1 -> text.delete(at, end);
      case 2 -> text.setCharAt(at, sign);
      default -> text.insert(random.nextInt(text.length()), text.substring(at, end));
    }
  }
}
