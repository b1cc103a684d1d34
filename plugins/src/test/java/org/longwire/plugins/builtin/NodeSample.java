package org.longwire.plugins.builtin;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.longwire.plugins.api.Located;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.Telemetry;

/** A node, told piece by piece. */
final class NodeSample {
  private final NodeId id;
  private final String longName;
  private final String shortName;
  private OptionalInt hops = OptionalInt.empty();
  private OptionalDouble snr = OptionalDouble.empty();
  private Optional<String> hardware = Optional.empty();
  private Optional<Instant> heard = Optional.empty();
  private Optional<Located> position = Optional.empty();
  private Optional<NodeInfo.Measured<Telemetry.Device>> device = Optional.empty();
  private Optional<NodeInfo.Measured<Telemetry.Environment>> environment = Optional.empty();

  NodeSample(String id, String longName, String shortName) {
    this.id = NodeId.parse(id).orElseThrow();
    this.longName = longName;
    this.shortName = shortName;
  }

  NodeSample hardware(String model) {
    hardware = Optional.of(model);
    return this;
  }

  NodeSample hops(int value) {
    hops = OptionalInt.of(value);
    return this;
  }

  NodeSample snr(double decibels) {
    snr = OptionalDouble.of(decibels);
    return this;
  }

  NodeSample heard(Instant at) {
    heard = Optional.of(at);
    return this;
  }

  NodeSample position(double latitude, double longitude, Instant at) {
    position = Optional.of(new Located(new GeoPoint(latitude, longitude), OptionalInt.empty(), at));
    return this;
  }

  /** The position is only told so exactly. */
  NodeSample precision(int metres) {
    position =
        position.map(known -> new Located(known.point(), OptionalInt.of(metres), known.at()));
    return this;
  }

  NodeSample battery(int percent, Instant at) {
    return device(
        new Telemetry.Device(
            OptionalInt.of(percent),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty()),
        at);
  }

  NodeSample device(Telemetry.Device measured, Instant at) {
    device = Optional.of(new NodeInfo.Measured<>(measured, at));
    return this;
  }

  NodeSample environment(Telemetry.Environment measured, Instant at) {
    environment = Optional.of(new NodeInfo.Measured<>(measured, at));
    return this;
  }

  /** What of a node is known everywhere. */
  static NodeInfo bare(NodeInfo node) {
    return new NodeInfo(
        node.id(),
        node.longName(),
        node.shortName(),
        node.hardware(),
        node.hops(),
        OptionalDouble.empty(),
        node.lastHeard(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  NodeInfo info() {
    return new NodeInfo(
        id, longName, shortName, hardware, hops, snr, heard, position, device, environment);
  }
}
