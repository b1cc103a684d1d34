package org.longwire.matrix;

import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A message to send, as the JSON of its content. Pure. What would make a server refuse it (floats,
 * lone surrogates, too many bytes) can not leave here (matrix.md §2.5).
 */
final class ContentCodec {
  /** An event has at most 65,536 bytes with its signatures; this leaves room for them. */
  static final int MAX_BYTES = 60_000;

  static final String HTML = "org.matrix.custom.html";

  /** Where cutting begins when a content is too large. */
  private static final int FIRST_CUT = 32_768;

  /** Characters of a sentence, a network's name, a topic: bounds for what should be short. */
  static final int MAX_SENTENCE = 500;

  /** The power of who makes a room. */
  private static final long MAKER = 100;

  private static final String MENTIONS = "m.mentions";
  private static final String RELATES = "m.relates_to";

  private ContentCodec() {}

  /**
   * The content. Too large a one loses its formatting first, then the ends of its texts; this is
   * the last resort against a server's refusal, composers keep to shorter limits.
   */
  static byte[] encode(MessageContent content) {
    byte[] whole = tree(content, content.formattedBody(), Integer.MAX_VALUE).bytes();
    return whole.length <= MAX_BYTES
        ? whole
        : cutToFit(limit -> tree(content, Optional.empty(), limit));
  }

  private static byte[] cutToFit(IntFunction<JsonTree> compose) {
    byte[] whole = compose.apply(FIRST_CUT).bytes();
    for (int limit = FIRST_CUT / 2; whole.length > MAX_BYTES && limit > 0; limit /= 2) {
      whole = compose.apply(limit).bytes();
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
    html.ifPresent(
        text -> tree.put("format", HTML).put("formatted_body", WellFormed.printable(text)));
    // Always there and always empty: since v1.17 nothing else in a message can ping anybody.
    tree.put(MENTIONS, JsonTree.empty());
    content.geoUri().ifPresent(uri -> putPlace(tree, uri, fit(content.body(), limit)));
    relates(content.relation()).ifPresent(relates -> tree.put(RELATES, relates));
    return tree;
  }

  /** The place as the specification has it, and as clients look for it since MSC3488. */
  private static void putPlace(JsonTree tree, String uri, String description) {
    String place = fit(uri, AttachmentCodec.MAX_ADDRESS);
    tree.put("geo_uri", place)
        .put(
            "org.matrix.msc3488.location",
            JsonTree.empty().put("uri", place).put("description", description))
        // Somewhere, and not where the sender is.
        .put("org.matrix.msc3488.asset", JsonTree.empty().put("type", "m.pin"));
  }

  private static Optional<JsonTree> relates(Relation relation) {
    if (relation.answered().isEmpty()) {
      return Optional.empty();
    }
    JsonTree relates = JsonTree.empty();
    relation.thread().ifPresent(root -> relates
        .put("rel_type", "m.thread")
        .put("event_id", root.value())
        .put("is_falling_back", relation.replyTo().isEmpty()));
    String answered = relation.answered().get().value();
    return Optional.of(relates.put("m.in_reply_to", JsonTree.empty().put("event_id", answered)));
  }

  /** The content of a picture; without a caption the body is the file's name. */
  static byte[] encode(ImageContent content) {
    return cutToFit(limit -> {
      JsonTree tree = JsonTree.empty();
      content.extras().forEach(extra -> put(tree, extra, limit));
      String name = WellFormed.oneLine(content.fileName(), MAX_SENTENCE);
      String caption = fit(content.caption(), limit);
      tree.put("msgtype", "m.image")
          .put("body", caption.isBlank() ? name : caption)
          .put("filename", name)
          .put("url", content.file().value())
          .put("info", info(content.info()))
          .put(MENTIONS, JsonTree.empty());
      relates(content.relation()).ifPresent(relates -> tree.put(RELATES, relates));
      return tree;
    });
  }

  private static JsonTree info(ImageContent.Info info) {
    return JsonTree.empty()
        .put("mimetype", info.type())
        .put("size", info.bytes())
        .put("w", info.width())
        .put("h", info.height());
  }

  /** The content of a reaction. */
  static byte[] encode(ReactionContent content) {
    return cutToFit(limit -> {
      JsonTree tree = JsonTree.empty();
      content.extras().forEach(extra -> put(tree, extra, limit));
      String key = fit(content.key(), EmojiKey.MAX_CHARS);
      return tree.put(MENTIONS, JsonTree.empty())
          .put(RELATES, related("m.annotation", content.target()).put("key", key));
    });
  }

  /** The content of a {@code com.beeper.message_send_status}. */
  static byte[] encode(SendStatus status) {
    JsonTree tree = JsonTree.empty()
        .put("network", fit(status.network(), MAX_SENTENCE))
        .put("status", status.outcome().name());
    status.reason().ifPresent(reason -> tree.put("reason", reason.wire()));
    status.message().ifPresent(words -> tree.put("message", fit(words, MAX_SENTENCE)));
    return tree.put(MENTIONS, JsonTree.empty())
        .put(RELATES, related("m.reference", status.event()))
        .bytes();
  }

  /** The body of a redaction. */
  static JsonTree redaction(Optional<String> reason) {
    JsonTree tree = JsonTree.empty();
    reason.ifPresent(words -> tree.put("reason", fit(words, MAX_SENTENCE)));
    return tree;
  }

  /** The wish for a room into which nobody but its maker asks others. */
  static JsonTree wish(NewRoom room) {
    return JsonTree.empty()
        .put("preset", "private_chat")
        .put("is_direct", true)
        .put("name", WellFormed.oneLine(room.name(), EventCodec.MAX_NAME))
        .put("topic", fit(room.topic(), MAX_SENTENCE))
        // In a private chat everybody may invite unless that is forbidden.
        .put("power_level_content_override", JsonTree.empty().put("invite", MAKER))
        .put("invite", room.invitees().stream().map(UserId::value).toList());
  }

  private static JsonTree related(String type, EventId target) {
    return JsonTree.empty().put("rel_type", type).put("event_id", target.value());
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
      case LOCATION -> "m.location";
    };
  }
}
