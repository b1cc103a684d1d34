package org.longwire.plugins.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.MapView;
import org.longwire.plugins.api.PluginException;

/**
 * Which map somebody wants.
 *
 * @param node in the asker's words; empty for all
 */
record MapRequest(OptionalInt zoom, int width, int height, Optional<String> node) {
  static final int WIDTH = 800;
  static final int HEIGHT = 600;

  private static final Pattern ZOOM = Pattern.compile("zoom=(\\d{1,4})");
  private static final Pattern SIZE = Pattern.compile("size=(\\d{1,5})[,x](\\d{1,5})");

  /**
   * Reads {@code [zoom=N] [size=W,H] [node]}, in any order.
   *
   * @throws PluginException.Refused with a sentence for the asker, if there is no such map
   */
  static MapRequest of(String args) throws PluginException.Refused {
    OptionalInt zoom = OptionalInt.empty();
    int width = WIDTH;
    int height = HEIGHT;
    List<String> node = new ArrayList<>();
    for (String word : args.strip().split("\\s+")) {
      Matcher size = SIZE.matcher(word);
      Matcher number = ZOOM.matcher(word);
      if (number.matches()) {
        zoom = OptionalInt.of(Integer.parseInt(number.group(1)));
      } else if (size.matches()) {
        width = Integer.parseInt(size.group(1));
        height = Integer.parseInt(size.group(2));
      } else {
        node.add(word);
      }
    }
    if (zoom.orElse(0) > MapView.MAX_ZOOM) {
      throw new PluginException.Refused("zoom= is 0 to %d".formatted(MapView.MAX_ZOOM));
    }
    if (Math.min(width, height) < Drawing.MIN_SIDE || Math.max(width, height) > Drawing.MAX_SIDE) {
      throw new PluginException.Refused("size= is width and height in pixels, %d to %d each"
          .formatted(Drawing.MIN_SIDE, Drawing.MAX_SIDE));
    }
    String words = String.join(" ", node);
    return new MapRequest(zoom, width, height, Optional.of(words).filter(w -> !w.isEmpty()));
  }
}
