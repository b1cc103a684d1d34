-- The store, as 01-store.sqlite.sql explains it. MariaDB cannot undo a definition, so each of these
-- may be repeated after a failure half-way. Ids and keys compare byte by byte; what people search
-- and read compares as people do. No trailing spaces in keys: this collation does not see them.

CREATE TABLE IF NOT EXISTS message_link (
  id BIGINT NOT NULL,
  radio VARCHAR(64) NOT NULL,
  packet BIGINT NOT NULL,
  sender BIGINT NOT NULL,
  channel TINYINT NOT NULL,
  room VARCHAR(255) NOT NULL,
  event VARCHAR(255) NOT NULL,
  event_hash BIGINT NOT NULL,
  part INT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY message_link_key (radio, packet, sender, event_hash),
  KEY message_link_event (event_hash)
) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS link (
  id BIGINT NOT NULL,
  room VARCHAR(255) NOT NULL,
  radio VARCHAR(64) NOT NULL,
  channel TINYINT NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS message (
  id BIGINT NOT NULL,
  link BIGINT NOT NULL,
  identity BIGINT NOT NULL,
  meshnet VARCHAR(128) NOT NULL,
  sender VARCHAR(255) NOT NULL,
  node BIGINT,
  packet BIGINT,
  event VARCHAR(255),
  event_hash BIGINT,
  from_mesh TINYINT NOT NULL,
  text MEDIUMTEXT COLLATE utf8mb4_unicode_520_ci NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY message_identity (identity, link),
  KEY message_of_link (link, id, from_mesh),
  KEY message_sender (sender, id),
  KEY message_event (event_hash),
  FULLTEXT KEY message_words (text)
) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS node (
  meshnet VARCHAR(128) NOT NULL,
  num BIGINT NOT NULL,
  long_name VARCHAR(255),
  short_name VARCHAR(64),
  public_key VARCHAR(128),
  hardware INT,
  role INT,
  hops INT,
  first_heard BIGINT NOT NULL,
  last_heard BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  source VARCHAR(16) NOT NULL,
  PRIMARY KEY (meshnet, num),
  KEY node_heard (last_heard)
) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS node_event (
  id BIGINT NOT NULL,
  meshnet VARCHAR(128) NOT NULL,
  num BIGINT NOT NULL,
  kind VARCHAR(32) NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (id),
  KEY node_event_node (meshnet, num, id)
) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS room_setting (
  room VARCHAR(255) NOT NULL,
  name VARCHAR(255) NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (room, name)
) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS plugin_value (
  plugin VARCHAR(64) NOT NULL,
  scope VARCHAR(128) NOT NULL,
  name VARCHAR(255) NOT NULL,
  value MEDIUMTEXT NOT NULL,
  PRIMARY KEY (plugin, scope, name)
) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS plugin_item (
  plugin VARCHAR(64) NOT NULL,
  scope VARCHAR(128) NOT NULL,
  name VARCHAR(255) NOT NULL,
  seq BIGINT NOT NULL,
  value MEDIUMTEXT NOT NULL,
  PRIMARY KEY (plugin, scope, name, seq)
) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
