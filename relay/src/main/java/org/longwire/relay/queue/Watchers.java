package org.longwire.relay.queue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;

/** Tells all who want to know. Any thread. */
final class Watchers implements FateWatcher {
  private final List<FateWatcher> all = new CopyOnWriteArrayList<>();

  void add(FateWatcher watcher) {
    all.add(watcher);
  }

  @Override
  public void accepted(List<Arrival> arrivals) {
    all.forEach(watcher -> watcher.accepted(arrivals));
  }

  @Override
  public void settled(OutboxEntry entry, Fate fate, String reason, String remoteId) {
    all.forEach(watcher -> watcher.settled(entry, fate, reason, remoteId));
  }

  @Override
  public void reported(RadioId radio, PacketId packet, DeliveryState state) {
    all.forEach(watcher -> watcher.reported(radio, packet, state));
  }

  @Override
  public void held(RadioId radio, String reason) {
    all.forEach(watcher -> watcher.held(radio, reason));
  }

  @Override
  public void freed(RadioId radio) {
    all.forEach(watcher -> watcher.freed(radio));
  }
}
