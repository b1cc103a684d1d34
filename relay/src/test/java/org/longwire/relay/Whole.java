package org.longwire.relay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.matrix.EmojiKey;
import org.longwire.relay.bridge.PlainText;
import org.longwire.relay.config.RelayConfig;

/**
 * Knows the characters, as people see them, of all that was said in a conversation, and so whether
 * a text ends in half of one.
 */
final class Whole {
  private static final Pattern CHARACTER = Pattern.compile("\\X");

  /** What stands between a prefix and a later part. */
  private static final Pattern MARKER = Pattern.compile("\\((\\d+)/\\d+\\) ");

  private final List<String> unread = new ArrayList<>();
  private final Set<String> characters = new HashSet<>();
  private int longest;

  /** Something that somebody said, or is called. */
  void learn(String raw) {
    unread.add(raw);
  }

  private void read(String raw) {
    keep(PlainText.text(raw));
    keep(PlainText.name(raw, ""));
    keep(PlainText.name(EmojiKey.normalised(raw), ""));
    // As a template cuts and joins them.
    keep(PlainText.text("x" + raw));
  }

  private void keep(String text) {
    Matcher matcher = CHARACTER.matcher(text);
    while (matcher.find()) {
      characters.add(withoutJoiner(matcher.group()));
      longest = Math.max(longest, bytes(matcher.group()));
    }
  }

  /** What is wrong with a text that was cut; empty if nothing is. */
  Optional<String> fault(String text, RelayConfig.Mesh mesh) {
    unread.forEach(this::read);
    unread.clear();
    // A character that no part has room for is cut, and then anything goes.
    if (longest > (mesh.split() ? mesh.partBytes() : mesh.cutBytes()) / 8) {
      return Optional.empty();
    }
    Matcher matcher = CHARACTER.matcher(text);
    String last = "";
    while (matcher.find()) {
      last = matcher.group();
    }
    if (!isKnown(last)) {
      return Optional.of("half a character at the end");
    }
    Matcher marker = MARKER.matcher(text);
    if (marker.find() && !marker.group(1).equals("1") && marker.end() < text.length()) {
      Matcher first = CHARACTER.matcher(text.substring(marker.end()));
      if (first.find() && !isKnown(first.group())) {
        return Optional.of("half a character at the beginning");
      }
    }
    return Optional.empty();
  }

  private boolean isKnown(String shown) {
    String character = withoutJoiner(shown);
    return character.codePoints().allMatch(c -> c < 0x80)
        || characters.contains(character)
        || characters.contains(character.substring(1))
        || character.startsWith("\u270F");
  }

  /** One that joins nothing any more may go. */
  private static String withoutJoiner(String character) {
    return character.replaceFirst("[\u200C\u200D]+$", "");
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
