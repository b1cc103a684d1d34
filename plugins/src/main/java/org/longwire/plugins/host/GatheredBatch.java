package org.longwire.plugins.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginStore;

/** Changes that lie over a store, seen through them, until they are committed together. */
final class GatheredBatch implements PluginStore.Batch {
  private final PluginStore below;
  private final Held held;
  private final Commit commit;
  private final List<StoreChange> changes = new ArrayList<>();

  /** Takes the changes, all or none. */
  @FunctionalInterface
  interface Commit {
    void commit(List<StoreChange> changes) throws PluginException;
  }

  /** What a batch and those inside it have gathered: it is the relay's memory. */
  private static final class Held {
    private final long mostBytes;
    private long bytes;
    private int changes;

    private Held(long mostBytes) {
      this.mostBytes = mostBytes;
    }

    private void requireRoom(StoreChange change) throws PluginException.Refused {
      if (changes >= Limits.BATCH || LentStore.heldBytes(change) > mostBytes - bytes) {
        throw new PluginException.Refused(
            "a batch has at most %d changes of %d KB in all; make more of them in several batches"
                .formatted(Limits.BATCH, mostBytes / 1024));
      }
    }

    private void take(StoreChange change) {
      bytes += LentStore.heldBytes(change);
      changes++;
    }

    private void release(StoreChange change) {
      bytes -= LentStore.heldBytes(change);
      changes--;
    }
  }

  GatheredBatch(PluginStore below, long mostBytes, Commit commit) {
    this(below, new Held(Math.min(mostBytes, Limits.STORE_BYTES)), commit);
  }

  private GatheredBatch(PluginStore below, Held held, Commit commit) {
    this.below = below;
    this.held = held;
    this.commit = commit;
  }

  /** What a store would have after such changes; to be read alone. */
  static PluginStore of(PluginStore below, List<StoreChange> changes) {
    GatheredBatch batch = new GatheredBatch(below, 0, none -> {});
    changes.forEach(batch::keep);
    return batch;
  }

  @Override
  public Optional<String> get(String scope, String key) throws PluginException {
    Optional<String> value = below.get(scope, key);
    for (StoreChange change : of(scope, key)) {
      if (change instanceof StoreChange.Set set) {
        value = Optional.of(set.value());
      } else if (change instanceof StoreChange.Delete) {
        value = Optional.empty();
      }
    }
    return value;
  }

  @Override
  public List<String> list(String scope, String key) throws PluginException {
    List<String> rows = new ArrayList<>(below.list(scope, key));
    for (StoreChange change : of(scope, key)) {
      if (change instanceof StoreChange.Append append) {
        rows.add(append.row());
        rows.subList(0, Math.max(0, rows.size() - append.keep())).clear();
      } else if (change instanceof StoreChange.Delete) {
        rows.clear();
      }
    }
    return List.copyOf(rows);
  }

  private List<StoreChange> of(String scope, String key) {
    return changes.stream()
        .filter(c -> c.scope().equals(scope) && c.key().equals(key))
        .toList();
  }

  @Override
  public List<String> keys(String scope) throws PluginException {
    TreeSet<String> keys = new TreeSet<>(below.keys(scope));
    for (StoreChange change : changes) {
      if (change.scope().equals(scope) && change instanceof StoreChange.Delete) {
        keys.remove(change.key());
      } else if (change.scope().equals(scope)) {
        keys.add(change.key());
      }
    }
    return List.copyOf(keys);
  }

  @Override
  public void set(String scope, String key, String value) throws PluginException {
    add(new StoreChange.Set(scope, key, value));
  }

  @Override
  public void delete(String scope, String key) throws PluginException {
    add(new StoreChange.Delete(scope, key));
  }

  @Override
  public void append(String scope, String key, String row, int keep) throws PluginException {
    add(new StoreChange.Append(scope, key, row, keep));
  }

  private void add(StoreChange change) throws PluginException.Refused {
    LentStore.check(change);
    held.requireRoom(change);
    keep(change);
  }

  private void keep(StoreChange change) {
    held.take(change);
    changes.add(change);
  }

  /** A batch inside this one, which goes to the disk with it. */
  @Override
  public Batch batch() {
    return new GatheredBatch(this, held, inner -> inner.forEach(this::keep));
  }

  @Override
  public void commit() throws PluginException {
    commit.commit(List.copyOf(changes));
    close();
  }

  @Override
  public void close() {
    changes.forEach(held::release);
    changes.clear();
  }
}
