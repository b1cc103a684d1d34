package org.longwire.relay.crash;

import java.util.List;

/**
 * What came of everything that was said.
 *
 * @param fromMesh texts of the mesh that were accepted
 * @param fromRoom texts of the room
 * @param inTheWire texts that a dying session was told before anything of them was stored
 * @param complaints everything that is wrong, in words
 */
record Verdict(
    int fromMesh,
    int fromRoom,
    int lost,
    int doubled,
    int disordered,
    int inTheWire,
    List<String> complaints) {
  Verdict {
    complaints = List.copyOf(complaints);
  }

  Verdict and(Verdict other) {
    List<String> all = new java.util.ArrayList<>(complaints);
    all.addAll(other.complaints);
    return new Verdict(
        fromMesh + other.fromMesh,
        fromRoom + other.fromRoom,
        lost + other.lost,
        doubled + other.doubled,
        disordered + other.disordered,
        inTheWire + other.inTheWire,
        all);
  }

  String line(int kills) {
    return "crash: %d kills, %d mesh messages, %d room messages, %d lost, %d doubled, %s,"
        .concat(" %d in the wire")
        .formatted(
            kills,
            fromMesh,
            fromRoom,
            lost,
            doubled,
            disordered == 0 ? "order kept" : disordered + " out of order",
            inTheWire);
  }
}
