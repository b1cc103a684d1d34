package org.longwire.relay.store.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the repositories: each is wrapped by a decorator that counts its calls and errors and
 * keeps how long they took. Once an hour, with a call that comes anyway, one line says how the
 * store fared. Any thread.
 */
public final class StoreMetrics {
  static final Duration SUMMARY_EVERY = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(StoreMetrics.class);

  private final LongSupplier nanoTime;
  private final boolean summaries;
  private final AtomicLong lastSummary;
  private final Map<String, OperationMeter> meters = new ConcurrentHashMap<>();

  /**
   * @param nanoTime a monotonic clock
   * @param summaries whether the hourly line is wanted
   */
  public StoreMetrics(LongSupplier nanoTime, boolean summaries) {
    this.nanoTime = nanoTime;
    this.summaries = summaries;
    this.lastSummary = new AtomicLong(nanoTime.getAsLong());
  }

  /** What was measured since the start, by operation. */
  public List<OperationStatistics> statistics() {
    return meters.entrySet().stream()
        .map(entry -> entry.getValue().statistics(entry.getKey()))
        .sorted(Comparator.comparing(OperationStatistics::operation))
        .toList();
  }

  /** One line about everything since the start. */
  public String summary() {
    List<OperationStatistics> all = statistics();
    long count = all.stream().mapToLong(OperationStatistics::count).sum();
    long errors = all.stream().mapToLong(OperationStatistics::errors).sum();
    StringBuilder line = new StringBuilder("store: %d calls, %d failed".formatted(count, errors));
    all.stream()
        .max(Comparator.comparing(OperationStatistics::total))
        .ifPresent(most -> line.append("; most time in %s: %d calls, 99 of 100 within %.1f ms"
            .formatted(most.operation(), most.count(), most.slowest99().toNanos() / 1e6)));
    return line.toString();
  }

  /** The repository with its measuring around it. */
  <T> T measured(Class<T> repository, T real) {
    InvocationHandler handler =
        (proxy, method, arguments) -> call(repository, real, method, arguments);
    return repository.cast(
        Proxy.newProxyInstance(repository.getClassLoader(), new Class<?>[] {repository}, handler));
  }

  private @Nullable Object call(
      Class<?> repository, Object real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(real, arguments);
    }
    OperationMeter meter = meters.computeIfAbsent(
        repository.getSimpleName() + "." + method.getName(), name -> new OperationMeter());
    long begin = nanoTime.getAsLong();
    try {
      Object result = method.invoke(real, arguments);
      if (result instanceof CompletableFuture<?> future) {
        future.whenComplete(
            (done, failure) -> meter.took(nanoTime.getAsLong() - begin, failure != null));
      } else {
        meter.took(nanoTime.getAsLong() - begin, false);
      }
      return result;
    } catch (InvocationTargetException e) {
      meter.took(nanoTime.getAsLong() - begin, true);
      throw e.getCause();
    } finally {
      summariseIfDue();
    }
  }

  private void summariseIfDue() {
    long last = lastSummary.get();
    long now = nanoTime.getAsLong();
    if (summaries
        && now - last >= SUMMARY_EVERY.toNanos()
        && lastSummary.compareAndSet(last, now)) {
      LOG.info(summary());
    }
  }
}
