package org.longwire.relay.store.repository;

import java.util.List;
import java.util.Optional;
import org.longwire.relay.store.StoreException;

/**
 * One plugin's own data, per node or for itself. Reads see what was written at once; the disk sees
 * it within 60 s, at 64 KB, or at close. Any thread.
 */
public interface PluginData {
  /** What a plugin keeps for itself rather than for a node. */
  String OWN = "";

  int MAX_VALUE_BYTES = 65_536;

  Optional<String> get(String scope, String key) throws StoreException;

  void set(String scope, String key, String value) throws StoreException;

  void delete(String scope, String key) throws StoreException;

  /** Appends to a list and drops the oldest beyond a number. */
  void append(String scope, String key, String value, int keep) throws StoreException;

  /** A list, oldest first. */
  List<String> list(String scope, String key) throws StoreException;

  /** The keys of a scope that have values or lists, sorted. */
  List<String> keys(String scope) throws StoreException;

  /** How much the plugin keeps; what is replaced counts until the disk knows it. */
  Kept kept() throws StoreException;

  /**
   * How much a plugin keeps.
   *
   * @param bytes of its keys and values in UTF-8
   * @param rows values and list items
   */
  record Kept(long bytes, long rows) {
    public Kept plus(Kept more) {
      return new Kept(bytes + more.bytes, rows + more.rows);
    }
  }

  /** Several changes that reach the disk together or not at all; durable on return. */
  void batch(Changes changes) throws StoreException;

  /** Makes changes through the data lent to it. */
  @FunctionalInterface
  interface Changes {
    void make(PluginData data) throws StoreException;
  }

  void flush() throws StoreException;
}
