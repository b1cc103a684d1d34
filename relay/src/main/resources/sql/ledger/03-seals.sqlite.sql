-- By what we know our stores again: the number that store and ledger got at the last orderly end.
-- No row while we are at work, nor after an end that was none.
CREATE TABLE seal (
  store TEXT PRIMARY KEY,
  number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
