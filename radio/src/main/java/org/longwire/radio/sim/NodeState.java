package org.longwire.radio.sim;

import java.time.Duration;

/** What a node knows of time and of itself, and loses when it boots. */
final class NodeState {
  private final SimulatedMesh mesh;
  private final NodeSettings own;
  private long bootedAt;
  private int rebootCount;
  private boolean clockSet;
  private long clockAheadSeconds;
  private boolean txEnabled = true;
  private boolean dutyCycleSpent;
  private boolean booting;

  NodeState(SimulatedMesh mesh, NodeSettings own) {
    this.mesh = mesh;
    this.own = own;
    this.bootedAt = mesh.now();
    this.clockSet = own.clockSet;
  }

  void reboot() {
    rebootCount++;
    clockSet = own.clockSet;
    clockAheadSeconds = 0;
    booting = true;
  }

  void booted() {
    booting = false;
    bootedAt = mesh.now();
  }

  boolean isBooting() {
    return booting;
  }

  int rebootCount() {
    return rebootCount;
  }

  Duration uptime() {
    return Duration.ofNanos(mesh.now() - bootedAt);
  }

  /** The node's clock in seconds of the epoch, 0 while it knows no time. */
  int time() {
    return clockSet ? (int) (mesh.instant().getEpochSecond() + clockAheadSeconds) : 0;
  }

  void setTime(int epochSeconds) {
    clockSet = true;
    clockAheadSeconds = Integer.toUnsignedLong(epochSeconds) - mesh.instant().getEpochSecond();
  }

  boolean txEnabled() {
    return txEnabled;
  }

  void setTxEnabled(boolean yes) {
    txEnabled = yes;
  }

  boolean dutyCycleSpent() {
    return dutyCycleSpent;
  }

  void setDutyCycleSpent(boolean yes) {
    dutyCycleSpent = yes;
  }
}
