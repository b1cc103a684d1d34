package org.longwire.relay.store;

import java.util.List;

/**
 * Which tables a file holds and how they came about.
 *
 * @param name how people call the file, in sentences
 * @param applicationId the mark in the file's header by which we know it as ours
 * @param migrations class path resources, in order; the n-th takes a file to version n; named as
 *     SQLite's, which {@link Dialect#resource} turns into another's
 */
public record Schema(String name, int applicationId, List<String> migrations) {
  /** The ledger; its mark reads "LwLg". */
  public static final Schema LEDGER = new Schema(
      "ledger",
      0x4c774c67,
      List.of(
          "sql/ledger/01-ledger.sqlite.sql",
          "sql/ledger/02-store-feed.sqlite.sql",
          "sql/ledger/03-seals.sqlite.sql",
          "sql/ledger/04-conversation.sqlite.sql"));

  /** The store; its mark reads "LwSt". */
  public static final Schema STORE = new Schema(
      "store",
      0x4c775374,
      List.of("sql/store/01-store.sqlite.sql", "sql/store/02-seals.sqlite.sql"));

  public Schema {
    migrations = List.copyOf(migrations);
  }

  /** The version that this program writes. */
  public int version() {
    return migrations.size();
  }
}
