package org.longwire.matrix;

/**
 * The quote that older clients put before a reply's own words. The specification dropped it in
 * v1.13, rooms have not (matrix.md §2.6).
 */
final class ReplyFallback {
  private static final String HTML_START = "<mx-reply>";
  private static final String HTML_END = "</mx-reply>";

  private ReplyFallback() {}

  /** The reply's own words; the whole body if nothing else would be left. */
  static String strip(String body) {
    String words = withoutQuote(withoutHtml(body));
    return words.isBlank() ? body : words;
  }

  /**
   * Whether a body begins as a fallback does, with a quoted person or the HTML of one. An edit may
   * carry such a quote without saying that the original was a reply.
   */
  static boolean isQuoting(String body) {
    return body.startsWith("> <@") || body.startsWith("> * <@") || body.startsWith(HTML_START);
  }

  /** HTML without the quote before it. */
  static String withoutHtml(String body) {
    int end = body.startsWith(HTML_START) ? body.indexOf(HTML_END) : -1;
    return end < 0 ? body : body.substring(end + HTML_END.length());
  }

  private static String withoutQuote(String body) {
    int at = 0;
    while (isQuoteAt(body, at)) {
      int end = body.indexOf('\n', at);
      at = end < 0 ? body.length() : end + 1;
    }
    if (at > 0 && at < body.length() && body.charAt(at) == '\n') {
      at++;
    }
    return body.substring(at);
  }

  private static boolean isQuoteAt(String body, int at) {
    return body.startsWith("> ", at) || body.startsWith(">\n", at);
  }
}
