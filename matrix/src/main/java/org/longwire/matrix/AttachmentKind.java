package org.longwire.matrix;

/** The kinds of message that are not words. */
public enum AttachmentKind {
  IMAGE,
  FILE,
  AUDIO,
  /** A spoken message, which is an audio file with a mark. */
  VOICE,
  VIDEO,
  STICKER,
  LOCATION,
  POLL
}
