package org.longwire.plugins.api;

import java.util.List;
import java.util.Optional;
import org.longwire.radio.NodeId;

/**
 * A plugin's own data, by scope and key. Reads see what was written at once; the disk sees it
 * within a minute, at 64 KB, or when the plugin stops. Writing little and often is therefore cheap,
 * and costs at most a minute of data when power fails.
 */
public interface PluginStore {
  /** The scope of what a plugin keeps for itself. */
  String OWN = "";

  /** The scope of what it keeps for a node. */
  static String of(NodeId node) {
    return node.toString();
  }

  Optional<String> get(String scope, String key) throws PluginException;

  /** The keys of a scope that have values or lists, sorted. */
  List<String> keys(String scope) throws PluginException;

  /** @param value at most 64 KB of UTF-8 */
  void set(String scope, String key, String value) throws PluginException;

  /** Removes a value and a list of that key. */
  void delete(String scope, String key) throws PluginException;

  /**
   * Appends a row to a list.
   *
   * @param keep how many of the latest rows stay, at most 10,000
   */
  void append(String scope, String key, String row, int keep) throws PluginException;

  /** A list, oldest first. */
  List<String> list(String scope, String key) throws PluginException;

  /**
   * Makes several changes that reach the disk together or not at all; durable on return. If the
   * changes throw, none is made.
   *
   * @throws PluginException.Refused at the first change beyond {@link Limits#BATCH}, a batch within
   *     it included; nothing is written then
   */
  default void batch(Changes changes) throws PluginException {
    try (Batch batch = batch()) {
      changes.make(batch);
      batch.commit();
    }
  }

  /** A batch to hand around; see {@link #batch(Changes)}. */
  Batch batch();

  /** Makes changes through the batch lent to it. */
  @FunctionalInterface
  interface Changes {
    void make(PluginStore batch) throws PluginException;
  }

  /** Changes that are gathered. Reads of it see them; other readers do not before the commit. */
  interface Batch extends PluginStore, AutoCloseable {
    /** Durable on return. */
    void commit() throws PluginException;

    /** Drops what is not committed. Idempotent. */
    @Override
    void close();
  }
}
