package org.longwire.relay.queue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.longwire.radio.PacketId;

/** Tells all who want to know. Any thread. */
final class Watchers implements FateWatcher {
  private final List<FateWatcher> all = new CopyOnWriteArrayList<>();

  void add(FateWatcher watcher) {
    all.add(watcher);
  }

  @Override
  public void settled(OutboxEntry entry, Fate fate, String reason, String remoteId) {
    all.forEach(watcher -> watcher.settled(entry, fate, reason, remoteId));
  }

  @Override
  public void reported(PacketId packet, String word) {
    all.forEach(watcher -> watcher.reported(packet, word));
  }
}
