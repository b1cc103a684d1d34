-- As 02-seals.sqlite.sql explains it.
CREATE TABLE IF NOT EXISTS seal (
  number BIGINT NOT NULL,
  PRIMARY KEY (number)
) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
