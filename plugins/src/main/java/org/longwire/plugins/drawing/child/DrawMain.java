package org.longwire.plugins.drawing.child;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Timer;
import java.util.TimerTask;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.drawing.DrawingProcess;
import org.longwire.plugins.host.child.OomScore;
import org.longwire.plugins.host.child.RecordForm;

/** Reads a drawing from its input, and writes it as a PNG to its output. */
public final class DrawMain {
  private DrawMain() {}

  /**
   * Ends with 0, with {@link DrawingProcess#SAID_WHY} or {@link DrawingProcess#TOO_LATE}, or with 1
   * after a bug.
   *
   * @param arguments milliseconds after which it ends in any case
   */
  public static void main(String[] arguments) throws IOException {
    OomScore.offerThisProcess();
    endAfter(Long.parseLong(arguments[0]));
    if (!Lettering.works()) {
      System.err.println("this machine has no fonts to draw with; install some"
          + " (on Debian: apt install fontconfig fonts-dejavu-core)");
      System.exit(DrawingProcess.SAID_WHY);
    }
    Drawing drawing = (Drawing) RecordForm.decode(Drawing.class, System.in.readAllBytes());
    OutputStream out = new BufferedOutputStream(System.out);
    PngFile.write(paint(drawing), out);
    out.flush();
  }

  /** The relay ends this process before, if it is still there. */
  private static void endAfter(long millis) {
    TimerTask end = new TimerTask() {
      @Override
      public void run() {
        Runtime.getRuntime().halt(DrawingProcess.TOO_LATE);
      }
    };
    new Timer("deadline", true).schedule(end, millis);
  }

  private static BufferedImage paint(Drawing drawing) {
    BufferedImage image =
        new BufferedImage(drawing.width(), drawing.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    if (drawing instanceof Drawing.Chart chart) {
      new ChartPainter(chart).paint(graphics);
    } else {
      new MapPainter((Drawing.Map) drawing, graphics).paint();
    }
    graphics.dispose();
    return image;
  }
}
