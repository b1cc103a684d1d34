-- The ledger. Times are milliseconds since 1970. Texts compare byte by byte (the default
-- collation), because Matrix ids differ by case.

-- What was accepted. An id is a multiple of 64 and rises with time; the deliveries of a message
-- take the ids behind its own, so that parent and children need no second index.
CREATE TABLE inbox (
  id INTEGER PRIMARY KEY,
  -- the key: 'packet <radio> !<node> <packet id>', 'event <event id>' or 'notice <occasion>'
  origin TEXT NOT NULL,
  -- 0 while the row blocks its like; its own id once a packet id may have come round again
  epoch INTEGER NOT NULL DEFAULT 0,
  -- of an event, else empty
  room TEXT NOT NULL,
  said_at INTEGER NOT NULL,
  accepted_at INTEGER NOT NULL,
  sender TEXT NOT NULL,
  place TEXT NOT NULL,
  text TEXT NOT NULL,
  -- of a message that is not delivered at all
  verdict TEXT,
  reason TEXT,
  -- whether its words and deliveries have been removed with age; the verdict then says its fate
  purged INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX inbox_origin ON inbox(origin, epoch);

-- What is to be delivered, and what became of it.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  -- the address: 'room:<room as configured>' or 'mesh:<radio>:<channel>:<node>'; later versions
  -- add a tab, the digit of the precedence and eight hex digits for the author
  lane TEXT NOT NULL,
  -- of a mesh address
  radio TEXT,
  payload TEXT NOT NULL,
  -- transaction id or packet id
  token TEXT NOT NULL,
  part INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  accepted_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  not_before INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'WAITING',
  settled_at INTEGER,
  reason TEXT NOT NULL DEFAULT '',
  -- the event id or packet id under which the other side knows it
  remote_id TEXT NOT NULL DEFAULT '',
  -- lines of '<time> <word>', oldest first, bounded
  history TEXT NOT NULL
) STRICT;
-- Finds the head of each lane and what has expired without touching a row.
CREATE INDEX outbox_waiting ON outbox(lane, id, expires_at) WHERE state = 'WAITING';
-- Finds the row of a packet id that the radio reports on.
CREATE INDEX outbox_packet ON outbox(token) WHERE radio IS NOT NULL;

-- How far the rooms were read; one row per account, because a token is of no use to another.
CREATE TABLE sync_state (
  account TEXT PRIMARY KEY,
  token TEXT NOT NULL,
  stored_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Stretches of a room's timeline that are still to be read; at most one per room.
CREATE TABLE gap (
  room TEXT PRIMARY KEY,
  from_token TEXT NOT NULL,
  to_token TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  taken INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
