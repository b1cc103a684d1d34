package org.longwire.radio.sim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One recorded session of real firmware, read without a JSON library: its lines are simple. */
record Capture(List<Line> lines, Set<Integer> simulationOnly) {
  /**
   * @param millis since the recording began
   * @param kind {@code in} to the client, {@code out} from it, or the name of an event
   * @param injected whether the bytes stand for a reception and not for a client's writing
   */
  record Line(long millis, String kind, byte[] bytes, boolean injected) {}

  private static final Pattern MILLIS = Pattern.compile("\"t_ms\": (\\d+)");
  private static final Pattern DIRECTION = Pattern.compile("\"dir\": \"(\\w+)\"");
  private static final Pattern EVENT = Pattern.compile("\"event\": \"(\\w+)\"");
  private static final Pattern HEX = Pattern.compile("\"hex\": \"(\\w*)\"");
  private static final Pattern ONLY = Pattern.compile("\"sim_only_in_frames\": \\[([^]]*)]");

  static Capture read(String path) throws IOException {
    try (InputStream in = Capture.class.getResourceAsStream("/captures/" + path + ".jsonl")) {
      if (in == null) {
        throw new IOException("no capture " + path);
      }
      String[] all = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
      List<Line> lines = new ArrayList<>();
      for (int i = 1; i < all.length; i++) {
        lines.add(line(all[i]));
      }
      Set<Integer> only = new HashSet<>();
      for (String index : first(ONLY, all[0], "").split(",")) {
        if (!index.isBlank()) {
          only.add(Integer.parseInt(index.strip()));
        }
      }
      return new Capture(lines, only);
    }
  }

  private static Line line(String text) {
    String kind = first(DIRECTION, text, "");
    return new Line(
        Long.parseLong(first(MILLIS, text, "0")),
        kind.equals("event") ? first(EVENT, text, "") : kind,
        HexFormat.of().parseHex(first(HEX, text, "")),
        text.contains("\"sim\": true"));
  }

  private static String first(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }
}
