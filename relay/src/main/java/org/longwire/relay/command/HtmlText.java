package org.longwire.relay.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of HTML as it takes to read a message that begins with a link; a stranger's, and perhaps
 * none at all. Pure.
 */
final class HtmlText {
  private static final Pattern ATTRIBUTE = Pattern.compile(
      "\\G\\s+([^\\s=/>\"']+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+)))?");
  private static final Pattern OPENING = Pattern.compile("\\A\\s*(?:<p>\\s*)?<a(?=\\s)");
  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^>]*>");
  private static final Pattern ENTITY =
      Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|\\w{2,5});");
  private static final Map<String, String> ENTITIES =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

  private HtmlText() {}

  /**
   * A link at the beginning of a text.
   *
   * @param href where it leads
   * @param rest the words behind it
   */
  record Link(String href, String rest) {}

  /** The link that a text begins with; empty if it begins otherwise. */
  static Optional<Link> leadingLink(String html) {
    Matcher opening = OPENING.matcher(html);
    if (!opening.find()) {
      return Optional.empty();
    }
    List<String> hrefs = new ArrayList<>();
    Matcher attribute = ATTRIBUTE.matcher(html);
    int end = opening.end();
    while (attribute.find(end) && attribute.start() == end) {
      if (attribute.group(1).toLowerCase(Locale.ROOT).equals("href")) {
        hrefs.add(value(attribute));
      }
      end = attribute.end();
    }
    int closed = html.indexOf("</a>", end);
    boolean isOpen = html.substring(end).stripLeading().startsWith(">");
    // Of an attribute given twice, browsers believe the first.
    return hrefs.isEmpty() || !isOpen || closed < 0
        ? Optional.empty()
        : Optional.of(new Link(decoded(hrefs.get(0)), words(html.substring(closed + 4))));
  }

  private static String value(Matcher attribute) {
    for (int i = 2; i <= 4; i++) {
      if (attribute.group(i) != null) {
        return attribute.group(i);
      }
    }
    return "";
  }

  /** The words without their dress. */
  static String words(String html) {
    return decoded(TAG.matcher(html).replaceAll(tag -> isBreak(tag.group()) ? "\n" : ""));
  }

  private static boolean isBreak(String tag) {
    return tag.matches("(?i)<br\\s*/?>|</p>");
  }

  private static String decoded(String text) {
    return ENTITY
        .matcher(text)
        .replaceAll(
            entity -> Matcher.quoteReplacement(character(entity.group(1)).orElse(entity.group())));
  }

  private static Optional<String> character(String entity) {
    if (!entity.startsWith("#")) {
      return Optional.ofNullable(ENTITIES.get(entity));
    }
    boolean hex = entity.substring(1).toLowerCase(Locale.ROOT).startsWith("x");
    int code = Integer.parseInt(entity.substring(hex ? 2 : 1), hex ? 16 : 10);
    return Character.isValidCodePoint(code) && code > 0
        ? Optional.of(Character.toString(code))
        : Optional.empty();
  }
}
