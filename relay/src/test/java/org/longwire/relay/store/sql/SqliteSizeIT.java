package org.longwire.relay.store.sql;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;

/** A million messages, with the profile {@code size}. */
class SqliteSizeIT extends SizeContract {
  private static final int MESSAGES = 1_000_000;

  @TempDir
  Path files;

  SqliteSizeIT() {
    super(MESSAGES);
  }

  @Override
  Backend fresh() throws Exception {
    return new Backend(() -> Database.open(files.resolve("store.db"), Options.store()));
  }
}
