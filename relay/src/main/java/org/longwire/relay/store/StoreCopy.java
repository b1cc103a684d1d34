package org.longwire.relay.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Copies everything from one store to another, of whatever kind. What the other has already stays
 * as it is, so a copy that was broken off is begun again and goes on where it was. Used by one
 * thread, while nobody else writes to either.
 */
public final class StoreCopy {
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

  /** Copies, and compares every row afterwards. */
  public List<Count> copy(FileTools.Progress progress) throws StoreException, InterruptedException {
    List<Count> counts = new ArrayList<>();
    double done = 0;
    for (StoreTable table : StoreTable.ALL) {
      copy(table, progress, done / StoreTable.ALL.size());
      counts.add(compare(table));
      done++;
      progress.at(Optional.of(done / StoreTable.ALL.size()));
    }
    return counts;
  }

  private void copy(StoreTable table, FileTools.Progress progress, double share)
      throws StoreException, InterruptedException {
    String insert = to.dialect().insertOrIgnore(table.name(), table.columns());
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

  private Count compare(StoreTable table) throws StoreException {
    long rows = 0;
    long alike = 0;
    List<List<Optional<Object>>> chunk = table.chunk(from, List.of());
    while (!chunk.isEmpty()) {
      Set<List<Optional<Object>>> there = table.sameRange(to, chunk);
      rows += chunk.size();
      alike += chunk.stream().filter(there::contains).count();
      chunk = table.chunk(from, chunk.get(chunk.size() - 1));
    }
    return new Count(table.name(), rows, alike);
  }
}
