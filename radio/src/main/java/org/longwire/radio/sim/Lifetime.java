package org.longwire.radio.sim;

import java.time.Duration;

/** The span between two boots of a node: what was planned in one does not happen in the next. */
final class Lifetime {
  private final SimulatedMesh mesh;
  private int number;

  Lifetime(SimulatedMesh mesh) {
    this.mesh = mesh;
  }

  void later(Duration delay, Runnable action) {
    int planned = number;
    mesh.schedule(delay, () -> {
      if (planned == number) {
        action.run();
      }
    });
  }

  void end() {
    number++;
  }
}
