package org.longwire.relay.store.sql;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every back end must do alike; a fresh database for each test. */
abstract class RepositoryContract {
  protected Backend backend;

  /** An empty database. */
  abstract Backend fresh() throws Exception;

  @BeforeEach
  void open() throws Exception {
    backend = fresh();
  }

  @AfterEach
  void close() {
    backend.close();
  }
}
