package org.longwire.relay.demo;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A line editor of the smallest kind, because others write on the screen while a person types: the
 * terminal hands over each key at once, and the screen draws what was typed so far below all else.
 * Knows backspace, Ctrl-U and Ctrl-D; other control keys and escape sequences are ignored.
 */
final class TerminalLines implements TypedLines, AutoCloseable {
  private static final File TERMINAL = new File("/dev/tty");
  private static final int STTY_SECONDS = 5;
  private static final int MAX_LINE = 2_000;
  private static final int CTRL_D = 4;
  private static final int BACKSPACE = 8;
  private static final int CTRL_U = 21;
  private static final int ESCAPE = 27;
  private static final int DELETE = 127;

  private final Reader keys;
  private final DemoScreen screen;
  private final String settings;
  private final int width;
  private final StringBuilder typed = new StringBuilder();

  private TerminalLines(Reader keys, DemoScreen screen, String settings, int width) {
    this.keys = keys;
    this.screen = screen;
    this.settings = settings;
    this.width = width;
  }

  /** Takes over the terminal; empty if this is none, or one that cannot be set. */
  static Optional<TerminalLines> open(Reader keys, DemoScreen screen) {
    try {
      String settings = stty("-g");
      String[] size = stty("size").split(" ");
      int width = Math.max(20, Integer.parseInt(size[size.length - 1]));
      stty("-icanon", "-echo", "min", "1", "time", "0");
      return Optional.of(new TerminalLines(keys, screen, settings, width));
    } catch (IOException | NumberFormatException e) {
      // No terminal to be edited in: lines come as they are.
      return Optional.empty();
    }
  }

  private static String stty(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = "stty";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command)
        .redirectInput(TERMINAL)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(STTY_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("stty failed");
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public Optional<String> next(String prompt) throws IOException {
    typed.setLength(0);
    while (true) {
      draw(prompt);
      int key = keys.read();
      if (key < 0 || (key == CTRL_D && typed.length() == 0)) {
        screen.below("");
        return Optional.empty();
      }
      if (key == '\n' || key == '\r') {
        return Optional.of(typed.toString());
      }
      type(key);
    }
  }

  private void type(int key) throws IOException {
    if (key == BACKSPACE || key == DELETE) {
      if (typed.length() > 0) {
        typed.setLength(typed.offsetByCodePoints(typed.length(), -1));
      }
    } else if (key == CTRL_U) {
      typed.setLength(0);
    } else if (key == ESCAPE) {
      skipSequence();
    } else if (key >= ' ' && typed.length() < MAX_LINE) {
      typed.append((char) key);
    }
  }

  /** Arrows and their kind: escape, a bracket, and everything up to a letter or tilde. */
  private void skipSequence() throws IOException {
    int key = keys.read();
    if (key != '[' && key != 'O') {
      return;
    }
    do {
      key = keys.read();
    } while (key >= 0 && (key < '@' || key > '~'));
  }

  /** Of a line that is too long for the terminal, its end is shown. */
  private void draw(String prompt) {
    int room = Math.max(1, width - prompt.length() - 2);
    int length = typed.codePointCount(0, typed.length());
    String end = length <= room
        ? typed.toString()
        : "…" + typed.substring(typed.offsetByCodePoints(typed.length(), 1 - room));
    screen.below(prompt + end);
  }

  /** Gives the terminal back as it was. */
  @Override
  public void close() {
    screen.below("");
    try {
      stty(settings);
    } catch (IOException e) {
      screen.plain("the terminal could not be set back; type: stty sane");
    }
  }
}
