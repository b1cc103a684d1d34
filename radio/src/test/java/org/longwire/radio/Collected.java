package org.longwire.radio;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Keeps every event in the order in which it was told. */
final class Collected implements MeshListener {
  final List<MeshEvent> events = new ArrayList<>();

  <T extends MeshEvent> List<T> of(Class<T> kind) {
    return stream(kind).toList();
  }

  <T extends MeshEvent> Stream<T> stream(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast);
  }

  List<String> texts() {
    return stream(MeshEvent.TextReceived.class)
        .map(MeshEvent.TextReceived::text)
        .toList();
  }

  /** The states of one packet, in order. */
  List<DeliveryState> states(PacketId id) {
    return stream(MeshEvent.DeliveryReport.class)
        .filter(report -> report.packet().equals(id))
        .map(MeshEvent.DeliveryReport::state)
        .toList();
  }

  @Override
  public void onText(MeshEvent.TextReceived event) {
    events.add(event);
  }

  @Override
  public void onReaction(MeshEvent.ReactionReceived event) {
    events.add(event);
  }

  @Override
  public void onPosition(MeshEvent.PositionReceived event) {
    events.add(event);
  }

  @Override
  public void onWaypoint(MeshEvent.WaypointReceived event) {
    events.add(event);
  }

  @Override
  public void onTelemetry(MeshEvent.TelemetryReceived event) {
    events.add(event);
  }

  @Override
  public void onRoute(MeshEvent.RouteReceived event) {
    events.add(event);
  }

  @Override
  public void onNode(MeshEvent.NodeSeen event) {
    events.add(event);
  }

  @Override
  public void onNodeRenumbered(MeshEvent.NodeRenumbered event) {
    events.add(event);
  }

  @Override
  public void onAirtime(MeshEvent.AirtimeTold event) {
    events.add(event);
  }

  @Override
  public void onDelivery(MeshEvent.DeliveryReport event) {
    events.add(event);
  }

  @Override
  public void onLink(MeshEvent.LinkChanged event) {
    events.add(event);
  }

  @Override
  public void onNotice(MeshEvent.NodeNotice event) {
    events.add(event);
  }

  @Override
  public void onOther(MeshEvent.OtherReceived event) {
    events.add(event);
  }

  @Override
  public void onIdentity(MeshEvent.IdentityTold event) {
    events.add(event);
  }
}
