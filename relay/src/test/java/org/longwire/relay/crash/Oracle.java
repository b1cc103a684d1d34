package org.longwire.relay.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.longwire.radio.sim.SimulatedMesh;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.relay.store.StoreException;

/**
 * Compares three histories: what was said and heard on the mesh, what the room shows, and what the
 * ledger says. Asked when nothing is on its way any more.
 */
final class Oracle {
  private final CrashWorld world;
  private final List<LedgerHistory.Row> rows;
  private final Map<String, LedgerHistory.Row> fromMesh = new LinkedHashMap<>();
  private final Map<String, LedgerHistory.Row> fromRoom = new LinkedHashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private final Set<String> lost = new LinkedHashSet<>();
  private final Set<String> doubled = new LinkedHashSet<>();
  private int disordered;

  Oracle(CrashWorld world) throws StoreException {
    this.world = world;
    this.rows = world.ledger().rows();
  }

  Verdict judge() throws StoreException {
    judgeLedger();
    int inTheWire = judgeUnaccepted();
    List<String> accepted = List.copyOf(fromMesh.keySet());
    judgeArrivals("in the room", accepted, world.roomMarks());
    List<String> saidInRoom = world.saidInRoom().stream().map(Said::mark).toList();
    for (SimulatedPeer peer : world.peers()) {
      judgeArrivals("at " + peer.shortName(), saidInRoom, world.heardMarks(peer));
    }
    judgePacketIds();
    return new Verdict(
        accepted.size(),
        saidInRoom.size(),
        lost.size(),
        doubled.size(),
        disordered,
        inTheWire,
        complaints);
  }

  /** Every row ends in exactly one fate, here always delivered; nothing waits, nothing is twice. */
  private void judgeLedger() throws StoreException {
    if (world.ledger().waiting() != 0) {
      complaints.add("still waiting: " + world.ledger().waitingLines());
    }
    for (LedgerHistory.Row row : rows) {
      if (row.verdict().isPresent()) {
        complaints.add("not relayed: %s, %s".formatted(row.text(), row.verdict().get()));
      } else if (row.deliveries() != 1 || row.delivered() != 1) {
        complaints.add("%s has %d deliveries, %d of them delivered"
            .formatted(row.text(), row.deliveries(), row.delivered()));
      }
      if (row.isFromMesh()) {
        Said.meshMarkIn(row.text()).ifPresent(mark -> enter(fromMesh, mark, row));
      } else if (row.isFromRoom()) {
        Said.roomMarkIn(row.text()).ifPresent(mark -> enter(fromRoom, mark, row));
      }
    }
    for (Said said : world.saidInRoom()) {
      if (!fromRoom.containsKey(said.mark())) {
        complaints.add("%s is not in the ledger".formatted(said.mark()));
      }
    }
  }

  private void enter(Map<String, LedgerHistory.Row> accepted, String mark, LedgerHistory.Row row) {
    if (accepted.put(mark, row) != null) {
      complaints.add(mark + " was accepted twice");
    }
  }

  /**
   * A text of the mesh that is not in the ledger must have been in the wire when a process died:
   * the radio tells in order, so nothing that was told to the same process later may have been
   * accepted by it.
   */
  private int judgeUnaccepted() {
    List<Said> said = world.saidOnMesh();
    int inTheWire = 0;
    for (int i = 0; i < said.size(); i++) {
      Said text = said.get(i);
      if (fromMesh.containsKey(text.mark())) {
        continue;
      }
      if (diedBefore(text, said.subList(i + 1, said.size()))) {
        inTheWire++;
      } else {
        lost.add(text.mark());
        complaints.add(text.mark() + " was told to process %d and is lost".formatted(text.life()));
      }
    }
    return inTheWire;
  }

  private boolean diedBefore(Said text, List<Said> later) {
    return world
        .endOf(text.life())
        .filter(end -> later.stream()
            .filter(other -> fromMesh.containsKey(other.mark()))
            .noneMatch(other -> !fromMesh.get(other.mark()).acceptedAt().isAfter(end)))
        .isPresent();
  }

  /** Everything expected is there, once, in order, and nothing else. */
  private void judgeArrivals(String where, List<String> expected, List<String> arrived) {
    Map<String, Integer> copies = new HashMap<>();
    List<String> once = new ArrayList<>();
    for (String mark : arrived) {
      if (copies.merge(mark, 1, Integer::sum) == 1) {
        once.add(mark);
      } else {
        doubled.add(mark);
        complaints.add("%s is there again %s".formatted(mark, where));
      }
    }
    for (String mark : expected) {
      if (!copies.containsKey(mark)) {
        lost.add(mark);
        complaints.add("%s is not %s".formatted(mark, where));
      }
    }
    Set<String> known = new HashSet<>(expected);
    for (int i = 0; i < once.size(); i++) {
      if (!known.contains(once.get(i))) {
        complaints.add("%s is %s without the ledger's knowing".formatted(once.get(i), where));
      }
      if (i > 0 && once.get(i - 1).compareTo(once.get(i)) > 0) {
        disordered++;
        complaints.add("%s came after %s %s".formatted(once.get(i), once.get(i - 1), where));
      }
    }
  }

  /** A text goes out under one packet id, unless the radio refused it. */
  private void judgePacketIds() {
    Map<String, Set<Integer>> ids = new LinkedHashMap<>();
    for (SimulatedMesh.Transmission transmission : world.mesh().transmissions()) {
      transmission.packet().words().flatMap(Said::roomMarkIn).ifPresent(mark -> ids.computeIfAbsent(
              mark, m -> new HashSet<>())
          .add(transmission.packet().id().value()));
    }
    ids.forEach((mark, used) -> {
      boolean refused = fromRoom.containsKey(mark) && fromRoom.get(mark).renewed() > 0;
      if (used.size() > 1 && !refused) {
        complaints.add("%s went out under %d packet ids".formatted(mark, used.size()));
      }
    });
  }
}
