package org.longwire.matrix;

import java.io.IOException;
import java.util.Optional;

/** Where the live login is kept. */
public interface SessionStore {
  Optional<Session> load() throws IOException;

  /**
   * Keeps a session. On return it is durable: a refreshed pair of tokens may be used only then,
   * because using it kills the old pair.
   */
  void save(Session session) throws IOException;
}
