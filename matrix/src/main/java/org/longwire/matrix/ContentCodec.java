package org.longwire.matrix;

import java.util.Optional;

/**
 * A message to send, as the JSON of its content. Pure. What would make a server refuse it (floats,
 * lone surrogates, too many bytes) can not leave here (matrix.md §2.5).
 */
final class ContentCodec {
  /** An event has at most 65,536 bytes with its signatures; this leaves room for them. */
  static final int MAX_BYTES = 60_000;

  /** Where cutting begins when a content is too large. */
  private static final int FIRST_CUT = 32_768;

  private ContentCodec() {}

  /**
   * The content. Too large a one loses its formatting first, then the ends of its texts; this is
   * the last resort against a server's refusal, composers keep to shorter limits.
   */
  static byte[] encode(MessageContent content) {
    byte[] whole = tree(content, content.formattedBody(), Integer.MAX_VALUE).bytes();
    for (int limit = FIRST_CUT; whole.length > MAX_BYTES && limit > 0; limit /= 2) {
      whole = tree(content, Optional.empty(), limit).bytes();
    }
    return whole;
  }

  private static JsonTree tree(MessageContent content, Optional<String> html, int limit) {
    // The seam for encryption: compose, encrypt, send.
    JsonTree tree = JsonTree.empty();
    for (ExtraField extra : content.extras()) {
      put(tree, extra, limit);
    }
    tree.put("msgtype", msgtype(content.kind()));
    tree.put("body", fit(content.body(), limit));
    html.ifPresent(text -> tree.put("format", "org.matrix.custom.html")
        .put("formatted_body", WellFormed.printable(text)));
    // Always there and always empty: since v1.17 nothing else in a message can ping anybody.
    tree.put("m.mentions", JsonTree.empty());
    content
        .replyTo()
        .ifPresent(target -> tree.put(
            "m.relates_to",
            JsonTree.empty()
                .put("m.in_reply_to", JsonTree.empty().put("event_id", target.value()))));
    return tree;
  }

  private static void put(JsonTree tree, ExtraField extra, int limit) {
    if (EventCodec.isStandard(extra.key())) {
      return;
    }
    if (extra instanceof ExtraField.Text text) {
      tree.put(text.key(), fit(text.value(), limit));
    } else if (extra instanceof ExtraField.Number number) {
      tree.put(number.key(), number.value());
    }
  }

  private static String fit(String text, int limit) {
    return WellFormed.printable(WellFormed.atMost(text, limit));
  }

  private static String msgtype(RoomEvent.Kind kind) {
    return switch (kind) {
      case TEXT -> "m.text";
      case NOTICE -> "m.notice";
      case EMOTE -> "m.emote";
    };
  }
}
