package org.longwire.matrix;

import java.util.Optional;
import java.util.OptionalLong;

/** The messages that are not words, from JSON to {@link RoomEvent.Attachment}. Pure. */
final class AttachmentCodec {
  /** Characters of an mxc or a geo address that are kept; what is longer is no such address. */
  static final int MAX_ADDRESS = 255;

  private AttachmentCodec() {}

  /** Whether a message of this kind is not words. */
  static boolean isAttachment(String msgtype) {
    return switch (msgtype) {
      case "m.image", "m.file", "m.audio", "m.video", "m.location" -> true;
      default -> false;
    };
  }

  /** An {@code m.room.message} for which {@link #isAttachment} holds. */
  static RoomEvent.Attachment message(EventHeader header, String msgtype, JsonTree content) {
    return switch (msgtype) {
      case "m.image" -> file(header, AttachmentKind.IMAGE, content);
      case "m.video" -> file(header, AttachmentKind.VIDEO, content);
      case "m.audio" ->
        file(header, isVoice(content) ? AttachmentKind.VOICE : AttachmentKind.AUDIO, content);
      case "m.location" -> location(header, content);
      default -> file(header, AttachmentKind.FILE, content);
    };
  }

  private static boolean isVoice(JsonTree content) {
    return content.has("org.matrix.msc3245.voice") || content.has("m.voice");
  }

  /** Since v1.10 the body is a caption, if there is a file name beside it that differs. */
  private static RoomEvent.Attachment file(
      EventHeader header, AttachmentKind kind, JsonTree content) {
    String body = EventCodec.words(content);
    String fileName = content.text("filename").filter(name -> !name.isBlank()).orElse(body);
    return new RoomEvent.Attachment(
        header,
        kind,
        body.equals(fileName) ? "" : body,
        fileName,
        size(content),
        Optional.empty(),
        mxc(content),
        EventCodec.relation(content),
        EventCodec.extras(content));
  }

  private static OptionalLong size(JsonTree content) {
    return content
        .child("info")
        .integerAt("size")
        .filter(bytes -> bytes >= 0)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** An encrypted room's file has its address one level deeper. */
  private static Optional<String> mxc(JsonTree content) {
    return content
        .text("url")
        .or(() -> content.child("file").text("url"))
        .filter(url -> url.startsWith("mxc://") && url.length() <= MAX_ADDRESS);
  }

  private static RoomEvent.Attachment location(EventHeader header, JsonTree content) {
    JsonTree place = content.child("org.matrix.msc3488.location");
    String description =
        place.text("description").filter(text -> !text.isBlank()).orElse(EventCodec.words(content));
    return new RoomEvent.Attachment(
        header,
        AttachmentKind.LOCATION,
        description,
        "",
        OptionalLong.empty(),
        content
            .text("geo_uri")
            .or(() -> place.text("uri"))
            .filter(uri -> uri.startsWith("geo:") && uri.length() <= MAX_ADDRESS),
        Optional.empty(),
        EventCodec.relation(content),
        EventCodec.extras(content));
  }

  static RoomEvent.Attachment sticker(EventHeader header, JsonTree content) {
    return new RoomEvent.Attachment(
        header,
        AttachmentKind.STICKER,
        content.text("body").orElse(""),
        "",
        size(content),
        Optional.empty(),
        mxc(content),
        EventCodec.relation(content),
        EventCodec.extras(content));
  }

  static RoomEvent.Attachment poll(EventHeader header, JsonTree content) {
    return new RoomEvent.Attachment(
        header,
        AttachmentKind.POLL,
        question(content),
        "",
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        EventCodec.relation(content),
        EventCodec.extras(content));
  }

  private static String question(JsonTree content) {
    JsonTree poll = content.child("org.matrix.msc3381.poll.start");
    JsonTree question = (poll.isEmpty() ? content.child("m.poll") : poll).child("question");
    return question
        .text("body")
        .or(() -> question.text("org.matrix.msc1767.text"))
        .or(() -> question.children("m.text").stream().findFirst().flatMap(t -> t.text("body")))
        .orElse("");
  }
}
