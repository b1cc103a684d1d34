package org.longwire.relay.command;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.UserId;

/**
 * Finds the command in a message of a room, as users of other relays write it: the relay's id, name
 * or a mention of it, a space or a colon, and the command (reference: mmrelay-compat.md §4.8).
 * Pure.
 */
final class Addressing {
  private static final Pattern SEPARATED =
      Pattern.compile("(?:\\s*:\\s*|\\s+)(!.*)", Pattern.DOTALL);
  private static final Pattern BEHIND_LINK = Pattern.compile("\\s*:?\\s*(!.*)", Pattern.DOTALL);
  private static final Pattern USER_LINK =
      Pattern.compile("(?i:https?://matrix\\.to/#/|matrix:u(?:ser)?/)(@?)([^?/]+)(?:\\?.*)?");

  private final UserId self;

  Addressing(UserId self) {
    this.self = self;
  }

  /** What was asked, and whether the relay was addressed for it. */
  record Found(Call call, boolean byName) {}

  /**
   * Reads a message.
   *
   * @param name what the room calls the relay
   */
  Optional<Found> read(RoomEvent.TextMessage message, String name) {
    Optional<HtmlText.Link> link = message.formattedBody().flatMap(HtmlText::leadingLink);
    Optional<String> user = link.flatMap(found -> user(found.href()));
    if (user.isPresent()) {
      // The words of a link may say anything; where it leads is who is meant.
      return user.get().equals(self.value())
          ? behind(BEHIND_LINK.matcher(link.get().rest()))
          : Optional.empty();
    }
    String body = message.body().strip();
    Optional<Found> named = named(body, name);
    return named.isPresent() ? named : Call.read(body).map(call -> new Found(call, false));
  }

  /**
   * What to write before a command so that {@link #read} finds it.
   *
   * @param name what the room calls the relay
   */
  String salutation(String name) {
    String salutation = name + ": ";
    return named((salutation + "!help").strip(), name).isPresent() ? salutation : self + ": ";
  }

  private Optional<Found> named(String body, String name) {
    for (String mention : new String[] {self.value(), name}) {
      if (!mention.isBlank() && body.regionMatches(true, 0, mention, 0, mention.length())) {
        Optional<Found> found = behind(SEPARATED.matcher(body.substring(mention.length())));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Found> behind(Matcher words) {
    return words.matches()
        ? Call.read(words.group(1)).map(call -> new Found(call, true))
        : Optional.empty();
  }

  /** The user that a link leads to; empty if it leads elsewhere. */
  private static Optional<String> user(String href) {
    try {
      // In a link a plus sign is one.
      String plain = URLDecoder.decode(href.replace("+", "%2B"), StandardCharsets.UTF_8);
      Matcher matcher = USER_LINK.matcher(plain.strip());
      boolean isUser =
          matcher.matches() && (plain.startsWith("matrix:") || !matcher.group(1).isEmpty());
      return isUser ? Optional.of("@" + matcher.group(2)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
