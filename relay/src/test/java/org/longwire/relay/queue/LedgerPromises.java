package org.longwire.relay.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.longwire.matrix.SyncToken;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.StoreException;

/** What {@link LedgerTraffic} was promised, line by line, and whether a ledger keeps it. */
final class LedgerPromises {
  private final Map<String, Integer> accepted = new HashMap<>();
  private final Map<Long, Set<String>> replacedTokens = new HashMap<>();
  private final Set<Long> settled = new HashSet<>();
  private int page;

  void add(String line) {
    String[] words = line.split(" ", 3);
    switch (words[0]) {
      case "accepted" -> accepted.put(words[2], Integer.parseInt(words[1]));
      case "page" -> page = Integer.parseInt(words[1]);
      case "renewed" ->
        replacedTokens
            .computeIfAbsent(Long.parseLong(words[1]), id -> new HashSet<>())
            .add(words[2]);
      case "settled" -> settled.add(Long.parseLong(words[1]));
      case LedgerTraffic.OPENED, LedgerTraffic.CLOSING -> {}
      default -> throw new IllegalArgumentException(line);
    }
  }

  private record Row(long id, String token, String state) {}

  private record Message(String origin, int deliveries) {}

  /** What is not as it was promised. */
  List<String> broken(Database database, Ledger ledger) throws StoreException {
    List<String> broken = new ArrayList<>();
    Map<String, Integer> present = new HashMap<>();
    database
        .read(tx -> tx.list(
            "SELECT origin, (SELECT count(*) FROM outbox"
                + " WHERE outbox.id > inbox.id AND outbox.id < inbox.id + 64) FROM inbox",
            row -> new Message(row.getString(1), row.getInt(2))))
        .forEach(message -> present.put(message.origin, message.deliveries));
    accepted.forEach((origin, deliveries) -> {
      if (!deliveries.equals(present.get(origin))) {
        broken.add("%s with %d deliveries: %s".formatted(origin, deliveries, present.get(origin)));
      }
    });
    Map<Long, Row> rows = new HashMap<>();
    database
        .read(tx -> tx.list(
            "SELECT id, token, state FROM outbox",
            row -> new Row(row.getLong(1), row.getString(2), row.getString(3))))
        .forEach(row -> rows.put(row.id, row));
    settled.forEach(id -> {
      if (!rows.containsKey(id) || !rows.get(id).state.equals("DELIVERED")) {
        broken.add("%d is not settled: %s".formatted(id, rows.get(id)));
      }
    });
    replacedTokens.forEach((id, old) -> {
      if (!rows.containsKey(id) || old.contains(rows.get(id).token)) {
        broken.add("%d has a spent token: %s".formatted(id, rows.get(id)));
      }
    });
    int stored = ledger
        .syncToken(LedgerFixture.BOT)
        .map(SyncToken::value)
        .map(token -> Integer.parseInt(token.substring(1)))
        .orElse(0);
    if (stored < page) {
      broken.add("page %d was read, and not %d".formatted(stored, page));
    }
    return broken;
  }
}
