-- What a conversation needs beyond single messages.

-- Its author's last words for a message that was edited since; NULL while it stands as it was.
ALTER TABLE inbox ADD COLUMN latest TEXT;
-- The event id of the edit that went out by itself, because the message was gone already or refused.
ALTER TABLE inbox ADD COLUMN correction TEXT;
-- Whether its author took it back: what waits of it is not sent.
ALTER TABLE inbox ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0;

-- Private rooms: one person of Matrix and one node of the mesh.
CREATE TABLE direct_room (
  room TEXT PRIMARY KEY,
  radio TEXT NOT NULL,
  -- eight hex digits
  node TEXT NOT NULL,
  person TEXT NOT NULL,
  opened_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
