package org.longwire.radio.sim;

import java.time.Duration;
import org.longwire.radio.NodeId;
import org.longwire.radio.PortNum;

/**
 * What the node tells its client of itself: first 75 s after the boot, then every minute, while
 * nothing else waits (captures 17, 17b). It never goes on the air.
 */
final class OwnTelemetry {
  private static final Duration FIRST = Duration.ofSeconds(75);
  private static final Duration PERIOD = Duration.ofSeconds(60);
  private static final int EXTERNAL_POWER = 101;

  private final SimulatedMesh mesh;
  private final NodeSettings own;
  private final NodeState state;
  private final PhoneApi phone;
  private final SimulatedNode node;

  OwnTelemetry(
      SimulatedMesh mesh, NodeSettings own, NodeState state, PhoneApi phone, SimulatedNode node) {
    this.mesh = mesh;
    this.own = own;
    this.state = state;
    this.phone = phone;
    this.node = node;
  }

  void start(Lifetime life) {
    life.later(FIRST, () -> tell(life, true));
  }

  private void tell(Lifetime life, boolean first) {
    if (phone.isLive() && phone.isDrained()) {
      send(new WireWriter().fixed(1, state.time()).message(2, deviceMetrics()));
      if (first) {
        send(new WireWriter().fixed(1, state.time()).message(6, localStats()));
      }
    }
    phone.write();
    mesh.notifyAll();
    life.later(PERIOD, () -> tell(life, false));
  }

  private void send(WireWriter telemetry) {
    AirPacket packet = AirPacket.of(
        own.id, NodeId.BROADCAST, mesh.newId(), PortNum.TELEMETRY, telemetry.toBytes());
    phone.packet(PhoneFrames.ownTelemetry(packet, state.time()), false);
  }

  private WireWriter deviceMetrics() {
    float airUtilisation = (float) node.airUtilisation();
    return new WireWriter()
        .uintAlways(1, EXTERNAL_POWER)
        .floatAlways(2, 0)
        .floatAlways(3, airUtilisation)
        .floatAlways(4, airUtilisation)
        .uintAlways(5, (int) state.uptime().toSeconds());
  }

  private WireWriter localStats() {
    int nodes = mesh.peers().size() + 1;
    return new WireWriter()
        .uint(1, (int) state.uptime().toSeconds())
        .uint(7, nodes)
        .uint(8, nodes)
        .int32(15, -120);
  }
}
