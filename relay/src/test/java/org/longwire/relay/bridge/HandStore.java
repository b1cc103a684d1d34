package org.longwire.relay.bridge;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageLink;
import org.longwire.relay.store.repository.MessageMap;
import org.longwire.relay.store.repository.StoreSeal;

/** A store that is away, or slow, when the test says so; it only takes things. */
final class HandStore {
  final List<MessageLink> links = new ArrayList<>();
  final List<ArchivedMessage> messages = new ArrayList<>();
  boolean away;
  boolean slow;

  /** What the schema refuses for ever. */
  Predicate<Object> refused = told -> false;

  /** What breaks the work of writing it, for ever. */
  Predicate<Object> poison = told -> false;

  /** What belongs to another store, one that is away. */
  Predicate<Object> elsewhere = told -> false;

  /** The number that stands for all it was told. */
  long seal = StoreSeal.NONE;

  /** Whether it has a bug. */
  boolean broken;

  private final Deque<CompletableFuture<Void>> open = new ArrayDeque<>();

  MessageMap map() {
    return stub(MessageMap.class, "remember", links);
  }

  MessageArchive archive() {
    return stub(MessageArchive.class, "add", messages);
  }

  /** Restored from an old backup, or made anew. */
  void forgetAll() {
    links.clear();
    messages.clear();
    // One that no ledger has, not even one that has none.
    seal += 1_000;
  }

  StoreSeal seal() {
    return before -> {
      if (away) {
        return CompletableFuture.failedFuture(new StoreException.Transient("no answer"));
      }
      boolean known = before == seal;
      seal++;
      return CompletableFuture.completedFuture(new StoreSeal.Exchanged(known, seal));
    };
  }

  /** Completes everything that was told so far. */
  void finish() {
    while (!open.isEmpty()) {
      open.poll().complete(null);
    }
  }

  @SuppressWarnings("unchecked")
  private <T, E> T stub(Class<T> type, String verb, List<E> taken) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          if (!method.getName().equals(verb)) {
            throw new UnsupportedOperationException(method.getName());
          }
          if (broken) {
            throw new IllegalStateException("a bug");
          }
          if (away || elsewhere.test(arguments[0])) {
            return CompletableFuture.failedFuture(new StoreException.Transient("no answer"));
          }
          if (refused.test(arguments[0])) {
            return CompletableFuture.failedFuture(
                new StoreException.Constraint("refused", new SQLException("refused")));
          }
          if (poison.test(arguments[0])) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("no such thing"))
                .thenAccept(done -> {});
          }
          taken.add((E) arguments[0]);
          CompletableFuture<Void> future = new CompletableFuture<>();
          if (slow) {
            open.add(future);
          } else {
            future.complete(null);
          }
          return future;
        }));
  }
}
