package org.longwire.plugins.builtin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.plugins.api.PluginException;

/**
 * What somebody wants to see drawn.
 *
 * @param node in the asker's words; empty for all
 */
record GraphRequest(Metric metric, Optional<String> node, Duration window) {
  private static final Duration STANDARD = Duration.ofHours(24);
  private static final Pattern WINDOW = Pattern.compile("(\\d{1,4})([hd])");

  /**
   * Reads {@code [node] [window]}, with the metric before it if the command does not say it.
   *
   * @param most the longest window there is
   * @throws PluginException.Refused with a sentence for the asker, if it is not clear
   */
  static GraphRequest of(Optional<Metric> told, String args, Duration most)
      throws PluginException.Refused {
    List<String> words = new ArrayList<>(List.of(args.strip().split("\\s+")));
    words.remove("");
    Metric metric = told.isPresent() ? told.get() : metric(words);
    Duration window = STANDARD;
    if (!words.isEmpty()) {
      Matcher matcher = WINDOW.matcher(words.get(words.size() - 1));
      if (matcher.matches()) {
        words.remove(words.size() - 1);
        long count = Long.parseLong(matcher.group(1));
        window = matcher.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofDays(count);
      }
    }
    if (window.isZero() || window.compareTo(most) > 0) {
      throw new PluginException.Refused("a graph goes back 1h to %dd".formatted(most.toDays()));
    }
    String node = String.join(" ", words);
    return new GraphRequest(metric, Optional.of(node).filter(n -> !n.isEmpty()), window);
  }

  private static Metric metric(List<String> words) throws PluginException.Refused {
    Optional<Metric> metric = words.isEmpty() ? Optional.empty() : Metric.of(words.remove(0));
    return metric.orElseThrow(() -> new PluginException.Refused(
        "say what to draw: %s; for example !graph battery 7d".formatted(Metric.choice())));
  }

  /** {@code 24 h}, or {@code 7 days}. */
  String windowWords() {
    return Times.span(window);
  }
}
