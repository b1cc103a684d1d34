package org.longwire.relay.demo;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.demo.DemoScreen.Side;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.FateWatcher;
import org.longwire.relay.queue.OutboxEntry;
import org.longwire.relay.queue.QueueView;
import org.longwire.relay.store.StoreException;

/**
 * Shows the state of each delivery as it changes. That something is queued is read from the ledger,
 * which has it at once; the rest is told by the daemon, because the ledger writes it seconds later.
 * Any thread.
 */
final class DemoStates implements FateWatcher {
  /** Waiting deliveries that are looked at; the demo has a handful. */
  private static final int MOST = 50;

  /** Characters of a text by which people know it again. */
  private static final int EXCERPT = 40;

  private static final String HANDED_OVER = new DeliveryState.HandedOver().word();

  private final DemoScreen screen;
  private final Set<Long> known = new HashSet<>();

  /** By packet id, in hex: what was handed over, and what was said of it before we knew. */
  private final Map<String, String> handedOver = new HashMap<>();

  private final Map<String, String> early = new HashMap<>();

  DemoStates(DemoScreen screen) {
    this.screen = screen;
  }

  /** Shows what was queued since the last look. */
  void look(Path ledger) {
    List<QueueView.Line> waiting;
    try (QueueView view = QueueView.open(ledger)) {
      waiting = view.waiting(MOST);
    } catch (StoreException e) {
      // The daemon has just begun to make it, or is writing; the next look comes soon.
      return;
    }
    synchronized (this) {
      for (QueueView.Line line : waiting) {
        if (known.add(line.id())) {
          String part = line.parts() == 1 ? "" : "(%d/%d) ".formatted(line.part(), line.parts());
          show(line.address() instanceof Address.Room, part + line.text(), "queued");
        }
      }
    }
  }

  @Override
  public synchronized void settled(OutboxEntry entry, Fate fate, String reason, String remoteId) {
    known.add(entry.id());
    boolean toRoom = entry.address() instanceof Address.Room;
    String text = entry.payload().words();
    if (fate != Fate.DELIVERED) {
      show(toRoom, text, "%s: %s".formatted(fate.name().toLowerCase(Locale.ROOT), reason));
      return;
    }
    show(toRoom, text, toRoom ? "in the room" : HANDED_OVER);
    if (!toRoom) {
      handedOver.put(entry.token(), text);
      String before = early.remove(entry.token());
      if (before != null) {
        show(false, text, before);
      }
    }
  }

  @Override
  public synchronized void reported(RadioId radio, PacketId packet, DeliveryState state) {
    if (state instanceof DeliveryState.HandedOver) {
      return;
    }
    String word = state.word();
    String text = handedOver.get(packet.toString());
    if (text == null) {
      early.put(packet.toString(), word);
    } else {
      show(false, text, word);
    }
  }

  private void show(boolean toRoom, String text, String state) {
    String side = toRoom ? "room" : "mesh";
    screen.show(Side.DAEMON, "to the %s: %s   (%s)".formatted(side, excerpt(text), state));
  }

  /** The beginning of a text. */
  static String excerpt(String text) {
    int end = text.offsetByCodePoints(0, Math.min(EXCERPT, text.codePointCount(0, text.length())));
    return end < text.length() ? text.substring(0, end).strip() + "…" : text;
  }
}
