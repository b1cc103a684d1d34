package org.longwire.relay.bridge;

/** Plain words as Matrix's HTML that shows exactly them. */
final class Html {
  private Html() {}

  static String escape(String words) {
    StringBuilder html = new StringBuilder(words.length() + 16);
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        case '\n' -> html.append("<br/>");
        default -> html.append(c);
      }
    }
    return html.toString();
  }
}
