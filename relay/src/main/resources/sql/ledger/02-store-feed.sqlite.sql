-- What the store was told of: it lives in another database, which may be away for days.

-- Whether the store knows which packet is which event.
ALTER TABLE outbox ADD COLUMN mapped INTEGER NOT NULL DEFAULT 0;
-- Finds what it is still to be told; empty but for the last minute.
CREATE INDEX outbox_unmapped ON outbox(id) WHERE state = 'DELIVERED' AND mapped = 0;

-- How far a reader of the inbox has come, by its name.
CREATE TABLE progress (
  name TEXT PRIMARY KEY,
  message INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
