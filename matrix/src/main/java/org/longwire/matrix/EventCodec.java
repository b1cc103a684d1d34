package org.longwire.matrix;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One event of a room, from JSON to a {@link RoomEvent}. Pure; takes anything, throws nothing: an
 * event without its essentials is left out, one with a content that makes no sense is
 * {@link RoomEvent.Other} (matrix.md §2.6).
 */
final class EventCodec {
  /** Extra fields that are kept of one message. */
  static final int MAX_EXTRAS = 16;

  /** Characters of a display name that are kept; servers allow 256. */
  static final int MAX_NAME = 256;

  /** Characters of HTML that are kept: it is only looked at for a mention at its beginning. */
  static final int MAX_HTML = 16 * 1024;

  /** Characters of an event's type that are kept: what Matrix allows, in bytes. */
  private static final int MAX_TYPE = 255;

  private static final Set<String> STANDARD_KEYS = Set.of(
      "msgtype",
      "body",
      "format",
      "formatted_body",
      "url",
      "file",
      "filename",
      "info",
      "geo_uri",
      "external_url");

  private EventCodec() {}

  /** The event, or empty if it lacks an id, a sender or a type. */
  static Optional<RoomEvent> decode(RoomId room, JsonTree event) {
    Optional<EventId> id = id(event.text("event_id"), EventId::new);
    Optional<UserId> sender = id(event.text("sender"), UserId::new);
    Optional<String> type = event.text("type");
    if (id.isEmpty() || sender.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    // A time that makes no sense counts as long ago: whatever has an age limit will not pass.
    Instant at = Instant.ofEpochMilli(event.integerAt("origin_server_ts").orElse(0L));
    EventHeader header = new EventHeader(id.get(), room, sender.get(), at);
    return Optional.of(known(header, type.get(), event)
        .orElseGet(() -> new RoomEvent.Other(header, WellFormed.oneLine(type.get(), MAX_TYPE))));
  }

  private static Optional<RoomEvent> known(EventHeader header, String type, JsonTree event) {
    // Only a state event is one: a mere message of these types proves no power at all.
    boolean roomState = event.text("state_key").filter(String::isEmpty).isPresent();
    JsonTree content = event.child("content");
    switch (type) {
      case "m.room.member":
        return membership(header, event);
      case "m.room.redaction":
        return redaction(header, event);
      case "m.room.tombstone":
        return roomState ? tombstone(header, content) : Optional.empty();
      case "m.room.encryption":
        return roomState ? Optional.of(new RoomEvent.EncryptionEnabled(header)) : Optional.empty();
      default:
        // A redacted event keeps its type and loses its content.
        return content.isEmpty() || event.has("state_key")
            ? Optional.empty()
            : spoken(header, type, content);
    }
  }

  private static Optional<RoomEvent> spoken(EventHeader header, String type, JsonTree content) {
    switch (type) {
      case "m.room.message":
        return message(header, content);
      case "m.reaction":
        return reaction(header, content);
      case "m.room.encrypted":
        // The seam for decryption: decode, decrypt, decode what came out.
        return Optional.of(new RoomEvent.Encrypted(header));
      case "m.sticker":
        return Optional.of(AttachmentCodec.sticker(header, content));
      case "m.poll.start", "org.matrix.msc3381.poll.start":
        return Optional.of(AttachmentCodec.poll(header, content));
      default:
        return Optional.empty();
    }
  }

  private static Optional<RoomEvent> message(EventHeader header, JsonTree content) {
    JsonTree relates = content.child("m.relates_to");
    if (isOfType(relates, "m.replace")) {
      return edit(header, content, relates);
    }
    Optional<String> msgtype = content.text("msgtype");
    Optional<String> body = content.text("body");
    if (msgtype.isEmpty() || body.isEmpty()) {
      return Optional.empty();
    }
    if (AttachmentCodec.isAttachment(msgtype.get())) {
      return Optional.of(AttachmentCodec.message(header, msgtype.get(), content));
    }
    if (msgtype.get().startsWith("m.key.verification.")) {
      return Optional.empty();
    }
    return Optional.of(new RoomEvent.TextMessage(
        header,
        kind(msgtype.get()),
        words(content),
        relation(content),
        html(content),
        extras(content)));
  }

  /** The body; of a reply without its quote. */
  static String words(JsonTree content) {
    String body = content.text("body").orElse("");
    return isReply(content) ? ReplyFallback.strip(body) : body;
  }

  private static boolean isReply(JsonTree content) {
    return content.child("m.relates_to").hasObject("m.in_reply_to");
  }

  private static boolean isOfType(JsonTree relates, String type) {
    return relates.text("rel_type").filter(type::equals).isPresent();
  }

  /** In a thread, whose clients without threads see a reply, the mere fallback is none. */
  static Relation relation(JsonTree content) {
    JsonTree relates = content.child("m.relates_to");
    Optional<EventId> answered = id(relates.child("m.in_reply_to").text("event_id"), EventId::new);
    if (!isOfType(relates, "m.thread")) {
      return new Relation(answered, Optional.empty());
    }
    return new Relation(
        relates.isTrue("is_falling_back") ? Optional.empty() : answered,
        id(relates.text("event_id"), EventId::new));
  }

  private static Optional<String> html(JsonTree content) {
    boolean isHtml = content.text("format").filter(ContentCodec.HTML::equals).isPresent();
    return content
        .text("formatted_body")
        .filter(text -> isHtml)
        .map(text -> WellFormed.atMost(ReplyFallback.withoutHtml(text), MAX_HTML));
  }

  /** A kind of message that we do not know is shown by its body, as the specification asks. */
  private static RoomEvent.Kind kind(String msgtype) {
    switch (msgtype) {
      case "m.notice":
        return RoomEvent.Kind.NOTICE;
      case "m.emote":
        return RoomEvent.Kind.EMOTE;
      default:
        return RoomEvent.Kind.TEXT;
    }
  }

  /** An edit of words; edits of captions and broken edits are no concern of a bridge. */
  private static Optional<RoomEvent> edit(EventHeader header, JsonTree content, JsonTree relates) {
    JsonTree replacement = content.child("m.new_content");
    Optional<EventId> original = id(relates.text("event_id"), EventId::new);
    Optional<String> msgtype = replacement.text("msgtype");
    Optional<String> body = replacement.text("body");
    boolean words = msgtype.filter(type -> !AttachmentCodec.isAttachment(type)).isPresent();
    if (original.isEmpty() || body.isEmpty() || !words) {
      return Optional.empty();
    }
    boolean quotes =
        isReply(content) || isReply(replacement) || ReplyFallback.isQuoting(body.get());
    return Optional.of(new RoomEvent.Edit(
        header,
        original.get(),
        kind(msgtype.get()),
        quotes ? ReplyFallback.strip(body.get()) : body.get(),
        html(replacement),
        extras(replacement)));
  }

  private static Optional<RoomEvent> reaction(EventHeader header, JsonTree content) {
    JsonTree relates = content.child("m.relates_to");
    Optional<EventId> target = id(relates.text("event_id"), EventId::new);
    Optional<String> key = relates.text("key").filter(text -> !text.isBlank());
    if (!isOfType(relates, "m.annotation") || target.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new RoomEvent.Reaction(
        header, target.get(), WellFormed.atMost(key.get(), EmojiKey.MAX_CHARS), extras(content)));
  }

  /** From room version 11 on the target is in the content; servers mirror it to the top. */
  private static Optional<RoomEvent> redaction(EventHeader header, JsonTree event) {
    return id(event.child("content").text("redacts"), EventId::new)
        .or(() -> id(event.text("redacts"), EventId::new))
        .map(target -> new RoomEvent.Redaction(header, target));
  }

  private static Optional<RoomEvent> membership(EventHeader header, JsonTree event) {
    JsonTree content = event.child("content");
    Optional<UserId> user = id(event.text("state_key"), UserId::new);
    Optional<String> membership = content.text("membership");
    if (user.isEmpty() || membership.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new RoomEvent.Membership(
        header,
        user.get(),
        WellFormed.oneLine(membership.get(), MAX_NAME),
        displayName(content),
        content.text("reason")));
  }

  /** A member's name out of a member event's content; bounded, never blank. */
  static Optional<String> displayName(JsonTree memberContent) {
    return memberContent
        .text("displayname")
        .map(name -> WellFormed.atMost(name, MAX_NAME))
        .filter(name -> !name.isBlank());
  }

  private static Optional<RoomEvent> tombstone(EventHeader header, JsonTree content) {
    return id(content.text("replacement_room"), RoomId::new)
        .map(replacement -> new RoomEvent.Tombstone(header, replacement));
  }

  /** Its custom keys, bounded. A true is a 1: some relays write the one and some the other. */
  static List<ExtraField> extras(JsonTree content) {
    List<ExtraField> result = new ArrayList<>();
    for (String key : content.keys()) {
      if (isStandard(key) || result.size() == MAX_EXTRAS) {
        continue;
      }
      content.text(key).ifPresent(text -> result.add(new ExtraField.Text(key, text)));
      content.integerAt(key).ifPresent(number -> result.add(new ExtraField.Number(key, number)));
      if (content.isTrue(key)) {
        result.add(new ExtraField.Number(key, 1));
      }
    }
    return List.copyOf(result);
  }

  /** Whether a key of a message's content means something to the specification. */
  static boolean isStandard(String key) {
    return key.startsWith("m.") || STANDARD_KEYS.contains(key);
  }

  /** An id out of a stranger's text; empty when it is none. */
  static <T> Optional<T> id(Optional<String> text, Function<String, T> kind) {
    try {
      return text.map(kind);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
