-- The store. Times are milliseconds since 1970. Ids named id are made by the application: the time
-- of the row, times 2^20, plus what tells it from others of that millisecond. Texts compare byte by
-- byte (the default collation), because Matrix ids differ by case.

-- Which packet is which event.
CREATE TABLE message_link (
  id INTEGER PRIMARY KEY,
  radio TEXT NOT NULL,
  packet INTEGER NOT NULL,
  sender INTEGER NOT NULL,
  channel INTEGER NOT NULL,
  room TEXT NOT NULL,
  event TEXT NOT NULL,
  -- of the event id; an index of 8 bytes a row instead of 44
  event_hash INTEGER NOT NULL,
  part INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX message_link_key ON message_link(radio, packet, sender, event_hash);
CREATE INDEX message_link_event ON message_link(event_hash);

-- The links that messages name by the hash of room, radio and channel.
CREATE TABLE link (
  id INTEGER PRIMARY KEY,
  room TEXT NOT NULL,
  radio TEXT NOT NULL,
  channel INTEGER NOT NULL
) STRICT;

-- Everything that was said.
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  link INTEGER NOT NULL,
  -- hash of mesh network, node and packet id, else of the event id
  identity INTEGER NOT NULL,
  meshnet TEXT NOT NULL,
  sender TEXT NOT NULL,
  node INTEGER,
  packet INTEGER,
  event TEXT,
  event_hash INTEGER,
  from_mesh INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX message_identity ON message(identity, link);
CREATE INDEX message_of_link ON message(link, id, from_mesh);
CREATE INDEX message_sender ON message(sender, id);
CREATE INDEX message_event ON message(event_hash) WHERE event_hash IS NOT NULL;

-- The words of the messages; the texts stay in their table. A trigger stands on one line.
CREATE VIRTUAL TABLE message_words USING fts5(
  text, content='message', content_rowid='id', tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER message_added AFTER INSERT ON message BEGIN INSERT INTO message_words(rowid, text) VALUES (new.id, new.text); END;
CREATE TRIGGER message_gone AFTER DELETE ON message BEGIN INSERT INTO message_words(message_words, rowid, text) VALUES ('delete', old.id, old.text); END;

-- Nodes. What nobody told is NULL.
CREATE TABLE node (
  meshnet TEXT NOT NULL,
  num INTEGER NOT NULL,
  long_name TEXT,
  short_name TEXT,
  public_key TEXT,
  hardware INTEGER,
  role INTEGER,
  hops INTEGER,
  first_heard INTEGER NOT NULL,
  last_heard INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (meshnet, num)
) STRICT, WITHOUT ROWID;
CREATE INDEX node_heard ON node(last_heard);

-- What happened to nodes.
CREATE TABLE node_event (
  id INTEGER PRIMARY KEY,
  meshnet TEXT NOT NULL,
  num INTEGER NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX node_event_node ON node_event(meshnet, num, id);

CREATE TABLE room_setting (
  room TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (room, name)
) STRICT, WITHOUT ROWID;

-- What plugins keep: single values, and lists by rising seq.
CREATE TABLE plugin_value (
  plugin TEXT NOT NULL,
  scope TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (plugin, scope, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE plugin_item (
  plugin TEXT NOT NULL,
  scope TEXT NOT NULL,
  name TEXT NOT NULL,
  seq INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (plugin, scope, name, seq)
) STRICT, WITHOUT ROWID;
