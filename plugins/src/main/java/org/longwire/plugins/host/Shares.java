package org.longwire.plugins.host;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.longwire.plugins.api.PluginException;

/**
 * What a plugin may still send, write and say. Outlives the plugin's being opened anew. Any thread.
 */
final class Shares {
  /** Packets for the mesh at once. */
  static final int MESH_BURST = 3;

  /** Lines of the journal in a minute. */
  static final int LINES = 60;

  /** Kilobytes that may be written to the store at once, and in a minute. */
  static final int STORE_BURST = 1_024;

  static final int STORE_RATE = 256;

  /** Refusals in a minute that are one fault: the plugin does not listen. */
  static final int REFUSALS = 100;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TokenBucket mesh;
  private final TokenBucket rooms;
  private final boolean isMuteInRooms;
  private final TokenBucket store;
  private final TokenBucket lines;
  private final LongSupplier nanos;
  private final Runnable onFlood;
  private long spellBegan;
  private int refusals;

  /** @param onFlood told that a plugin goes on in spite of refusals */
  Shares(Quotas quotas, LongSupplier nanos, Runnable onFlood) {
    this.mesh = new TokenBucket(nanos, MESH_BURST, quotas.meshInterval());
    int perMinute = quotas.roomMessages();
    this.isMuteInRooms = perMinute == 0;
    this.rooms = new TokenBucket(nanos, perMinute, MINUTE.dividedBy(Math.max(1, perMinute)));
    this.store = new TokenBucket(nanos, STORE_BURST, MINUTE.dividedBy(STORE_RATE));
    this.lines = new TokenBucket(nanos, LINES, MINUTE.dividedBy(LINES));
    this.nanos = nanos;
    this.onFlood = onFlood;
    this.spellBegan = nanos.getAsLong();
  }

  TokenBucket lines() {
    return lines;
  }

  void spendMesh(int packets) throws PluginException.QuotaSpent {
    spend(mesh, packets, "sent its share to the mesh");
  }

  void spendRoom() throws PluginException.QuotaSpent {
    if (isMuteInRooms) {
      throw refusal(
          "this plugin may say nothing in rooms unasked; its section says" + " room-messages = 0");
    }
    spend(rooms, 1, "sent its share to the rooms");
  }

  void spendStore(int kilobytes) throws PluginException.QuotaSpent {
    spend(store, kilobytes, "written its share for now");
  }

  private void spend(TokenBucket bucket, int count, String what) throws PluginException.QuotaSpent {
    Duration wait = bucket.take(count);
    if (!wait.isZero()) {
      throw refusal(
          "this plugin has %s; wait %d s".formatted(what, wait.plusMillis(999).toSeconds()));
    }
  }

  /** Counts a refusal, which is flooding if there are too many of them. */
  PluginException.QuotaSpent refusal(String sentence) {
    if (countRefusal()) {
      onFlood.run();
    }
    return new PluginException.QuotaSpent(sentence);
  }

  private synchronized boolean countRefusal() {
    long now = nanos.getAsLong();
    if (now - spellBegan > MINUTE.toNanos()) {
      spellBegan = now;
      refusals = 0;
    }
    refusals++;
    if (refusals < REFUSALS) {
      return false;
    }
    refusals = 0;
    return true;
  }
}
