package org.longwire.plugins.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginStore;

/** A plugin's own data within its quota, as it is lent to it. */
final class LentStore implements PluginStore {
  static final int MAX_VALUE = 64 * 1024;
  static final int MAX_KEPT = 10_000;
  private static final int MAX_KEY = 200;

  /** What a batch costs the disk at least, in kilobytes. */
  private static final int BATCH = 4;

  private final PluginServices services;
  private final CallThread thread;
  private final Shares shares;
  private final long mostBytes;

  /** What is kept at most: what is deleted counts until it is counted anew. */
  private long bytes = Long.MAX_VALUE;

  private long rows = Long.MAX_VALUE;

  LentStore(PluginServices services, CallThread thread, Shares shares, long mostBytes) {
    this.services = services;
    this.thread = thread;
    this.shares = shares;
    this.mostBytes = mostBytes;
  }

  @Override
  public Optional<String> get(String scope, String key) throws PluginException {
    thread.check();
    return services.stored(scope, key);
  }

  @Override
  public List<String> keys(String scope) throws PluginException {
    thread.check();
    return services.storedKeys(scope);
  }

  @Override
  public List<String> list(String scope, String key) throws PluginException {
    thread.check();
    return services.storedList(scope, key);
  }

  @Override
  public void set(String scope, String key, String value) throws PluginException {
    write(List.of(new StoreChange.Set(scope, key, value)), false);
  }

  @Override
  public void delete(String scope, String key) throws PluginException {
    write(List.of(new StoreChange.Delete(scope, key)), false);
  }

  @Override
  public void append(String scope, String key, String row, int keep) throws PluginException {
    write(List.of(new StoreChange.Append(scope, key, row, keep)), false);
  }

  @Override
  public Batch batch() {
    thread.check();
    return new GatheredBatch(this, mostBytes, changes -> write(changes, true));
  }

  private void write(List<StoreChange> changes, boolean isBatch) throws PluginException {
    thread.check();
    long size = 0;
    for (StoreChange change : changes) {
      check(change);
      size += size(change);
    }
    if (changes.isEmpty()) {
      return;
    }
    shares.spendStore((int) Math.min(Integer.MAX_VALUE, size / 1024 + (isBatch ? BATCH : 1)));
    grow(changes, size);
    services.store(changes, isBatch);
  }

  private void grow(List<StoreChange> changes, long size) throws PluginException {
    long more = changes.stream().filter(c -> !(c instanceof StoreChange.Delete)).count();
    if (bytes <= mostBytes - size && rows <= Limits.STORE_ROWS - more) {
      bytes += size;
      rows += more;
      return;
    }
    count(changes);
    if (more > 0 && (bytes > mostBytes || rows > Limits.STORE_ROWS)) {
      bytes = Long.MAX_VALUE;
      throw shares.refusal(
          "this plugin keeps as much as it may (%d KB, %d rows); it has to delete something"
              .formatted(mostBytes / 1024, Limits.STORE_ROWS));
    }
  }

  /** Counts anew what will be kept when the changes are made. */
  private void count(List<StoreChange> changes) throws PluginException {
    PluginServices.Kept kept = services.kept();
    bytes = kept.bytes();
    rows = kept.rows();
    PluginStore changed = GatheredBatch.of(this, changes);
    for (StoreChange change : firstOfEachKey(changes)) {
      count(this, change, -1);
      count(changed, change, 1);
    }
  }

  private static Collection<StoreChange> firstOfEachKey(List<StoreChange> changes) {
    Map<List<String>, StoreChange> first = new LinkedHashMap<>();
    changes.forEach(c -> first.putIfAbsent(List.of(c.scope(), c.key()), c));
    return first.values();
  }

  /** Counts in or out what a store has where a change is made. */
  private void count(PluginStore store, StoreChange change, int sign) throws PluginException {
    List<String> texts = new ArrayList<>(store.list(change.scope(), change.key()));
    store.get(change.scope(), change.key()).ifPresent(texts::add);
    for (String text : texts) {
      bytes += sign * bytes(change.key(), text);
    }
    rows += sign * texts.size();
  }

  /** What it adds to what is kept: the store counts keys and values, and no scopes. */
  private static long size(StoreChange change) {
    return change instanceof StoreChange.Delete ? 0 : bytes(change.key(), value(change));
  }

  /** Of its texts together. */
  static long heldBytes(StoreChange change) {
    return bytes(change.scope(), change.key(), value(change));
  }

  private static String value(StoreChange change) {
    return change instanceof StoreChange.Set set
        ? set.value()
        : change instanceof StoreChange.Append append ? append.row() : "";
  }

  private static long bytes(String... texts) {
    long sum = 0;
    for (String text : texts) {
      sum += text.getBytes(StandardCharsets.UTF_8).length;
    }
    return sum;
  }

  static void check(StoreChange change) throws PluginException.Refused {
    if (change.scope().length() > MAX_KEY || change.key().length() > MAX_KEY) {
      throw new PluginException.Refused(
          "a scope and a key have at most %d characters".formatted(MAX_KEY));
    }
    if (size(change) > MAX_VALUE) {
      throw new PluginException.Refused(
          "a value and its key have at most %d KB".formatted(MAX_VALUE / 1024));
    }
    if (change instanceof StoreChange.Append append
        && (append.keep() < 1 || append.keep() > MAX_KEPT)) {
      throw new PluginException.Refused("a list keeps 1 to %d rows".formatted(MAX_KEPT));
    }
  }
}
