package org.longwire.matrix;

import java.util.List;
import java.util.Optional;

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
    EMOTE
  }

  /**
   * Words: {@code m.text}, {@code m.notice}, {@code m.emote}.
   *
   * @param body without a reply's fallback quote
   * @param replyTo the event this answers (not a thread's mere fallback)
   * @param extras custom keys of the content, texts and integers only, at most 16
   */
  record TextMessage(
      EventHeader header,
      Kind kind,
      String body,
      Optional<EventId> replyTo,
      List<ExtraField> extras)
      implements RoomEvent {
    @Override
    public void tell(RoomListener listener) {
      listener.onText(this);
    }
  }

  /**
   * A message that is not words: image, file, audio, video, sticker, location, poll.
   *
   * @param type the message or event type as sent
   * @param description its caption or file name
   */
  record Attachment(EventHeader header, String type, String description) implements RoomEvent {
    @Override
    public void tell(RoomListener listener) {
      listener.onAttachment(this);
    }
  }

  /** An edit of an earlier message. */
  record Edit(EventHeader header, EventId original, Kind kind, String newBody)
      implements RoomEvent {
    @Override
    public void tell(RoomListener listener) {
      listener.onEdit(this);
    }
  }

  /** A reaction to a message. */
  record Reaction(EventHeader header, EventId target, String key) implements RoomEvent {
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
