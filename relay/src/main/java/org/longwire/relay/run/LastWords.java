package org.longwire.relay.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why the daemon stopped by itself, kept in the state directory so that {@code status} can tell it
 * when nobody is there to ask. An ordinary stop leaves none.
 */
public final class LastWords {
  private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);
  private static final String FILE = "last-words";

  /** Characters kept: a page, whatever a sentence quotes. */
  private static final int LIMIT = 2_000;

  private LastWords() {}

  public static void leave(Path directory, String sentence) {
    try {
      Files.writeString(
          directory.resolve(FILE), Glyphs.atMost(Glyphs.printable(sentence, " "), LIMIT));
    } catch (IOException e) {
      LOG.debug("last words could not be kept: {}", e.toString());
    }
  }

  public static void clear(Path directory) {
    try {
      Files.deleteIfExists(directory.resolve(FILE));
    } catch (IOException e) {
      LOG.debug("last words could not be removed: {}", e.toString());
    }
  }

  public static Optional<String> read(Path directory) {
    try {
      return Optional.of(Files.readString(directory.resolve(FILE)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
