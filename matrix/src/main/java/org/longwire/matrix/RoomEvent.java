package org.longwire.matrix;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Anything a room told us. The content is a stranger's word throughout. A new kind breaks every
 * {@link RoomListener} at compile time, on purpose.
 */
public sealed interface RoomEvent {
  EventHeader header();

  /** Calls the listener's method for this kind of event. */
  void tell(RoomListener listener);

  /** The kinds of {@code m.room.message} that are words of a person or a program. */
  enum Kind {
    TEXT,
    NOTICE,
    EMOTE,
    /** A place with its words: only ever sent, one that is read is an {@link Attachment}. */
    LOCATION
  }

  /**
   * Words: {@code m.text}, {@code m.notice}, {@code m.emote}.
   *
   * @param body without a reply's fallback quote
   * @param formattedBody its HTML as it came, a stranger's, without such a quote; the first 16,384
   *     characters. Fit for looking for a mention at its beginning, and never to be shown
   * @param extras custom keys of the content, texts and integers only, at most 16
   */
  record TextMessage(
      EventHeader header,
      Kind kind,
      String body,
      Relation relation,
      Optional<String> formattedBody,
      List<ExtraField> extras)
      implements RoomEvent {
    @Override
    public void tell(RoomListener listener) {
      listener.onText(this);
    }
  }

  /**
   * A message that is not words: a file of some kind, a sticker, a location, a poll.
   *
   * @param caption what its author says of it: a file's caption, a sticker's or a place's
   *     description, a poll's question; perhaps empty
   * @param fileName the name of a file; empty for what is none
   * @param size the file's bytes, as its author claims
   * @param geoUri a location's place, {@code geo:latitude,longitude}, unchecked
   * @param mxc where the homeserver keeps the file, perhaps encrypted
   * @param extras custom keys beside the standard ones; a stranger's claims
   */
  record Attachment(
      EventHeader header,
      AttachmentKind kind,
      String caption,
      String fileName,
      OptionalLong size,
      Optional<String> geoUri,
      Optional<String> mxc,
      Relation relation,
      List<ExtraField> extras)
      implements RoomEvent {
    @Override
    public void tell(RoomListener listener) {
      listener.onAttachment(this);
    }
  }

  /**
   * An edit of an earlier message.
   *
   * @param newBody without a reply's fallback quote
   * @param formattedBody as in {@link TextMessage}
   * @param extras custom keys of the new content
   */
  record Edit(
      EventHeader header,
      EventId original,
      Kind kind,
      String newBody,
      Optional<String> formattedBody,
      List<ExtraField> extras)
      implements RoomEvent {
    @Override
    public void tell(RoomListener listener) {
      listener.onEdit(this);
    }
  }

  /**
   * A reaction to a message.
   *
   * @param key as its author's client wrote it, see {@link EmojiKey}
   * @param extras as in {@link TextMessage}
   */
  record Reaction(EventHeader header, EventId target, String key, List<ExtraField> extras)
      implements RoomEvent {
    @Override
    public void tell(RoomListener listener) {
      listener.onReaction(this);
    }
  }

  /** Somebody took an event back. */
  record Redaction(EventHeader header, EventId target) implements RoomEvent {
    @Override
    public void tell(RoomListener listener) {
      listener.onRedaction(this);
    }
  }

  /**
   * Somebody's membership or display name changed.
   *
   * @param membership {@code join}, {@code leave}, {@code ban}, {@code invite}, {@code knock}
   * @param reason given with a kick or ban
   */
  record Membership(
      EventHeader header,
      UserId user,
      String membership,
      Optional<String> displayName,
      Optional<String> reason)
      implements RoomEvent {
    @Override
    public void tell(RoomListener listener) {
      listener.onMembership(this);
    }
  }

  /** The room was upgraded and lives on elsewhere. */
  record Tombstone(EventHeader header, RoomId replacement) implements RoomEvent {
    @Override
    public void tell(RoomListener listener) {
      listener.onTombstone(this);
    }
  }

  /** The room is encrypted from here on, for ever. */
  record EncryptionEnabled(EventHeader header) implements RoomEvent {
    @Override
    public void tell(RoomListener listener) {
      listener.onEncryptionEnabled(this);
    }
  }

  /** An encrypted event that we cannot read. */
  record Encrypted(EventHeader header) implements RoomEvent {
    @Override
    public void tell(RoomListener listener) {
      listener.onEncrypted(this);
    }
  }

  /** Anything else, by its type. */
  record Other(EventHeader header, String type) implements RoomEvent {
    @Override
    public void tell(RoomListener listener) {
      listener.onOther(this);
    }
  }
}
