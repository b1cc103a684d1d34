package org.longwire.plugins.drawing.child;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** Writes PNGs, with a palette where that loses nothing: such files are a third as large. */
final class PngFile {
  private static final int PALETTE = 256;

  private PngFile() {}

  static void write(BufferedImage image, OutputStream out) throws IOException {
    // What is cached on disk is slower, and the card's business.
    ImageIO.setUseCache(false);
    Map<Integer, Integer> colours = colours(image);
    ImageIO.write(colours.size() > PALETTE ? image : paletted(image, colours), "png", out);
  }

  /** The colours by their place in the palette, until there are too many. */
  private static Map<Integer, Integer> colours(BufferedImage image) {
    Map<Integer, Integer> colours = new LinkedHashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth() && colours.size() <= PALETTE; x++) {
        colours.putIfAbsent(image.getRGB(x, y), colours.size());
      }
    }
    return colours;
  }

  private static BufferedImage paletted(BufferedImage image, Map<Integer, Integer> colours) {
    int[] palette = colours.keySet().stream().mapToInt(colour -> colour).toArray();
    IndexColorModel model = new IndexColorModel(
        8, palette.length, palette, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
    BufferedImage other = new BufferedImage(
        image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        other.getRaster().setSample(x, y, 0, colours.get(image.getRGB(x, y)));
      }
    }
    return other;
  }
}
