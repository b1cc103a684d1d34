package org.longwire.plugins.drawing.child;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** The fonts that we draw with: the JDK's logical ones, which stand for what is installed. */
final class Lettering {
  private Lettering() {}

  static Font plain(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }

  static Font bold(int size) {
    return new Font(Font.SANS_SERIF, Font.BOLD, size);
  }

  /** Whether anything can be written; a headless Java without fonts only finds out by trying. */
  static boolean works() {
    try {
      Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
      graphics.setFont(plain(12));
      return graphics.getFontMetrics().stringWidth("m") > 0;
    } catch (RuntimeException | LinkageError | InternalError e) {
      return false;
    }
  }

  /** The words without what the font cannot show, such as most emoji. */
  static String shown(String words, Font font) {
    StringBuilder shown = new StringBuilder();
    words
        .codePoints()
        .filter(c -> font.canDisplay(c) && !Character.isISOControl(c))
        .forEach(shown::appendCodePoint);
    String rest = shown.toString().strip();
    return rest.isEmpty() && !words.isBlank() ? "?" : rest;
  }
}
