-- By what the ledgers that tell this store know it again; the number is made like an id and so
-- tells when. Another number than the ledger's means that a crash, a backup or a new database has
-- taken what was told since.
CREATE TABLE seal (number INTEGER PRIMARY KEY) STRICT;
