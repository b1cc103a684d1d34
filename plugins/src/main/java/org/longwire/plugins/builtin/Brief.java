package org.longwire.plugins.builtin;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Words for the mesh, which counts bytes. Pure. */
final class Brief {
  /** What fits into one packet with a prefix. */
  static final int BYTES = 200;

  private static final String CUT = "…";

  private Brief() {}

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The text, or what fits of it. */
  static String cut(String text) {
    return cut(text, BYTES);
  }

  static String cut(String text, int limitBytes) {
    if (bytes(text) <= limitBytes) {
      return text;
    }
    int left = limitBytes - bytes(CUT);
    int end = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      left -= bytes(text.substring(end, next));
      if (left < 0) {
        break;
      }
      end = next;
    }
    return text.substring(0, end).stripTrailing() + CUT;
  }

  /** A head and as many items as fit, and how many do not. */
  static String list(String head, List<String> items, String between) {
    StringBuilder text = new StringBuilder(head);
    int told = 0;
    for (String item : items) {
      String next = (told == 0 ? "" : between) + item;
      int left = items.size() - told - 1;
      String more = left > 0 ? between + "+" + left : "";
      if (bytes(text + next + more) > BYTES) {
        break;
      }
      text.append(next);
      told++;
    }
    String more = (told == 0 ? "" : between) + "+" + (items.size() - told);
    return told == items.size() ? text.toString() : cut(text + more);
  }

  static String list(String head, List<String> items) {
    return list(head, items, ", ");
  }
}
