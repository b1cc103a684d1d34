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
 * A table of the store as rows without meaning, for those who move all of them. The columns of its
 * key come first.
 */
public final class StoreTable {
  /** Rows of one transaction: a cluster holds them in memory (§2.8 of the storage reference). */
  public static final int CHUNK = 500;

  /** What was said. */
  public static final String MESSAGE = "message";

  /** Over what it was said. */
  public static final String LINK = "link";

  /** All of them, in an order in which each table means something by itself. */
  public static final List<StoreTable> ALL = List.of(
      new StoreTable(LINK, 1, "id# room radio channel#"),
      new StoreTable(
          "node",
          2,
          "meshnet num# long_name short_name public_key hardware# role# hops#"
              + " first_heard# last_heard# updated_at# source"),
      new StoreTable("node_event", 1, "id# meshnet num# kind detail"),
      new StoreTable("room_setting", 2, "room name value"),
      new StoreTable("plugin_value", 3, "plugin scope name value"),
      new StoreTable("plugin_item", 4, "plugin scope name seq# value"),
      new StoreTable(
          "message_link", 1, "id# radio packet# sender# channel# room event event_hash# part#"),
      new StoreTable(
          MESSAGE,
          1,
          "id# link# identity# meshnet sender node# packet# event event_hash#"
              + " from_mesh# text"));

  private final String name;
  private final int keys;
  private final List<String> columns = new ArrayList<>();
  private final List<Boolean> numbers = new ArrayList<>();
  private final String first;
  private final String behind;
  private final String one;
  private final String between;

  private StoreTable(String name, int keys, String columns) {
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
    this.one = "SELECT 1 FROM %s WHERE (%s) = (%s)".formatted(name, key, marks);
    this.between =
        "%s WHERE (%s) >= (%s) AND (%s) <= (%s)".formatted(select, key, marks, key, marks);
  }

  public String name() {
    return name;
  }

  public List<String> columns() {
    return List.copyOf(columns);
  }

  /** Whether a column, by its place, holds numbers; else it holds texts. */
  public boolean isNumber(int column) {
    return numbers.get(column);
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

  /**
   * The next rows in the order of their keys, up to {@link #CHUNK}.
   *
   * @param after the row before them; empty for the first
   */
  public List<List<Optional<Object>>> chunk(WritableStore store, List<Optional<Object>> after)
      throws StoreException {
    return store.read(tx -> after.isEmpty()
        ? tx.list(first, this::row)
        : tx.list(behind, this::row, after.subList(0, keys).toArray()));
  }

  /** Whether there is a row with the key of this one. */
  public boolean has(Transaction tx, List<Optional<Object>> row) throws SQLException {
    return tx.first(one, found -> 1, row.subList(0, keys).toArray()).isPresent();
  }

  /** What a store has of the keys of a chunk, and perhaps between them. */
  Set<List<Optional<Object>>> sameRange(WritableStore store, List<List<Optional<Object>>> chunk)
      throws StoreException {
    List<Object> bounds = new ArrayList<>(chunk.get(0).subList(0, keys));
    bounds.addAll(chunk.get(chunk.size() - 1).subList(0, keys));
    return new HashSet<>(store.read(tx -> tx.list(between, this::row, bounds.toArray())));
  }
}
