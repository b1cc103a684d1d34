package org.longwire.relay.command;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.longwire.relay.bridge.PlainText;
import org.longwire.relay.bridge.WallClock;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.LedgerView;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Trace;
import org.longwire.relay.queue.TraceEntry;
import org.longwire.relay.store.StoreException;

/**
 * Says what became of a message. It tells only of what was said here or went here, and never its
 * words: others read the answer too, and a message may have been taken back.
 */
final class TraceCommand implements OwnCommand {
  private static final int MAX_LOOKED_AT = 50;
  private static final int MAX_SHOWN = 3;

  private final LedgerView ledger;
  private final WallClock wall;
  private final InstantSource clock;

  TraceCommand(LedgerView ledger, WallClock wall, InstantSource clock) {
    this.ledger = ledger;
    this.wall = wall;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "trace";
  }

  @Override
  public String help() {
    return "says what became of a message of this room, found by words, packet id or event id";
  }

  @Override
  public String example() {
    return "trace see you at noon";
  }

  @Override
  public Reply run(Request request) throws StoreException {
    if (request.args().isEmpty()) {
      return new Reply("say which message: words of it, its packet id, or its event id");
    }
    List<TraceEntry> found;
    try (Trace trace = ledger.trace()) {
      found = trace.find(request.args(), MAX_LOOKED_AT).stream()
          .filter(entry -> isOf(request, entry))
          .limit(MAX_SHOWN)
          .toList();
    }
    List<String> lines = new ArrayList<>();
    found.forEach(entry -> lines.addAll(lines(entry)));
    return new Reply(
        lines.isEmpty()
            ? "no such message of this room in the ledger, which keeps a week"
            : String.join("\n", lines));
  }

  private boolean isOf(Request request, TraceEntry entry) {
    Set<Address> here = new HashSet<>();
    request.ends().forEach(end -> here.add(end.address()));
    request.room().ifPresent(in -> here.add(in.portal().address()));
    boolean wasSaidHere = entry.origin() instanceof Origin.Event event
        && request.room().filter(in -> in.id().equals(event.room())).isPresent();
    if (entry.reason().equals("command: " + name())) {
      // The question itself has all the words that it asks for.
      return false;
    }
    return wasSaidHere
        || entry.deliveries().stream()
            .map(TraceEntry.TraceDelivery::address)
            .anyMatch(here::contains);
  }

  private List<String> lines(TraceEntry entry) {
    Instant now = clock.instant();
    List<String> lines = new ArrayList<>();
    lines.add("%s %s: %s%s"
        .formatted(
            wall.time(entry.said(), now),
            PlainText.name(entry.sender(), "?"),
            word(entry.fate()),
            because(entry.reason())));
    for (TraceEntry.TraceDelivery delivery : entry.deliveries()) {
      String part =
          delivery.parts() > 1 ? " part %d/%d".formatted(delivery.part(), delivery.parts()) : "";
      lines.add("→ %s%s: %s%s"
          .formatted(
              side(delivery.address()), part, word(delivery.fate()), because(delivery.reason())));
    }
    return lines;
  }

  private static String because(String reason) {
    return reason.isEmpty() ? "" : ", " + PlainText.name(reason, "?");
  }

  private static String side(Address address) {
    return address instanceof Address.Mesh mesh ? "radio " + mesh.radio() : "room";
  }

  private static String word(Fate fate) {
    return fate.name().toLowerCase(Locale.ROOT);
  }
}
