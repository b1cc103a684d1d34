package org.longwire.matrix.sim;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Answers {@code /sync}: holds the request until there is news or its time is over. */
final class SyncEndpoint {
  /** The longest that a request is held, whatever it asks for. */
  private static final long MAX_WAIT_MS = TimeUnit.MINUTES.toMillis(5);

  private final DoubleWorld world;
  private final Faults faults;
  private final Map<Device, DoubleJson> lastPages = new HashMap<>();

  SyncEndpoint(DoubleWorld world, Faults faults) {
    this.world = world;
    this.faults = faults;
  }

  DoubleJson answer(Call call) throws Refusal {
    Optional<DoubleJson> filter = filter(call);
    long wait = Math.min(Math.max(0, call.number("timeout", 0)), MAX_WAIT_MS);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
    synchronized (world) {
      Optional<Long> since = since(call);
      DoubleJson last = lastPages.get(call.device());
      if (last != null && since.isPresent() && faults.strikes(Faults.Fate.REPEAT_SYNC_PAGE)) {
        return last;
      }
      SyncView view = new SyncView(world, call.device(), filter, faults.timelineCap());
      while (true) {
        if (world.life() != call.life()) {
          throw new Dropped();
        }
        Optional<DoubleJson> news = view.news(since);
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (news.isPresent() || since.isEmpty() || left <= 0) {
          return page(call.device(), news);
        }
        await(left);
      }
    }
  }

  private DoubleJson page(Device device, Optional<DoubleJson> news) {
    DoubleJson page = DoubleJson.object().put("next_batch", world.token(world.position()));
    news.ifPresent(rooms -> {
      page.put("rooms", rooms);
      lastPages.put(device, page);
    });
    return page;
  }

  private void await(long millis) {
    try {
      world.await(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Dropped();
    }
  }

  private Optional<Long> since(Call call) throws Refusal {
    Optional<String> token = call.query("since");
    if (token.isEmpty()) {
      return Optional.empty();
    }
    Optional<Long> position = world.positionOf(token.get());
    if (position.isEmpty()) {
      throw Refusal.badRequest("M_UNKNOWN", "Invalid stream token");
    }
    return position;
  }

  private static Optional<DoubleJson> filter(Call call) throws Refusal {
    Optional<String> filter = call.query("filter");
    if (filter.isEmpty()) {
      return Optional.empty();
    }
    if (!filter.get().startsWith("{")) {
      throw Refusal.badRequest("M_INVALID_PARAM", "Invalid filter ID");
    }
    return Optional.of(DoubleJson.parse(filter.get().getBytes(StandardCharsets.UTF_8)));
  }
}
