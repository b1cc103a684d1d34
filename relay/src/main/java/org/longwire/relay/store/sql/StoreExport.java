package org.longwire.relay.store.sql;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.StoreTable;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.LinkKey;

/** Writes what a store knows beside its messages, which are exported link by link. */
public final class StoreExport {
  private static final Set<String> OF_MESSAGES = Set.of(StoreTable.MESSAGE, StoreTable.LINK);

  private StoreExport() {}

  /** A number that tells a link from others, the same on every machine. */
  public static int mark(LinkKey link) {
    return (int) Hashes.of(link);
  }

  /**
   * Writes a JSON object for each node, event, mapped packet, setting and value of a plugin;
   * removes nothing.
   *
   * @return how many
   */
  public static long write(WritableStore store, Path file) throws StoreException {
    return ExportFile.write(file, out -> {
      long count = 0;
      for (StoreTable table : StoreTable.ALL) {
        count += OF_MESSAGES.contains(table.name()) ? 0 : write(table, store, out);
      }
      return count;
    });
  }

  private static long write(StoreTable table, WritableStore store, Writer out)
      throws IOException, StoreException {
    long count = 0;
    List<List<Optional<Object>>> chunk = table.chunk(store, List.of());
    while (!chunk.isEmpty()) {
      for (List<Optional<Object>> row : chunk) {
        out.write(new RowLine(table, row).line());
      }
      count += chunk.size();
      chunk = table.chunk(store, chunk.get(chunk.size() - 1));
    }
    return count;
  }
}
