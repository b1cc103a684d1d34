package org.longwire.relay.store.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longwire.relay.store.Dialect;
import org.longwire.relay.store.StoreTable;
import org.longwire.relay.store.Transaction;

/** A row of another table than that of the messages, as a line of an export. */
record RowLine(StoreTable table, List<Optional<Object>> row) implements ImportedLine {
  static final String TABLE = "table";

  /** The line, with its end. */
  String line() {
    JsonLine.Writer out = new JsonLine.Writer().text(TABLE, table.name());
    for (int i = 0; i < row.size(); i++) {
      String column = table.columns().get(i);
      if (row.get(i).orElse(null) instanceof Long number) {
        out.number(column, number);
      } else {
        row.get(i).ifPresent(text -> out.text(column, text.toString()));
      }
    }
    return out.line();
  }

  /** @throws IllegalArgumentException that says what is wrong */
  static RowLine of(JsonLine line) {
    String name = JsonLine.required(line.text(TABLE), TABLE);
    StoreTable table = StoreTable.ALL.stream()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no table \"" + name + '"'));
    Set<String> names = new HashSet<>(table.columns());
    names.add(TABLE);
    ImportedLine.requireKnown(line, names);
    List<Optional<Object>> row = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      String column = table.columns().get(i);
      row.add(
          table.isNumber(i)
              ? line.number(column).map(n -> n)
              : line.text(column).map(t -> t));
    }
    return new RowLine(table, List.copyOf(row));
  }

  @Override
  public boolean isIn(Transaction tx) throws SQLException {
    return table.has(tx, row);
  }

  @Override
  public void addTo(Transaction tx, Dialect dialect) throws SQLException {
    tx.update(dialect.insertOrIgnore(table.name(), table.columns()), row.toArray());
  }
}
