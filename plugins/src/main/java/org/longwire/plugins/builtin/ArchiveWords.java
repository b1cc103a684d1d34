package org.longwire.plugins.builtin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.PluginResult;

/** Lines of the archive as people read them: plain text, each on one line. Pure. */
final class ArchiveWords {
  /** Bytes of a text that are quoted. */
  private static final int QUOTED = 300;

  /** Bytes of one on the mesh, so that several fit. */
  private static final int BRIEFLY_QUOTED = 60;

  private ArchiveWords() {}

  /**
   * Answers with lines.
   *
   * @param lines the latest first; a room reads them in their order, the mesh the latest first
   */
  static PluginResult answer(String head, List<Archive.Line> lines, Times times) {
    List<String> shown = new ArrayList<>();
    int left = Limits.TEXT - head.length();
    for (Archive.Line line : lines) {
      String words = "%s %s (%s): %s"
          .formatted(
              times.at(line.at()),
              line.sender(),
              line.fromMesh() ? "mesh" : "room",
              Brief.cut(oneLine(line.text()), QUOTED));
      left -= words.length() + 1;
      if (left < 0) {
        break;
      }
      shown.add(words);
    }
    Collections.reverse(shown);
    shown.add(0, head);
    List<String> items = lines.stream()
        .map(line -> "%s %s: %s"
            .formatted(
                times.at(line.at()),
                line.sender(),
                Brief.cut(oneLine(line.text()), BRIEFLY_QUOTED)))
        .toList();
    return PluginResult.reply(
        Answer.of(String.join("\n", shown)).briefly(Brief.list("", items, "\n")));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
