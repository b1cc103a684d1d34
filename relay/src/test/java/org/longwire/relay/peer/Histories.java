package org.longwire.relay.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.longwire.matrix.testing.RoomUser;
import org.longwire.radio.PacketId;
import org.longwire.radio.sim.HeardText;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Trace;
import org.longwire.relay.queue.TraceEntry;
import org.longwire.relay.store.StoreException;

/**
 * Three witnesses: what the radio's neighbours said and heard, what the room shows, and what the
 * ledger says. They must tell the same story: everything once, in the order it was said in.
 */
final class Histories {
  private static final int ALL = 5_000;

  private Histories() {}

  /** Call when the daemon is closed, so that its ledger is complete. */
  static void agree(PeerWorld world) throws StoreException {
    toRoom(world);
    toMesh(world);
  }

  private static void toRoom(PeerWorld world) throws StoreException {
    List<PeerWorld.MeshWords> said = world.saidOnMesh();
    List<RoomUser.Line> posted = world.posted();
    assertEquals(
        said.stream().map(words -> "[Ridge Hut/Peers]: " + words.text()).toList(),
        posted.stream().map(RoomUser.Line::body).toList(),
        "what the room shows is what the mesh said");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      expected.add(row(
          said.get(i).text(),
          said.get(i).packet().toString(),
          Fate.DELIVERED,
          posted.get(i).eventId()));
    }
    assertEquals(expected, rows(world, true), "what the ledger says of the way to the room");
  }

  private static void toMesh(PeerWorld world) throws StoreException {
    List<PeerWorld.RoomWords> said = world.saidInRoom();
    List<HeardText> heard = world.heard();
    assertEquals(
        said.stream().map(words -> "alice[M]: " + words.text()).toList(),
        heard.stream().map(HeardText::text).toList(),
        "what the mesh heard is what the room said");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      expected.add(row(
          said.get(i).text(),
          said.get(i).event(),
          Fate.DELIVERED,
          heard.get(i).id().toString()));
    }
    assertEquals(expected, rows(world, false), "what the ledger says of the way to the mesh");
  }

  /** Every message of one direction in the ledger, in the order of acceptance. */
  static List<String> rows(PeerWorld world, boolean toRoom) throws StoreException {
    List<String> rows = new ArrayList<>();
    for (TraceEntry entry : entries(world)) {
      if (entry.origin() instanceof Origin.Packet packet && toRoom) {
        rows.add(0, row(entry.text(), packet.id().toString(), entry.fate(), remoteIds(entry)));
      } else if (entry.origin() instanceof Origin.Event event && !toRoom) {
        rows.add(0, row(entry.text(), event.id().value(), entry.fate(), packetIds(entry)));
      }
    }
    return rows;
  }

  /** The ledger, the newest first. */
  static List<TraceEntry> entries(PeerWorld world) throws StoreException {
    try (Trace trace = Trace.open(world.files().ledger())) {
      return trace.find("link ", ALL);
    }
  }

  private static String remoteIds(TraceEntry entry) {
    return String.join(
        " ", entry.deliveries().stream().map(TraceEntry.TraceDelivery::remoteId).toList());
  }

  private static String packetIds(TraceEntry entry) {
    return String.join(
        " ",
        entry.deliveries().stream()
            .map(d -> PacketId.parse(d.remoteId()).toString())
            .toList());
  }

  private static String row(String text, String origin, Fate fate, String remote) {
    return "%s | %s | %s | %s".formatted(text, origin, fate, remote);
  }
}
