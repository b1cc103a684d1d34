package org.longwire.matrix;

/** Takes what a room tells, one method per kind of {@link RoomEvent}. */
public interface RoomListener {
  void onText(RoomEvent.TextMessage event);

  void onAttachment(RoomEvent.Attachment event);

  void onEdit(RoomEvent.Edit event);

  void onReaction(RoomEvent.Reaction event);

  void onRedaction(RoomEvent.Redaction event);

  void onMembership(RoomEvent.Membership event);

  void onTombstone(RoomEvent.Tombstone event);

  void onEncryptionEnabled(RoomEvent.EncryptionEnabled event);

  void onEncrypted(RoomEvent.Encrypted event);

  void onOther(RoomEvent.Other event);
}
