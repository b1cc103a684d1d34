package org.longwire.relay.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.longwire.radio.PacketId;
import org.longwire.radio.sim.HeardText;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.FateWatcher;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.OutboxEntry;

/**
 * Counts what was said against what the other end really recorded: the nodes' memories and the
 * room's timeline, not what the daemon believes. Its word is taken for one thing alone: that a
 * message was a command, or claimed by a plugin, and so not to be carried.
 */
final class DemoTally implements FateWatcher {
  private static final String KEPT = "(?:command|plugin): .*";

  private final DemoWorld world;
  private final List<PacketId> saidOnMesh = new ArrayList<>();
  private final List<List<String>> saidInRoom = new ArrayList<>();
  private final Set<PacketId> keptOfMesh = new HashSet<>();
  private final Set<String> keptOfRoom = new HashSet<>();

  DemoTally(DemoWorld world) {
    this.world = world;
  }

  /** What came of it, in numbers. */
  record Result(int meshReached, int roomReached, int lost, int twice) {
    String line() {
      return "demo: %d mesh messages reached the room, %d room messages reached the mesh,"
          .concat(" %d lost, %d twice")
          .formatted(meshReached, roomReached, lost, twice);
    }

    boolean isClean() {
      return lost == 0 && twice == 0;
    }
  }

  synchronized void saidOnMesh(PacketId packet) {
    saidOnMesh.add(packet);
  }

  /**
   * Takes note of what was said in the room.
   *
   * @param landmarks words by which its parts are recognised on the mesh, one for each part
   */
  synchronized void saidInRoom(List<String> landmarks) {
    saidInRoom.add(List.copyOf(landmarks));
  }

  @Override
  public synchronized void accepted(List<Arrival> arrivals) {
    for (Arrival arrival : arrivals) {
      if (arrival.verdict().stream().anyMatch(verdict -> verdict.reason().matches(KEPT))) {
        if (arrival.origin() instanceof Origin.Packet packet) {
          keptOfMesh.add(packet.id());
        } else {
          keptOfRoom.add(arrival.text());
        }
      }
    }
  }

  @Override
  public void settled(OutboxEntry entry, Fate fate, String reason, String remoteId) {}

  private boolean wasKept(List<String> landmarks) {
    return keptOfRoom.stream().anyMatch(text -> landmarks.stream().allMatch(text::contains));
  }

  synchronized Result count() {
    int meshReached = 0;
    int roomReached = 0;
    int lost = 0;
    int twice = 0;
    for (PacketId packet : saidOnMesh) {
      if (keptOfMesh.contains(packet)) {
        continue;
      }
      long copies = world.posted(packet).count();
      meshReached += copies > 0 ? 1 : 0;
      lost += copies == 0 ? 1 : 0;
      twice += copies > 1 ? 1 : 0;
    }
    for (List<String> landmarks : saidInRoom) {
      if (wasKept(landmarks)) {
        continue;
      }
      List<Long> copies =
          landmarks.stream().flatMap(l -> copiesOnMesh(l).stream()).toList();
      boolean complete = copies.stream().allMatch(c -> c > 0);
      roomReached += complete ? 1 : 0;
      lost += complete ? 0 : 1;
      twice += copies.stream().anyMatch(c -> c > 1) ? 1 : 0;
    }
    return new Result(meshReached, roomReached, lost, twice);
  }

  /** How often each listening node heard it. */
  private List<Long> copiesOnMesh(String landmark) {
    List<Long> copies = new ArrayList<>();
    for (SimulatedPeer peer : world.peers()) {
      copies.add(world.mesh().heardBy(peer).stream()
          .map(HeardText::text)
          .filter(text -> text.contains(landmark))
          .count());
    }
    return copies;
  }
}
