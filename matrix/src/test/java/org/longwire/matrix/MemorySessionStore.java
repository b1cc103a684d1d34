package org.longwire.matrix;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A login kept in memory, with its history. */
final class MemorySessionStore implements SessionStore {
  static final UserId BOT = new UserId("@relay:example.org");

  private final List<Session> saved = new ArrayList<>();
  private boolean full;

  static MemorySessionStore with(Session session) {
    MemorySessionStore store = new MemorySessionStore();
    store.saved.add(session);
    return store;
  }

  /** A session of the bot; an empty refresh token for none. */
  static Session session(String access, String refresh, Optional<Instant> expiresAt) {
    return new Session(
        BOT,
        "DEVICE",
        new Secret(access),
        Optional.of(refresh).filter(token -> !token.isEmpty()).map(Secret::new),
        expiresAt);
  }

  synchronized void becomeFull() {
    full = true;
  }

  synchronized int saves() {
    return saved.size() - 1;
  }

  @Override
  public synchronized Optional<Session> load() {
    return saved.isEmpty() ? Optional.empty() : Optional.of(saved.get(saved.size() - 1));
  }

  @Override
  public synchronized void save(Session session) throws IOException {
    if (full) {
      throw new IOException("no space left on device");
    }
    saved.add(session);
  }
}
