package org.longwire.relay.bridge;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageLink;
import org.longwire.relay.store.repository.MessageMap;

/** A store that is away, or slow, when the test says so; it only takes things. */
final class HandStore {
  final List<MessageLink> links = new ArrayList<>();
  final List<ArchivedMessage> messages = new ArrayList<>();
  boolean away;
  boolean slow;

  /** Whether it has a bug. */
  boolean broken;

  private final Deque<CompletableFuture<Void>> open = new ArrayDeque<>();

  MessageMap map() {
    return stub(MessageMap.class, "remember", links);
  }

  MessageArchive archive() {
    return stub(MessageArchive.class, "add", messages);
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
          if (away) {
            return CompletableFuture.failedFuture(new StoreException.Transient("no answer"));
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
