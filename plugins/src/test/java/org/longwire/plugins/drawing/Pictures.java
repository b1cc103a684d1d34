package org.longwire.plugins.drawing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.longwire.plugins.api.Picture;

/** What tests see in pictures. */
final class Pictures {
  private Pictures() {}

  static BufferedImage decoded(Picture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.content()));
  }

  /** A pixel's red, green and blue. */
  static int colour(BufferedImage image, double x, double y) {
    return image.getRGB((int) Math.floor(x), (int) Math.floor(y)) & 0xFFFFFF;
  }

  /** Whether every channel of it is within 40 of the other's. */
  static boolean isLike(int colour, int other) {
    for (int shift = 0; shift <= 16; shift += 8) {
      if (Math.abs((colour >> shift & 0xFF) - (other >> shift & 0xFF)) > 40) {
        return false;
      }
    }
    return true;
  }

  /** How many pixels of a column have such a colour. */
  static int countInColumn(BufferedImage image, int x, int colour) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      count += isLike(colour(image, x, y), colour) ? 1 : 0;
    }
    return count;
  }

  /** A square of one colour. */
  static byte[] tile(int rgb, int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < side; x++) {
      for (int y = 0; y < side; y++) {
        image.setRGB(x, y, rgb);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
