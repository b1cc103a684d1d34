package org.longwire.relay.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Copies everything from one store to another, of whatever kind. What the other has already stays
 * as it is, so a copy that was broken off is begun again and goes on where it was. Used by one
 * thread, while nobody else writes to either.
 */
public final class StoreCopy {
  /** Rows of one transaction: a cluster holds them in memory (§2.8 of the storage reference). */
  static final int CHUNK = 500;

  /** In an order in which each table means something by itself. */
  private static final List<Table> TABLES = List.of(
      new Table("link", 1, "id# room radio channel#"),
      new Table(
          "node",
          2,
          "meshnet num# long_name short_name public_key hardware# role# hops#"
              + " first_heard# last_heard# updated_at# source"),
      new Table("node_event", 1, "id# meshnet num# kind detail"),
      new Table("room_setting", 2, "room name value"),
      new Table("plugin_value", 3, "plugin scope name value"),
      new Table("plugin_item", 4, "plugin scope name seq# value"),
      new Table(
          "message_link", 1, "id# radio packet# sender# channel# room event event_hash# part#"),
      new Table(
          "message",
          1,
          "id# link# identity# meshnet sender node# packet# event event_hash#"
              + " from_mesh# text"));

  private final WritableStore from;
  private final WritableStore to;

  public StoreCopy(WritableStore from, WritableStore to) {
    this.from = from;
    this.to = to;
  }

  /**
   * How a table fared.
   *
   * @param rows in the source
   * @param alike of them that the target has, the same in every column
   */
  public record Count(String table, long rows, long alike) {
    public boolean isWhole() {
      return rows == alike;
    }
  }

  /** A table; the columns of its key come first, and those of numbers end in a cross. */
  private static final class Table {
    private final String name;
    private final int keys;
    private final List<String> columns = new ArrayList<>();
    private final List<Boolean> numbers = new ArrayList<>();
    private final String first;
    private final String behind;
    private final String between;

    Table(String name, int keys, String columns) {
      this.name = name;
      this.keys = keys;
      for (String column : columns.split(" ")) {
        this.columns.add(column.replace("#", ""));
        this.numbers.add(column.endsWith("#"));
      }
      String key = String.join(", ", this.columns.subList(0, keys));
      String marks = String.join(", ", Collections.nCopies(keys, "?"));
      String select = "SELECT %s FROM %s".formatted(String.join(", ", this.columns), name);
      String end = " ORDER BY %s LIMIT %d".formatted(key, CHUNK);
      this.first = select + end;
      this.behind = "%s WHERE (%s) > (%s)%s".formatted(select, key, marks, end);
      this.between =
          "%s WHERE (%s) >= (%s) AND (%s) <= (%s)".formatted(select, key, marks, key, marks);
    }

    private List<Optional<Object>> row(ResultSet row) throws SQLException {
      List<Optional<Object>> values = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        Optional<String> text = Optional.ofNullable(row.getString(i + 1));
        boolean isNumber = numbers.get(i);
        values.add(text.map(t -> isNumber ? (Object) Long.valueOf(t) : t));
      }
      return List.copyOf(values);
    }

    private List<List<Optional<Object>>> chunk(WritableStore store, List<Optional<Object>> after)
        throws StoreException {
      return store.read(tx -> after.isEmpty()
          ? tx.list(first, this::row)
          : tx.list(behind, this::row, after.subList(0, keys).toArray()));
    }

    /** What a store has of the keys of a chunk, and perhaps between them. */
    private Set<List<Optional<Object>>> sameRange(
        WritableStore store, List<List<Optional<Object>>> chunk) throws StoreException {
      List<Object> bounds = new ArrayList<>(chunk.get(0).subList(0, keys));
      bounds.addAll(chunk.get(chunk.size() - 1).subList(0, keys));
      return new HashSet<>(store.read(tx -> tx.list(between, this::row, bounds.toArray())));
    }
  }

  /** Copies, and compares every row afterwards. */
  public List<Count> copy(FileTools.Progress progress) throws StoreException, InterruptedException {
    List<Count> counts = new ArrayList<>();
    double done = 0;
    for (Table table : TABLES) {
      copy(table, progress, done / TABLES.size());
      counts.add(compare(table));
      done++;
      progress.at(Optional.of(done / TABLES.size()));
    }
    return counts;
  }

  private void copy(Table table, FileTools.Progress progress, double share)
      throws StoreException, InterruptedException {
    String insert = to.dialect().insertOrIgnore(table.name, table.columns);
    List<Optional<Object>> last = List.of();
    List<List<Optional<Object>>> chunk = table.chunk(from, last);
    while (!chunk.isEmpty()) {
      List<List<Optional<Object>>> rows = chunk;
      if (!table.sameRange(to, rows).containsAll(rows)) {
        to.write(tx -> {
          for (List<Optional<Object>> row : rows) {
            tx.update(insert, row.toArray());
          }
          return rows.size();
        });
      }
      progress.at(Optional.of(share));
      last = rows.get(rows.size() - 1);
      chunk = table.chunk(from, last);
    }
  }

  private Count compare(Table table) throws StoreException {
    long rows = 0;
    long alike = 0;
    List<List<Optional<Object>>> chunk = table.chunk(from, List.of());
    while (!chunk.isEmpty()) {
      Set<List<Optional<Object>>> there = table.sameRange(to, chunk);
      rows += chunk.size();
      alike += chunk.stream().filter(there::contains).count();
      chunk = table.chunk(from, chunk.get(chunk.size() - 1));
    }
    return new Count(table.name, rows, alike);
  }
}
